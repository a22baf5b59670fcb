"""QR codes, drawn into the page."""

import segno
from django.utils.safestring import SafeString, mark_safe


def qr(text: str) -> SafeString:
    """`text` as a QR code: SVG to be written into the page, without any style of its own."""
    code = segno.make(text, error="m", micro=False)
    svg = code.svg_inline(
        border=4, light="#fff", dark="#000", omitsize=True, svgclass="qr", lineclass=None
    )
    return mark_safe(svg)  # noqa: S308  made by us of a link
