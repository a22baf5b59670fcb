"""Growing the tiles: what a larger tree has that a smaller one had not, made of the numbered rows.

The same rows give the same tiles, so that whatever a crash left half done is simply done again.

TileConflict   a tile that was vouched for would become another one
MissingRow     an entry that has its number is no longer in the database
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from hopthu.core.merkle import leaf_hash, root_of
from hopthu.core.tiles import (
    ENTRIES,
    HEIGHT,
    MAX_LEVEL,
    WIDTH,
    Tile,
    encode_bundle,
    split_tile,
)
from hopthu.record import durable, folder
from hopthu.record.models import Entry

_READ_AT_ONCE = 16 * WIDTH
"""Entries that are in memory together."""


class TileConflict(Exception):
    """What a signed head vouches for is never replaced by anything else."""


class MissingRow(Exception):
    """Without it the tree cannot be made again."""


def grow(old: int, new: int, *, vouched: int) -> None:
    """Write what a tree of `new` has that the one of `old` had not; durable when this returns.

    `vouched` is the size of the largest head that was ever signed: what lies beyond may be the
    remains of a round that came to nothing. Raises `TileConflict`, `MissingRow`, and
    FileNotFoundError where the folder has not even the tree of `old`.
    """
    writer = _Writer(vouched)
    fresh = list(_grow_entries(writer, old, new))
    for level in range(1, MAX_LEVEL + 1):
        if not fresh:
            break
        fresh = list(_grow_level(writer, level, old >> HEIGHT * level, fresh))
    writer.sync()


def prune(old: int, new: int) -> None:
    """Remove the partial tiles that became full ones between a tree of `old` and of `new`."""
    for level in range(ENTRIES, MAX_LEVEL + 1):
        before, after = (size >> HEIGHT * (max(level, 0) + 1) for size in (old, new))
        for index in range(before, after):
            _remove(Path(settings.RECORD, f"{Tile(level, index).path}.p"))


def tidy() -> int:
    """Remove what rounds that were cut short left: partial tiles beside full ones, and drafts.

    Gives how many of these there were.
    """
    with folder.lock():
        partial = [path for path in _all("*.p") if path.with_suffix("").exists()]
        for path in partial:
            _remove(path)
        drafts = _all(".*.*")
        for path in drafts:
            path.unlink()
    return len(partial) + len(drafts)


def _all(pattern: str) -> list[Path]:
    return list(Path(settings.RECORD).rglob(pattern))


def _grow_entries(writer: "_Writer", old: int, new: int) -> Iterator[bytes]:
    """Write bundles and leaf hashes; gives the root of each tile of leaf hashes that is full."""
    start = old - old % WIDTH
    for chunk in range(start, new, _READ_AT_ONCE):
        entries = _entries(chunk, min(chunk + _READ_AT_ONCE, new))
        for at in range(0, len(entries), WIDTH):
            mine = entries[at : at + WIDTH]
            leaves = [leaf_hash(entry) for entry in mine]
            index = (chunk + at) // WIDTH
            writer.write(Tile(ENTRIES, index, len(mine)), encode_bundle(mine))
            writer.write(Tile(0, index, len(mine)), b"".join(leaves))
            if len(leaves) == WIDTH:
                yield root_of(leaves)


def _grow_level(writer: "_Writer", level: int, before: int, fresh: list[bytes]) -> Iterator[bytes]:
    """Write the tiles of a level that had `before` hashes and gets `fresh` ones; as above."""
    index, known = divmod(before, WIDTH)
    row = [*_known(Tile(level, index, known)), *fresh] if known else fresh
    for at in range(0, len(row), WIDTH):
        hashes = row[at : at + WIDTH]
        writer.write(Tile(level, index + at // WIDTH, len(hashes)), b"".join(hashes))
        if len(hashes) == WIDTH:
            yield root_of(hashes)


def _known(tile: Tile) -> list[bytes]:
    return split_tile(folder.read_tile(tile), tile.width)


def _entries(start: int, end: int) -> list[bytes]:
    rows = Entry.objects.filter(index__gte=start, index__lt=end).order_by("index")
    entries = [bytes(leaf) for leaf in rows.values_list("leaf", flat=True)]
    if len(entries) != end - start:
        # Indexes are unique: too few of them means that some are missing.
        raise MissingRow(f"entries {start} to {end - 1} are numbered, but not all are there")
    return entries


class _Writer:
    """Writes tiles, each synced, and their folders together at the end."""

    def __init__(self, vouched: int) -> None:
        self._vouched = vouched
        self._touched: set[Path] = set()

    def write(self, tile: Tile, data: bytes) -> None:
        path = Path(settings.RECORD, tile.path)
        if not self._is_there(path, tile, data):
            durable.make_folder(path.parent)
            durable.place(path, data)
        # Also what was there: the round that wrote it may have ended before it was safe.
        self._touched.update(above for above in path.parents if _is_within(above))

    def sync(self) -> None:
        for touched in self._touched:
            durable.sync_folder(touched)

    def _is_there(self, path: Path, tile: Tile, data: bytes) -> bool:
        try:
            there = path.read_bytes()
        except FileNotFoundError:
            return False
        if there != data and tile.end <= self._vouched:
            raise TileConflict(
                f"{tile.path} is part of a head that was signed; the rows make another of it"
            )
        return there == data


def _is_within(path: Path) -> bool:
    return path.is_relative_to(settings.RECORD)


def _remove(partial: Path) -> None:
    """A folder of partial tiles; those that read it turn to the full tile (`folder.read_tile`)."""
    shutil.rmtree(partial, ignore_errors=True)
