"""Reading a log as a stranger would, from its files alone: RFC 6962 word for word, without `core`'s
ways of working a tree out."""

from functools import cache
from hashlib import sha256
from pathlib import Path

from hopthu.core.checkpoints import Checkpoint, parse_checkpoint
from hopthu.core.merkle import Subtree
from hopthu.core.signed_notes import parse_note, parse_vkey, verified
from hopthu.core.tiles import ENTRIES, Tile, decode_bundle, tiles_of


def published(record: Path) -> Checkpoint:
    """The head that everybody reads, with a signature of the log's key."""
    note = parse_note((record / "checkpoint").read_bytes())
    verified(note, [parse_vkey(line) for line in (record / "vkey").read_text().splitlines()])
    return parse_checkpoint(note.text)


def entries(record: Path) -> list[bytes]:
    """Every entry of the published log, after every tile was found to be as it has to be."""
    head = published(record)
    found = [
        entry
        for tile in tiles_of(head.size)
        if tile.level == ENTRIES
        for entry in decode_bundle(_fetch(record, tile), _width(record, tile))[: tile.width]
    ]
    mth = tree_of(found)
    assert mth(0, head.size) == head.root
    for tile in tiles_of(head.size):
        if tile.level != ENTRIES:
            served = _fetch(record, tile)[: tile.width * 32]
            assert served == b"".join(hashes(tile, mth)), tile
    return found


def _fetch(record: Path, tile: Tile) -> bytes:
    """The partial tile or, where a later head made it full, that one ("Partial Tiles")."""
    path = record / tile.path
    return (path if path.exists() else record / tile.full.path).read_bytes()


def _width(record: Path, tile: Tile) -> int:
    return tile.width if (record / tile.path).exists() else tile.full.width


def hashes(tile: Tile, mth: Subtree) -> list[bytes]:
    """tlog-tiles, "Merkle Tree": MTH(D[(n * 256 + i) * 256**l : (n * 256 + i + 1) * 256**l])."""
    step = 256**tile.level
    first = tile.index * 256
    return [mth((first + i) * step, (first + i + 1) * step) for i in range(tile.width)]


def tree_of(found: list[bytes]) -> Subtree:
    """RFC 6962 section 2.1: MTH(D[start:end])."""

    @cache
    def mth(start: int, end: int) -> bytes:
        if end - start == 0:
            return sha256().digest()
        if end - start == 1:
            return sha256(b"\x00" + found[start]).digest()
        k = 1
        while k * 2 < end - start:
            k *= 2
        return sha256(b"\x01" + mth(start, start + k) + mth(start + k, end)).digest()

    return mth
