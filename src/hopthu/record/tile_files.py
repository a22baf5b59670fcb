"""Tiles and bundles, read from a folder of plain files: serving them takes no Django."""

from pathlib import Path

from hopthu.core.merkle import HASH_BYTES
from hopthu.core.tiles import ENTRIES, Tile, decode_bundle, encode_bundle


def read(folder: Path, tile: Tile) -> bytes:
    """A tile or bundle; a partial one that is pruned is cut from the full one.

    Raises FileNotFoundError.
    """
    try:
        return (folder / tile.path).read_bytes()
    except FileNotFoundError:
        if tile == tile.full:
            raise
    data = (folder / tile.full.path).read_bytes()
    if tile.level == ENTRIES:
        return encode_bundle(decode_bundle(data, tile.full.width)[: tile.width])
    return data[: tile.width * HASH_BYTES]
