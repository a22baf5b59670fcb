"""QR codes, drawn into the page."""

import re

import segno
from django.utils.safestring import SafeString, mark_safe

_DARK = re.compile(rb"\x01+")
_BORDER = 4
"""Light modules around the code that a reader needs (ISO/IEC 18004 §6.3.8)."""


def qr(text: str) -> SafeString:
    """`text` as a QR code: SVG to be written into the page, without any style of its own."""
    # Readers take every mask alike (ISO/IEC 18004 §7.8); looking for the best of the eight would
    # cost more than all else that receiving a report takes.
    code = segno.make(text, error="m", micro=False, mask=3)
    side = len(code.matrix) + 2 * _BORDER
    lines = "".join(
        f"M{_BORDER + run.start()} {_BORDER + y}.5h{run.end() - run.start()}"
        for y, row in enumerate(code.matrix)
        for run in _DARK.finditer(row)
    )
    return mark_safe(  # noqa: S308  numbers alone
        f'<svg viewBox="0 0 {side} {side}" class="qr"><path fill="#fff" d="M0 0h{side}v{side}H0z"/>'
        f'<path stroke="#000" d="{lines}"/></svg>'
    )
