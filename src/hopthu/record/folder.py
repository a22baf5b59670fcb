"""The record as files under `settings.RECORD`: all that the public reads, and no database needed.

`origin`, `vkey`, `retired-vkey` (one a line, newest first), `promise-vkey`, `checkpoint`, and the
tiles and bundles in the paths of https://c2sp.org/tlog-tiles. Whoever writes holds the `lock`.

NotOpened   there is no log here yet
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from hopthu.core.checkpoints import parse_checkpoint
from hopthu.core.signed_notes import Note, VerifierKey, parse_note, parse_vkey
from hopthu.core.tiles import Tile, TiledTree
from hopthu.record import durable, small_files, tile_files


class NotOpened(Exception):
    """`hopthu init` has not opened a log in this data folder."""


class GivenUp(NamedTuple):
    """A log before this one, that ended with a loss."""

    origin: str
    folder: str
    """In the folder of the record."""
    verifiers: list[VerifierKey]
    """All that ever signed it, the newest first."""
    promise_verifiers: list[VerifierKey]


def origin() -> str:
    """The log's name, fixed for ever when it was opened. Raises `NotOpened`."""
    return _line("origin")


def is_opened() -> bool:
    return _path("origin").exists()


def verifiers() -> list[VerifierKey]:
    """The log's verifier keys, the newest first. Raises `NotOpened`."""
    return [parse_vkey(line) for line in vkeys()]


def vkeys() -> list[str]:
    """The same as their lines."""
    return _line("vkey").split("\n")


def retired() -> list[VerifierKey]:
    """Keys that sign no more; receipts from their time still go by them."""
    return _vkeys(_path("retired-vkey"))


def earlier() -> list[Path]:
    """The folders of logs that were given up after a loss (`new_log`), the oldest first."""
    found = Path(settings.RECORD).glob("log-*/origin")
    return sorted((path.parent for path in found), key=lambda path: (len(path.name), path.name))


def given_up() -> list[GivenUp]:
    """What stays known of these logs: receipts and promises outlive them."""
    return [
        GivenUp(
            origin=(path / "origin").read_text().strip(),
            folder=path.name,
            verifiers=[*_vkeys(path / "vkey"), *_vkeys(path / "retired-vkey")],
            promise_verifiers=_vkeys(path / "promise-vkey"),
        )
        for path in earlier()
    ]


def promise_verifier() -> VerifierKey:
    """Whose promises of inclusion these are. Raises `NotOpened`."""
    return parse_vkey(_line("promise-vkey"))


def published() -> Note | None:
    """The checkpoint that everybody reads. None: nothing was published yet."""
    try:
        return parse_note(_path("checkpoint").read_bytes())
    except FileNotFoundError:
        return None


def read_tile(tile: Tile) -> bytes:
    """A tile or bundle; a partial one that is pruned is cut from the full one.

    Raises FileNotFoundError.
    """
    return tile_files.read(settings.RECORD, tile)


def tree(size: int) -> TiledTree:
    """The subtree hashes of a tree of `size`, as far as it is in tiles."""
    return TiledTree(size, read_tile)


def publish(note: Note) -> Note:
    """Make `note` the checkpoint that everybody reads; gives the one that they read now.

    Never one of fewer entries than before; of the same head cosignatures are kept.
    """
    before = published()
    if before and parse_checkpoint(before.text).size > parse_checkpoint(note.text).size:
        return before
    if before and before.text == note.text:
        note = before.signed(*note.signatures)
    if note != before:
        durable.replace(_path("checkpoint"), str(note).encode())
    return note


def tell(name: str, lines: str) -> None:
    """Write one of the files that say whose log this is."""
    durable.make_folder(settings.RECORD)
    data = f"{lines}\n".encode()
    with suppress(FileNotFoundError):
        if _path(name).read_bytes() == data:
            return
    durable.replace(_path(name), data)


@contextmanager
def lock() -> Iterator[None]:
    """One writer at a time; the kernel lets go of it however its holder ended."""
    durable.make_folder(settings.RECORD)
    descriptor = os.open(_path(".lock"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _line(name: str) -> str:
    try:
        return small_files.read(settings.RECORD, name).decode().strip()
    except FileNotFoundError:
        raise NotOpened(f"no log was opened in {settings.RECORD}: run `hopthu init`") from None


def _vkeys(path: Path) -> list[VerifierKey]:
    """One a line; none where there is no file."""
    with suppress(FileNotFoundError):
        return [parse_vkey(line) for line in path.read_text().splitlines()]
    return []


def _path(name: str) -> Path:
    return Path(settings.RECORD, name)
