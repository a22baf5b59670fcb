"""QR codes, drawn into the page.

Every report that comes in is answered with one, and working it out from nothing would be the
dearest part of taking it in. But all that ISO/IEC 18004 does with a text is linear over GF(2):
error correction is a Reed-Solomon code, and mask and patterns are the same for all texts of one
length. So the code of a text is that of a blank text of its length with, for each letter, the
modules turned that this letter turns at this place; and those are worked out once, by segno.
"""

import re
from functools import lru_cache

import segno
from django.utils.safestring import SafeString, mark_safe

_DARK = re.compile(rb"\x01+")
_BORDER = 4
"""Light modules around the code that a reader needs (§6.3.8)."""
_MASK = 3
"""Readers take every mask alike (§7.8); looking for the best of the eight costs most of all."""


def qr(text: str) -> SafeString:
    """`text` (ASCII) as a QR code: SVG to be written into the page, without a style of its own."""
    code = modules(text)
    side = len(code) + 2 * _BORDER
    lines = "".join(
        f"M{_BORDER + run.start()} {_BORDER + y}.5h{run.end() - run.start()}"
        for y, row in enumerate(code)
        for run in _DARK.finditer(row)
    )
    return mark_safe(  # noqa: S308  numbers alone
        f'<svg viewBox="0 0 {side} {side}" class="qr"><path fill="#fff" d="M0 0h{side}v{side}H0z"/>'
        f'<path stroke="#000" d="{lines}"/></svg>'
    )


def modules(text: str) -> list[bytes]:
    """Row by row from the top, a byte for each module: 1 is dark."""
    letters = text.encode("ascii")
    code, side = _blank(len(letters))
    for place, letter in enumerate(letters):
        code ^= _turned(len(letters), place, letter)
    rows = code.to_bytes(side * side)
    return [rows[start : start + side] for start in range(0, len(rows), side)]


@lru_cache(maxsize=8)
def _blank(length: int) -> tuple[int, int]:
    """The code of `length` zero bytes, its modules as the bytes of one number; and its side."""
    return _worked_out(bytes(length))


@lru_cache(maxsize=4096)
def _turned(length: int, place: int, letter: int) -> int:
    """The modules that are others when `letter` stands at `place` instead of a zero byte."""
    blank, _ = _blank(length)
    code, _ = _worked_out(bytes(place) + bytes([letter]) + bytes(length - place - 1))
    return blank ^ code


def _worked_out(text: bytes) -> tuple[int, int]:
    matrix = segno.make(text, mode="byte", error="m", micro=False, mask=_MASK).matrix
    return int.from_bytes(b"".join(bytes(row) for row in matrix)), len(matrix)
