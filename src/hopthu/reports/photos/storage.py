"""The two files of a photo, in the folder `photos` of the city's data.

Written so that they are still there after the power went: a temporary file in the same folder,
fsync, rename, fsync of the folder. Names are random, so that nobody guesses one, and of one form,
so that no name leads out of the folder.
"""

import os
import re
import secrets
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Final, Literal

from django.conf import settings

from hopthu.reports.photos.rendered import Rendered

Size = Literal["large", "small"]
SIZES: Final[tuple[Size, ...]] = ("large", "small")
_NAME: Final = re.compile(r"[0-9a-f]{32}")


class NoSuchPhoto(Exception):
    """The name is none that this module gives, or its files are gone."""


def new_name() -> str:
    """128 random bits as 32 hexadecimal digits."""
    return secrets.token_hex(16)


def save(name: str, rendered: Rendered) -> None:
    """Write both files; when this returns, they outlive a loss of power. Raises OSError."""
    folder = _folder(name)
    _make_folder(folder)
    for size, data in (("large", rendered.large), ("small", rendered.small)):
        _write(_part(name, size), data)
    for size in SIZES:
        _part(name, size).rename(path(name, size))
    _sync(folder)


def delete(name: str) -> None:
    """Remove the files of a photo, and what a broken `save` may have left of them."""
    for size in SIZES:
        path(name, size).unlink(missing_ok=True)
        _part(name, size).unlink(missing_ok=True)
    with suppress(FileNotFoundError):
        _sync(_folder(name))


def open_photo(name: str, size: Size) -> BinaryIO:
    """The WebP file of a photo, to be read. Raises `NoSuchPhoto`."""
    try:
        return path(name, size).open("rb")
    except FileNotFoundError as error:
        raise NoSuchPhoto(name) from error


def path(name: str, size: Size) -> Path:
    return _folder(name) / f"{name}-{size}.webp"


def _part(name: str, size: str) -> Path:
    return _folder(name) / f".{name}-{size}.part"


def _folder(name: str) -> Path:
    """Two levels of 16: few enough that new folders soon stop costing, enough for a million."""
    if not _NAME.fullmatch(name):
        raise NoSuchPhoto(name)
    return Path(settings.PHOTOS) / name[0] / name[1]


def _make_folder(folder: Path) -> None:
    """Make `folder` and what is missing above it; each new name is made to last in its parent."""
    for missing in reversed(list(_missing(folder))):
        missing.mkdir(mode=0o700, exist_ok=True)
        _sync(missing.parent)


def _missing(folder: Path) -> Iterator[Path]:
    while not folder.is_dir():
        yield folder
        folder = folder.parent


def _write(target: Path, data: bytes) -> None:
    with target.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
