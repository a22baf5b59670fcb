"""The two files of a photo, in the folder `photos` of the city's data.

Written so that they are still there after the power went: a temporary file in the same folder,
fsync, rename, fsync of the folder. Names are random, so that nobody guesses one, and of one form,
so that no name leads out of the folder.
"""

import os
import re
import secrets
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Final, Literal

from django.conf import settings

from hopthu.record import durable
from hopthu.reports.photos.rendered import Rendered

Size = Literal["large", "small"]
SIZES: Final[tuple[Size, ...]] = ("large", "small")
_NAME: Final = re.compile(r"[0-9a-f]{32}")


class NoSuchPhoto(Exception):
    """The name is none that this module gives, or its files are gone."""


def new_name() -> str:
    """128 random bits as 32 hexadecimal digits."""
    return secrets.token_hex(16)


def is_name(text: str) -> bool:
    """Whether `new_name` could have given it: not every sign may be asked of every database."""
    return _NAME.fullmatch(text) is not None


def save(name: str, rendered: Rendered) -> None:
    """Write both files; when this returns, they outlive a loss of power. Raises OSError."""
    folder = _folder(name)
    durable.make_folder(folder, mode=0o700)
    for size, data in (("large", rendered.large), ("small", rendered.small)):
        _write(_part(name, size), data)
    for size in SIZES:
        _part(name, size).rename(path(name, size))
    durable.sync_folder(folder)


def delete(name: str) -> None:
    """Remove the files of a photo, and what a broken `save` may have left of them."""
    for size in SIZES:
        path(name, size).unlink(missing_ok=True)
        _part(name, size).unlink(missing_ok=True)
    with suppress(FileNotFoundError):
        durable.sync_folder(_folder(name))


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
    if not is_name(name):
        raise NoSuchPhoto(name)
    return Path(settings.PHOTOS) / name[0] / name[1]


def _write(target: Path, data: bytes) -> None:
    with target.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
