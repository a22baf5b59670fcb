"""QR codes, drawn into the page."""

import segno
from django.utils.safestring import SafeString, mark_safe


def qr(text: str) -> SafeString:
    """`text` as a QR code: SVG to be written into the page, without any style of its own."""
    # Readers take every mask alike (ISO/IEC 18004 §7.8); looking for the best of the eight would
    # cost more than all else that receiving a report takes.
    code = segno.make(text, error="m", micro=False, mask=3)
    svg = code.svg_inline(
        border=4, light="#fff", dark="#000", omitsize=True, svgclass="qr", lineclass=None
    )
    return mark_safe(svg)  # noqa: S308  made by us of a link
