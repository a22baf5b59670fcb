"""What the darkroom is asked to do, as the bytes that cross the process border.

develop   a stranger's photo
paint     a large picture of our own with places to be covered:
          how many(2), then left(2) top(2) width(2) height(2) of each, then the WebP file
"""

import struct
from collections.abc import Sequence
from typing import Final

from hopthu.reports.photos.boxes import Box

DEVELOP: Final = b"d"
PAINT: Final = b"p"

_COUNT = struct.Struct("!H")
_BOX = struct.Struct("!HHHH")


def write_painting(picture: bytes, boxes: Sequence[Box]) -> bytes:
    places = [_BOX.pack(box.left, box.top, box.width, box.height) for box in boxes]
    return b"".join([_COUNT.pack(len(places)), *places, picture])


def read_painting(job: bytes) -> tuple[bytes, list[Box]]:
    (count,) = _COUNT.unpack_from(job)
    picture = _COUNT.size + count * _BOX.size
    return job[picture:], [Box(*edges) for edges in _BOX.iter_unpack(job[_COUNT.size : picture])]
