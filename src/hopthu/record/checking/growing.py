"""A tree that is built again from its entries, tile by tile, and compared with what is served.

https://c2sp.org/tlog-tiles, "Merkle Tree" and "Partial Tiles".
"""

from collections.abc import Iterator, Sequence
from typing import Final

from hopthu.core.merkle import EMPTY_ROOT, HASH_BYTES, root_of
from hopthu.core.tiles import ENTRIES, HEIGHT, WIDTH, Tile, split_tile

_LEVELS: Final = 8
"""63 bits of size."""


class Growing:
    """The right edge of a tree: of each level the hashes that fill no tile yet."""

    def __init__(self, size: int = 0, edge: Sequence[Sequence[bytes]] = ()) -> None:
        self.size = size
        self.edge = [list(row) for row in edge]

    def copy(self) -> "Growing":
        return Growing(self.size, self.edge)

    def add(self, leaves: Sequence[bytes]) -> dict[Tile, bytes]:
        """Add leaf hashes, no more than fit into the last tile; gives the tiles that are full."""
        self.size += len(leaves)
        full: dict[Tile, bytes] = {}
        level, more = 0, list(leaves)
        while more:
            if level == len(self.edge):
                self.edge.append([])
            row = self.edge[level]
            row.extend(more)
            if len(row) < WIDTH:
                break
            full[Tile(level, (self.size >> HEIGHT * (level + 1)) - 1)] = b"".join(row)
            more = [root_of(row)]
            row.clear()
            level += 1
        return full

    def partial(self) -> dict[Tile, bytes]:
        """The tiles that are not full yet."""
        return {
            Tile(level, self.size >> HEIGHT * (level + 1), len(row)): b"".join(row)
            for level, row in enumerate(self.edge)
            if row
        }

    def root(self) -> bytes:
        """What fills no tile yet is left over at the right end of the row above."""
        left_over: list[bytes] = []
        for row in self.edge:
            if row or left_over:
                left_over = [root_of([*row, *left_over])]
        return left_over[0] if left_over else EMPTY_ROOT

    def dump(self) -> bytes:
        return b"".join(len(row).to_bytes(2) + b"".join(row) for row in self.edge)

    @classmethod
    def load(cls, size: int, dumped: bytes) -> "Growing":
        """What `dump` gave. Raises ValueError."""
        edge = []
        while dumped:
            end = 2 + int.from_bytes(dumped[:2]) * HASH_BYTES
            edge.append(split_tile(dumped[2:end], (end - 2) // HASH_BYTES))
            dumped = dumped[end:]
        fits = all(len(row) == (size >> HEIGHT * level) % WIDTH for level, row in enumerate(edge))
        if not fits or size >> HEIGHT * len(edge) or len(edge) > _LEVELS:
            raise ValueError(f"not the right edge of a tree of {size}")
        return cls(size, edge)


def reading_order(old: int, size: int) -> Iterator[Tile]:
    """The tiles that a tree of `size` has beyond one of `old`, in the order in which they fill.

    The bundle and the hash tile that were partial at `old` come first, as they are now.
    """
    for index in range(old // WIDTH, -(-size // WIDTH)):
        width = min(WIDTH, size - index * WIDTH)
        yield Tile(ENTRIES, index, width)
        yield Tile(0, index, width)
        if width == WIDTH:
            yield from _filled_above(index + 1)
    for level in range(1, _LEVELS):
        if width := (size >> HEIGHT * level) % WIDTH:
            yield Tile(level, size >> HEIGHT * (level + 1), width)


def _filled_above(count: int) -> Iterator[Tile]:
    """The tiles of higher levels that the tile number `count` of level 0 fills."""
    level = 1
    while count % WIDTH == 0:
        count //= WIDTH
        yield Tile(level, count - 1)
        level += 1
