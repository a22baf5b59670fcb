"""Finds faces in a picture. Runs in the forks of the darkroom only, which loads the model once.

The model is CenterFace (`centerface/README.md`), run by onnxruntime on one thread. It looks at the
picture once, at no more than `_SIDE` pixels: memory and time are the same for every photo. Of a
grid of cells of 4 × 4 pixels it tells how likely the middle of a face is there (`heat`), how high
and wide that face is (`size`, logarithms of cells), and where in the cell its middle lies.
"""

import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
import onnxruntime as ort
from PIL import Image

from hopthu.reports.photos.boxes import Pixels
from hopthu.reports.photos.limits import CPU_SECONDS

MODEL: Final = Path(__file__).parent / "centerface" / "centerface.onnx"
NEEDED: Final = 3.0
"""Seconds that looking for faces may take, a multiple of what it takes on a small machine."""

_SIDE: Final = 1024
_STEP: Final = 32
"""The sides that the model takes are multiples of this."""
_CELL: Final = 4
_SURE: Final = 0.3
"""Of 1. A covered stone is a smaller harm than a shown face."""
_MARGIN: Final = 0.25
"""Of the face, on every side: an oval that holds nearly all of its box, with hair and chin."""

_Array = npt.NDArray[np.float32]


class TooLate(Exception):
    """Reading the photo took so long that no time is left to look for faces."""


class _Found(NamedTuple):
    score: float
    left: float
    top: float
    right: float
    bottom: float


def find_faces(picture: Image.Image) -> list[Pixels]:
    """The places of `picture` (RGB) to be covered, one a face. Raises `TooLate`."""
    if time.process_time() > CPU_SECONDS - NEEDED:
        raise TooLate
    scale = min(1.0, _SIDE / max(picture.size))
    return [_place(face, scale, picture) for face in _distinct(_look(_scaled(picture, scale)))]


def load_model() -> None:
    """Once, before forking."""
    _model()


@cache
def _model() -> ort.InferenceSession:
    options = ort.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # no thread outlives a fork
    options.log_severity_level = 3
    return ort.InferenceSession(MODEL, options, providers=["CPUExecutionProvider"])


def _scaled(picture: Image.Image, scale: float) -> Image.Image:
    """On black, so that the sides are of a length that the model takes."""
    width, height = (max(1, round(side * scale)) for side in picture.size)
    sheet = Image.new("RGB", (_up(width), _up(height)))
    sheet.paste(picture.resize((width, height), Image.Resampling.BILINEAR, reducing_gap=1.5))
    return sheet


def _up(side: int) -> int:
    """
    >>> _up(1), _up(768), _up(769)
    (32, 768, 800)
    """
    return -(-side // _STEP) * _STEP


def _look(picture: Image.Image) -> Iterator[_Found]:
    pixels = np.asarray(picture, dtype=np.float32).transpose(2, 0, 1)[None]
    outputs: list[Any] = _model().run(None, {"input.1": np.ascontiguousarray(pixels)})
    heat, size, offset = (output[0] for output in outputs)
    for row, column in np.argwhere(heat[0] >= _SURE):
        high, wide = np.exp(size[:, row, column]) * _CELL
        y, x = (offset[:, row, column] + (row, column) + 0.5) * _CELL
        yield _Found(heat[0, row, column], x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)


def _distinct(found: Iterator[_Found]) -> list[_Found]:
    """One of each face, the surest: neighbouring cells tell of the same one."""
    kept: list[_Found] = []
    for face in sorted(found, reverse=True):
        if not any(_overlap(face, other) > 0.3 for other in kept):
            kept.append(face)
    return kept


def _overlap(one: _Found, other: _Found) -> float:
    """The part of the smaller of two faces that lies in the other."""
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    return max(0.0, across) * max(0.0, down) / max(1.0, min(_area(one), _area(other)))


def _area(face: _Found) -> float:
    return (face.right - face.left) * (face.bottom - face.top)


def _place(face: _Found, scale: float, picture: Image.Image) -> Pixels:
    across, down = (face.right - face.left) * _MARGIN, (face.bottom - face.top) * _MARGIN
    return Pixels(
        max(0, int((face.left - across) / scale)),
        max(0, int((face.top - down) / scale)),
        min(picture.width, int((face.right + across) / scale) + 1),
        min(picture.height, int((face.bottom + down) / scale) + 1),
    )
