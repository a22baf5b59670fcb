"""Files that are whole or not there, also after the power went: temp → fsync → rename → fsync.

Renaming alone is no promise: until the folder is fsynced, a power cut may bring the old name back.
"""

import os
import tempfile
from contextlib import suppress
from pathlib import Path


def replace(path: Path, data: bytes, *, mode: int = 0o644) -> None:
    """`path` holds `data` from now on; whoever reads meanwhile sees the old bytes or the new."""
    place(path, data, mode=mode)
    sync_folder(path.parent)


def place(path: Path, data: bytes, *, mode: int = 0o644) -> None:
    """The same, but durable only once the caller has synced the folder: for many files at once."""
    draft = _draft(path, data, mode)
    try:
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def create(path: Path, data: bytes, *, mode: int = 0o644) -> bool:
    """The same for a file that may never be replaced; False if there is one already."""
    draft = _draft(path, data, mode)
    created = False
    try:
        with suppress(FileExistsError):
            path.hardlink_to(draft)
            created = True
    finally:
        draft.unlink()
    sync_folder(path.parent)
    return created


def remove(path: Path) -> None:
    """It is gone, also after the power went."""
    path.unlink(missing_ok=True)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_folder(folder: Path, *, mode: int = 0o755) -> None:
    """The folder, with those that it lies in."""
    if folder.is_dir():
        return
    make_folder(folder.parent, mode=mode)
    folder.mkdir(mode=mode, exist_ok=True)
    sync_folder(folder.parent)


def _draft(path: Path, data: bytes, mode: int) -> Path:
    """A new file beside `path`, written and fsynced; a name of its own for every writer."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    draft = Path(name)
    try:
        with open(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fchmod(descriptor, mode)
            os.fsync(descriptor)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    return draft
