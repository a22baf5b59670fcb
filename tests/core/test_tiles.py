"""Tiles and bundles: names, widths, bytes, and proofs that are read from them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tlog_scales import tiles as theirs

from hopthu.core.merkle import (
    HASH_BYTES,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    root,
    root_of,
    verify_consistency,
    verify_inclusion,
)
from hopthu.core.tiles import (
    ENTRIES,
    MAX_ENTRY,
    BadBundle,
    BadTilePath,
    Tile,
    TiledTree,
    decode_bundle,
    encode_bundle,
    index_path,
    parse_tile,
    split_tile,
    tile_at,
    tiles_of,
)

tiles = st.builds(Tile, st.integers(ENTRIES, 63), st.integers(0, 10**18 - 1), st.integers(1, 256))


def counted(size: int) -> dict[tuple[int, int], int]:
    """How many tiles of each (level, width) a tree has."""
    result: dict[tuple[int, int], int] = {}
    for tile in tiles_of(size):
        result[tile.level, tile.width] = result.get((tile.level, tile.width), 0) + 1
    return result


def hash_tile(leaves: list[bytes], tile: Tile) -> bytes:
    """As the specification defines it: MTH of each range of 256ˡ leaves."""
    span = 256**tile.level
    first = tile.index * 256
    return b"".join(
        root_of(leaves[(first + i) * span : (first + i + 1) * span]) for i in range(tile.width)
    )


def test_the_example_of_an_index() -> None:
    assert index_path(1234067) == "x001/x234/067"
    assert Tile(3, 1234067, 5).path == "tile/3/x001/x234/067.p/5"
    assert Tile(ENTRIES, 0).path == "tile/entries/000"


def test_the_examples_of_sizes() -> None:
    levels = {(0, 256): 273, (0, 112): 1, (1, 256): 1, (1, 17): 1, (2, 1): 1}
    assert counted(70_000) == levels | {(ENTRIES, 256): 273, (ENTRIES, 112): 1}
    assert counted(256) == {(ENTRIES, 256): 1, (0, 256): 1, (1, 1): 1}
    assert counted(0) == {}


@given(tiles)
def test_a_path_is_read_as_it_was_written(tile: Tile) -> None:
    assert parse_tile(tile.path) == tile


@given(st.integers(ENTRIES, 63), st.integers(0, 10**9), st.integers(0, 255))
def test_another_library_writes_the_same_paths(level: int, index: int, width: int) -> None:
    assert Tile(level, index, width or 256).path == "/".join(theirs.tile_path(level, index, width))


@pytest.mark.parametrize(
    "path",
    [
        "",
        "tile",
        "tile/0",
        "tile/0/",
        "tile/0/0",
        "tile/0/00",
        "tile/0/0000",
        "tile/0/x01",
        "tile/0/x001",
        "tile/0/x01/000",
        "tile/0/001/000",
        "tile/0/x000/001",
        "tile/00/000",
        "tile/01/000",
        "tile/64/000",
        "tile/-1/000",
        "tile/100/000",
        "tile/entry/000",
        "tile/0/../000",
        "tile/0/000/..",
        "../tile/0/000",
        "/tile/0/000",
        "tile/0/000/",
        "tile/0/000\n",
        "tile/0/000.p",
        "tile/0/000.p/",
        "tile/0/000.p/0",
        "tile/0/000.p/01",
        "tile/0/000.p/256",
        "tile/0/000.p/999",
        "tile/0/000.p/1000",
        "tile/0/000.p/-1",
        "tile/0/000.p/1/2",
        "tile/0/٠٠٠",
        "tile/0/" + "x001/" * 6 + "000",
        "tile/0/%30%30%30",
    ],
)
def test_what_is_no_path_of_a_tile(path: str) -> None:
    with pytest.raises(BadTilePath):
        parse_tile(path)


@given(st.integers(0, 300_000))
def test_a_tree_has_the_tiles_that_its_size_asks_for(size: int) -> None:
    for level in range(4):
        full, partial = theirs.level_tiles(size, level)
        own = [tile for tile in tiles_of(size) if tile.level == level]
        assert [tile.index for tile in own] == list(range(full + bool(partial)))
        assert [tile.width for tile in own] == [256] * full + [partial] * bool(partial)
        assert own == [tile_at(level, tile.index, size) for tile in own]
        assert tile_at(level, full + bool(partial), size) is None


@given(st.lists(st.binary(max_size=300), max_size=20))
def test_a_bundle_is_read_as_it_was_written(entries: list[bytes]) -> None:
    assert decode_bundle(encode_bundle(entries), len(entries)) == entries


def test_a_bundle_has_big_endian_lengths() -> None:
    assert encode_bundle([b"", b"ab", b"c" * 258]) == b"\0\0\0\x02ab\x01\x02" + b"c" * 258


@given(st.lists(st.binary(max_size=30), min_size=1, max_size=5), st.data())
def test_a_bundle_that_is_cut_short_is_refused(entries: list[bytes], data: st.DataObject) -> None:
    whole = encode_bundle(entries)
    with pytest.raises(BadBundle, match="cut short"):
        decode_bundle(whole[: data.draw(st.integers(0, len(whole) - 1))], len(entries))


def test_a_bundle_with_too_much_is_refused() -> None:
    with pytest.raises(BadBundle, match="3 bytes after the last of 1 entries"):
        decode_bundle(encode_bundle([b"a", b"b"]), 1)


def test_an_entry_has_a_longest_length() -> None:
    longest = bytes(MAX_ENTRY)
    assert decode_bundle(encode_bundle([longest]), 1) == [longest]
    with pytest.raises(ValueError, match="longer than 65535 bytes"):
        encode_bundle([longest + b"."])


@pytest.mark.parametrize("length", [0, 1, 63, 65, 96])
def test_a_hash_tile_has_just_its_hashes(length: int) -> None:
    with pytest.raises(BadBundle, match="instead of 2 hashes"):
        split_tile(bytes(length), 2)


@given(st.integers(1, 70_000), st.data())
def test_proofs_can_be_read_from_tiles(size: int, data: st.DataObject) -> None:
    # Few different leaves, so that large trees are made quickly; the indexes stay different.
    leaves = [leaf_hash(bytes([number % 251])) for number in range(size)]
    whole = root_of(leaves)
    read: list[Tile] = []

    def fetch(tile: Tile) -> bytes:
        read.append(tile)
        return hash_tile(leaves, tile)

    tree = TiledTree(size, fetch)
    index = data.draw(st.integers(0, size - 1))
    old = data.draw(st.integers(1, size))
    assert root(size, tree) == whole
    verify_inclusion(index, size, leaves[index], inclusion_proof(index, size, tree), whole)
    proof = consistency_proof(old, size, tree)
    verify_consistency(old, size, root_of(leaves[:old]), whole, proof)
    assert set(read) <= set(tiles_of(size))
    assert len(read) == len(set(read))


def test_a_tile_of_another_length_is_no_tile() -> None:
    with pytest.raises(BadBundle):
        root(300, TiledTree(300, lambda _: bytes(HASH_BYTES)))


def test_a_tree_has_no_tile_beyond_its_size() -> None:
    tree = TiledTree(256, lambda tile: bytes(HASH_BYTES * tile.width))
    with pytest.raises(ValueError, match="no tile 1 of level 0"):
        tree(256, 257)
