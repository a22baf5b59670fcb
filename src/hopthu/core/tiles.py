"""The record as files: hash tiles and entry bundles, as C2SP tlog-tiles names and fills them.

https://c2sp.org/tlog-tiles: "Merkle Tree", "Partial Tiles", "Log entries".

BadTilePath   a path that names no tile
BadBundle     bytes that are no bundle of so many entries
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from hopthu.core.merkle import HASH_BYTES, node_hash

HEIGHT: Final = 8
WIDTH: Final = 256
"""Hashes in a full tile, entries in a full bundle."""
MAX_LEVEL: Final = 63
MAX_ENTRY: Final = 65_535
"""Bytes of an entry: its length is a big-endian uint16."""
ENTRIES: Final = -1
"""The level of entry bundles, which lie below the leaf hashes."""

_PATH: Final = re.compile(
    r"tile/(?P<level>entries|0|[1-9][0-9]?)/(?P<index>(?:x[0-9]{3}/){0,5}[0-9]{3})"
    r"(?:\.p/(?P<width>[1-9][0-9]{0,2}))?"
)


class BadTilePath(ValueError):
    """The path is none of tlog-tiles; the message says what is wrong with it."""


class BadBundle(ValueError):
    """The bytes are no bundle of so many entries."""


@dataclass(frozen=True, slots=True)
class Tile:
    level: int
    """0 holds leaf hashes; `ENTRIES` is a bundle."""
    index: int
    width: int = WIDTH
    """1 to 256; less than 256 is a partial tile."""

    @property
    def path(self) -> str:
        level = "entries" if self.level == ENTRIES else str(self.level)
        partial = "" if self.width == WIDTH else f".p/{self.width}"
        return f"tile/{level}/{index_path(self.index)}{partial}"

    @property
    def full(self) -> "Tile":
        return Tile(self.level, self.index)

    @property
    def end(self) -> int:
        """How many entries a tree has at least that has this tile."""
        return (self.index * WIDTH + self.width) << HEIGHT * max(self.level, 0)


def index_path(index: int) -> str:
    """1234067 is `x001/x234/067`."""
    groups = [f"{index % 1000:03}"]
    while index := index // 1000:
        groups.append(f"x{index % 1000:03}")
    return "/".join(reversed(groups))


def parse_tile(path: str) -> Tile:
    """The tile that `path` (`tile/…`) names, in its one spelling. Raises `BadTilePath`."""
    match = _PATH.fullmatch(path)
    if match is None:
        raise BadTilePath(f"not a tile path: {path!r:.200}")
    level = ENTRIES if match["level"] == "entries" else int(match["level"])
    if level > MAX_LEVEL:
        raise BadTilePath(f"there is no level {level}")
    width = int(match["width"] or WIDTH)
    if match["width"] and width >= WIDTH:
        raise BadTilePath(f"a partial tile is no {width} wide")
    tile = Tile(level, int(re.sub("[x/]", "", match["index"])), width)
    if tile.path != path:
        raise BadTilePath(f"index with leading zeroes: {path!r:.200}")
    return tile


def tile_at(level: int, index: int, size: int) -> Tile | None:
    """The tile as it is in a tree of `size`; None if nothing of it is there yet."""
    width = min(WIDTH, (size >> HEIGHT * max(level, 0)) - index * WIDTH)
    return Tile(level, index, width) if width > 0 else None


def tiles_of(size: int) -> Iterator[Tile]:
    """All tiles and bundles of a tree of `size`: bundles first, then level by level."""
    for level in range(ENTRIES, MAX_LEVEL + 1):
        count = size >> HEIGHT * max(level, 0)
        for start in range(0, count, WIDTH):
            yield Tile(level, start // WIDTH, min(WIDTH, count - start))


def encode_bundle(entries: Sequence[bytes]) -> bytes:
    """Each entry after its length as a big-endian uint16 ("Log entries"). Raises ValueError."""
    if any(len(entry) > MAX_ENTRY for entry in entries):
        raise ValueError(f"an entry is longer than {MAX_ENTRY} bytes")
    return b"".join(len(entry).to_bytes(2) + entry for entry in entries)


def decode_bundle(data: bytes, width: int) -> list[bytes]:
    """Exactly `width` entries. Raises `BadBundle`."""
    entries = []
    position = 0
    for number in range(width):
        start = position + 2
        position = start + int.from_bytes(data[position:start])
        if position > len(data) or start > len(data):
            raise BadBundle(f"cut short within entry {number} of {width}")
        entries.append(data[start:position])
    if position != len(data):
        raise BadBundle(f"{len(data) - position} bytes after the last of {width} entries")
    return entries


def beginning(full: bytes, tile: Tile) -> bytes:
    """A partial tile or bundle, cut from the full one ("Partial Tiles"). Raises `BadBundle`."""
    if tile.level == ENTRIES:
        return encode_bundle(decode_bundle(full, WIDTH)[: tile.width])
    return full[: tile.width * HASH_BYTES]


def split_tile(data: bytes, width: int) -> list[bytes]:
    """The hashes of a hash tile. Raises `BadBundle`."""
    if len(data) != width * HASH_BYTES:
        raise BadBundle(f"{len(data)} bytes instead of {width} hashes")
    return [data[at : at + HASH_BYTES] for at in range(0, len(data), HASH_BYTES)]


class TiledTree:
    """Subtree hashes of a tree of `size`, read from its tiles; a `Subtree` for `core.merkle`.

    `fetch` gives the bytes of a hash tile; what it cannot give, it raises. Each tile is read once.
    """

    def __init__(self, size: int, fetch: Callable[[Tile], bytes]) -> None:
        self.size = size
        self._fetch = fetch
        self._rows: dict[tuple[int, int], list[list[bytes]]] = {}

    def __call__(self, start: int, end: int) -> bytes:
        """MTH(D[start:end]) of a complete subtree. Raises `BadBundle` and what `fetch` raises."""
        height = (end - start).bit_length() - 1
        level, above = divmod(height, HEIGHT)
        index, place = divmod(start >> HEIGHT * level, WIDTH)
        return self._row(level, index, above)[place >> above]

    def _row(self, level: int, index: int, above: int) -> list[bytes]:
        """The nodes of a tile, `above` steps over its own hashes; worked out as far as asked."""
        rows = self._rows.get((level, index))
        if rows is None:
            tile = tile_at(level, index, self.size)
            if tile is None:
                raise ValueError(f"no tile {index} of level {level} in a tree of {self.size}")
            rows = self._rows[level, index] = [split_tile(self._fetch(tile), tile.width)]
        while len(rows) <= above:
            below = rows[-1]
            pairs = range(0, len(below) - 1, 2)
            rows.append([node_hash(below[at], below[at + 1]) for at in pairs])
        return rows[above]
