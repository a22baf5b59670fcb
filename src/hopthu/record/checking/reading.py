"""Reading what strangers send: never more than such a file can have.

Unusable   nothing can be read there, so nothing can be said about the log
Withheld   this one file cannot be had: that is a fault of the log
├ Absent   it is not there
└ TooLong  it is longer than any such file can be
"""

import zlib
from collections.abc import Callable, Iterator
from typing import Final

from hopthu.core.merkle import HASH_BYTES
from hopthu.core.tiles import ENTRIES, MAX_ENTRY, WIDTH, BadBundle, Tile, beginning

MAX_TILE: Final = WIDTH * HASH_BYTES
MAX_BUNDLE: Final = WIDTH * (MAX_ENTRY + 2)
MAX_LINE: Final = 1024 * 1024
"""Bytes of one report's values."""
CHUNK: Final = 64 * 1024


class Unusable(Exception):
    """Nothing to check can be had from there; the message says why."""


class Withheld(Exception):
    """A file of the log cannot be had."""


class Absent(Withheld):
    """There is no such file."""


class TooLong(Withheld):
    """The file is longer than any such file can be."""


def read_tile(read: Callable[[str, int], bytes], tile: Tile) -> bytes | Withheld:
    """A partial tile may be gone once the full one is there ("Partial Tiles")."""
    limit = MAX_BUNDLE if tile.level == ENTRIES else MAX_TILE
    try:
        return read(tile.path, limit)
    except Absent as error:
        if tile.width == WIDTH:
            return error
        absent = error
    except Withheld as error:
        return error
    try:
        return beginning(read(tile.full.path, limit), tile)
    except (Withheld, BadBundle):
        return absent


def plain(chunks: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    """Gzip undone piece by piece: a small answer may unfold into a very large one.

    And a very large one into nothing: packing never adds more than a little.
    """
    if encoding.lower() == "identity":
        yield from chunks
        return
    unpacking = zlib.decompressobj(wbits=31)
    packed = unfolded = 0
    try:
        for chunk in chunks:
            packed += len(chunk)
            rest = chunk
            while rest:
                piece = unpacking.decompress(rest, CHUNK)
                unfolded += len(piece)
                yield piece
                rest = unpacking.unconsumed_tail
            if unpacking.unused_data or packed > 2 * unfolded + CHUNK:
                raise Unusable("a packed answer does not end where its content does")
        yield unpacking.flush()
    except zlib.error as error:
        raise Unusable("an answer is packed in another way than gzip") from error
    if not unpacking.eof:
        raise Unusable("a packed answer ended early")


def until(chunks: Iterator[bytes], limit: int) -> Iterator[bytes]:
    length = 0
    for chunk in chunks:
        length += len(chunk)
        yield chunk
        if length > limit:
            return


def within(data: bytes, limit: int) -> bytes:
    if len(data) > limit:
        raise TooLong(f"is longer than {limit:,} bytes")
    return data


def split_lines(chunks: Iterator[bytes]) -> Iterator[bytes]:
    rest = b""
    for chunk in chunks:
        *lines, rest = (rest + chunk).split(b"\n")
        for line in lines:
            yield within(line, MAX_LINE)
        within(rest, MAX_LINE)
    if rest:
        yield rest
