"""What comes back for a photo, as a value and as the bytes that cross the process border.

    frame    = outcome(1 byte) width(4) height(4) faces(4) length of large(4) length of small(4)
               large small
    faces    = how many were covered; -1 where nobody could look for them
    outcome  = 0, or the place in `REFUSALS` of why the photo was refused (then all lengths are 0)

The other side of that border has read a stranger's file with large C libraries: its answer is
checked like any other input.
"""

import struct
from dataclasses import dataclass
from typing import Final

from hopthu.reports.photos.errors import Broken, NotAPhoto, PhotoRefused, TooLarge, TooManyPixels

LARGE: Final = 2048
SMALL: Final = 480
"""Longest sides in pixels of the two pictures that are kept."""

REFUSALS: Final[tuple[type[PhotoRefused] | None, ...]] = (
    None,
    TooLarge,
    TooManyPixels,
    NotAPhoto,
    Broken,
)
MAX_ANSWER: Final = 16 * 1024 * 1024
"""Bytes; far above what two WebP pictures of these sizes can need."""

_HEAD = struct.Struct("!BIIiII")
_UNKNOWN: Final = -1


@dataclass(frozen=True)
class Rendered:
    """A photo rebuilt from its pixels: two WebP files that hold nothing but a picture."""

    large: bytes
    small: bytes
    width: int
    height: int
    """Pixels of the large one."""
    faces: int | None = None
    """How many were found and covered; None where it could not be looked for them."""


def pack(answer: Rendered | PhotoRefused) -> bytes:
    if isinstance(answer, PhotoRefused):
        return _HEAD.pack(REFUSALS.index(type(answer)), 0, 0, 0, 0, 0)
    faces = _UNKNOWN if answer.faces is None else answer.faces
    lengths = len(answer.large), len(answer.small)
    head = _HEAD.pack(0, answer.width, answer.height, faces, *lengths)
    return head + answer.large + answer.small


def unpack(frame: bytes) -> Rendered | None:
    """The photo in `frame`, or None where the frame is not whole: its writer died.

    Raises the `PhotoRefused` that the frame carries, and `Broken` for a frame that no honest
    decoder would have written.
    """
    if len(frame) < _HEAD.size:
        return None
    outcome, width, height, faces, large, small = _HEAD.unpack_from(frame)
    if outcome:
        refusal = REFUSALS[outcome] if outcome < len(REFUSALS) else None
        raise refusal() if refusal else Broken
    body = memoryview(frame)[_HEAD.size :]
    if len(body) < large + small:
        return None
    found = faces if faces >= 0 else None
    rendered = Rendered(bytes(body[:large]), bytes(body[large:]), width, height, found)
    if not (_is_bare_webp(rendered.large, LARGE) and _is_bare_webp(rendered.small, SMALL)):
        raise Broken
    if _webp_size(rendered.large) != (width, height):
        raise Broken
    return rendered


def _is_bare_webp(data: bytes, side: int) -> bool:
    """A "simple file format (lossy)" WebP: one VP8 chunk and no byte besides.

    RFC 9649 §2.5: metadata, colour profiles and animation need the extended format (VP8X), so a
    file of this form has no room for them.
    """
    if len(data) < 30 or data[:4] != b"RIFF" or data[8:16] != b"WEBPVP8 ":
        return False
    whole, chunk = int.from_bytes(data[4:8], "little"), int.from_bytes(data[16:20], "little")
    if whole + 8 != len(data) or chunk + (chunk & 1) + 20 != len(data):
        return False
    return 0 < max(_webp_size(data)) <= side


def _webp_size(data: bytes) -> tuple[int, int]:
    """Width and height of a lossy WebP: 14 bits each, after the VP8 start code (RFC 6386 §9.1)."""
    width, height = struct.unpack_from("<HH", data, 26)
    return width & 0x3FFF, height & 0x3FFF
