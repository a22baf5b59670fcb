"""QR codes, drawn into the page.

Every report that comes in is answered with one, and working it out from nothing would be the
dearest part of taking it in. But all that ISO/IEC 18004 does with a text is linear over GF(2):
error correction is a Reed-Solomon code, and mask and patterns are the same for all texts of one
length. So the code of a text is that of a blank text of its length with, for each letter, the
modules turned that this letter turns at this place; and those are worked out once, by segno. The
numbers in which this is done are the lines of a PNG file as they are, so that nothing is drawn.
"""

import zlib
from base64 import b64encode
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

import segno
from django.utils.safestring import SafeString, mark_safe

_BORDER: Final = 4
"""Light modules around the code that a reader needs (§6.3.8)."""
_MASK: Final = 3
"""Readers take every mask alike (§7.8); looking for the best of the eight costs most of all."""
_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"


def qr(text: str) -> SafeString:
    """`text` (ASCII) as a QR code: an image to be written into the page, a pixel a module."""
    return _image(*_lines(text))


def qr_of_long(text: str) -> SafeString:
    """The same for a text that is long and shown once: nothing of it is kept in memory."""
    code, side = _worked_out(text.encode("ascii"))
    return _image(code.to_bytes(side * _stride(side)), side)


def _image(lines: bytes, side: int) -> SafeString:
    data = b64encode(_png(lines, side)).decode()
    return mark_safe(  # noqa: S308  base64 alone
        f'<img class="qr" src="data:image/png;base64,{data}" width="{side}" height="{side}" alt="">'
    )


def _lines(text: str) -> tuple[bytes, int]:
    """The scanlines of the code with its border, and how many there are."""
    letters = text.encode("ascii")
    code, side = _blank(len(letters))
    for place, letter in enumerate(letters):
        code ^= _turned(len(letters), place, letter)
    return code.to_bytes(side * _stride(side)), side


@lru_cache(maxsize=8)
def _blank(length: int) -> tuple[int, int]:
    """The code of `length` zero bytes, its scanlines as one number; and its side with border."""
    return _worked_out(bytes(length))


@lru_cache(maxsize=4096)
def _turned(length: int, place: int, letter: int) -> int:
    """The modules that are others when `letter` stands at `place` instead of a zero byte."""
    blank, _ = _blank(length)
    code, _ = _worked_out(bytes(place) + bytes([letter]) + bytes(length - place - 1))
    return blank ^ code


def _worked_out(text: bytes) -> tuple[int, int]:
    code = segno.make(text, mode="byte", error="m", micro=False, mask=_MASK)
    rows = list(code.matrix_iter(border=_BORDER))
    return int.from_bytes(b"".join(map(_scanline, rows))), len(rows)


def _scanline(modules: Iterable[int]) -> bytes:
    """PNG §7.2 and §9: filter type 0, then a bit for each module from the left, 1 is light."""
    bits = "".join("0" if dark else "1" for dark in modules)
    bits += "1" * (-len(bits) % 8)
    return b"\0" + int(bits, 2).to_bytes(len(bits) // 8)


def _stride(side: int) -> int:
    return 1 + (side + 7) // 8


def _png(lines: bytes, side: int) -> bytes:
    """A greyscale PNG of one bit a pixel (§11.2.2)."""
    header = side.to_bytes(4) * 2 + b"\x01\0\0\0\0"
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(lines, 1)), (b"IEND", b""))
    return _SIGNATURE + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)
