"""Pieces of pages that are written once for the city as it is set up, and shown to everybody."""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

MOST = 500
"""Pieces that are kept, of some 2 to 10 KB each."""

Piece = TypeVar("Piece")
_pieces: tuple[object, dict[Hashable, Any]] = (None, {})


def once(city: object, key: Hashable, make: Callable[[], Piece]) -> Piece:
    """What `make` gave for this key, in the city as it is set up now."""
    global _pieces
    if _pieces[0] is not city:
        _pieces = (city, {})
    pieces = _pieces[1]
    if key not in pieces:
        if len(pieces) >= MOST:
            pieces.clear()
        pieces[key] = make()
    piece: Piece = pieces[key]
    return piece
