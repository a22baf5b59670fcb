"""Tiles and bundles, read from a folder of plain files: serving them takes no Django."""

from pathlib import Path

from hopthu.core.tiles import Tile, beginning


def read(folder: Path, tile: Tile) -> bytes:
    """A tile or bundle; a partial one that is pruned is cut from the full one.

    Raises FileNotFoundError, and `BadBundle` for a full bundle that is damaged.
    """
    try:
        return (folder / tile.path).read_bytes()
    except FileNotFoundError:
        if tile == tile.full:
            raise
    return beginning((folder / tile.full.path).read_bytes(), tile)
