"""Trees and proofs: known answers, properties of every tree, and two libraries that agree."""

from collections.abc import Callable, Sequence
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree
from tlog_scales import tlog

from hopthu.core.merkle import (
    EMPTY_ROOT,
    BadProof,
    Frontier,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    node_hash,
    root,
    root_of,
    verify_consistency,
    verify_inclusion,
)

# The tree that the tests of Certificate Transparency have used since RFC 6962 was written.
ENTRIES = [
    bytes.fromhex(one)
    for one in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
LEAVES = [leaf_hash(one) for one in ENTRIES]

sizes = st.integers(1, 600)


def leaves_of(size: int) -> list[bytes]:
    return [leaf_hash(number.to_bytes(4)) for number in range(size)]


def plain_root(leaves: Sequence[bytes]) -> bytes:
    """MTH word by word as RFC 6962 section 2.1 defines it."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return sha256(b"\x01" + plain_root(leaves[:k]) + plain_root(leaves[k:])).digest()


def subtrees(leaves: Sequence[bytes]) -> Callable[[int, int], bytes]:
    def subtree(start: int, end: int) -> bytes:
        assert (end - start).bit_count() == 1
        assert start % (end - start) == 0
        return plain_root(leaves[start:end])

    return subtree


def hexed(hashes: Sequence[bytes]) -> list[str]:
    return [one.hex() for one in hashes]


@pytest.mark.parametrize("size", range(9))
def test_the_known_tree_has_its_known_roots(size: int) -> None:
    assert root_of(LEAVES[:size]).hex() == ROOTS[size]
    assert root(size, subtrees(LEAVES)).hex() == ROOTS[size]


def test_rfc_6962_section_2_1_3_spells_out_proofs_of_a_tree_of_seven() -> None:
    """The letters of its drawing: a to g and j are leaves, h i j k l the nodes over them."""
    leaves = leaves_of(7)
    a, b, c, d, e, f, j = leaves
    g, h, i = node_hash(a, b), node_hash(c, d), node_hash(e, f)
    k, l_ = node_hash(g, h), node_hash(i, j)
    tree = subtrees(leaves)
    assert inclusion_proof(0, 7, tree) == [b, h, l_]
    assert inclusion_proof(3, 7, tree) == [c, g, l_]
    assert inclusion_proof(4, 7, tree) == [f, j, k]
    assert inclusion_proof(6, 7, tree) == [i, k]
    assert consistency_proof(3, 7, tree) == [c, d, g, l_]
    assert consistency_proof(4, 7, tree) == [l_]
    assert consistency_proof(6, 7, tree) == [i, j, k]


def test_proofs_of_the_known_tree() -> None:
    tree = subtrees(LEAVES)
    assert hexed(inclusion_proof(5, 8, tree)) == [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]
    assert hexed(consistency_proof(6, 8, tree)) == [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]


@given(sizes, st.data())
def test_every_entry_of_every_tree_can_be_proved(size: int, data: st.DataObject) -> None:
    leaves = leaves_of(size)
    index = data.draw(st.integers(0, size - 1))
    proof = inclusion_proof(index, size, subtrees(leaves))
    verify_inclusion(index, size, leaves[index], proof, plain_root(leaves))
    tlog.InclusionProof(index, size, proof).check(leaves[index], plain_root(leaves))


@given(sizes, st.data())
def test_every_tree_can_be_shown_to_have_grown(size: int, data: st.DataObject) -> None:
    leaves = leaves_of(size)
    old = data.draw(st.integers(0, size))
    proof = consistency_proof(old, size, subtrees(leaves))
    old_root, new_root = plain_root(leaves[:old]), plain_root(leaves)
    verify_consistency(old, size, old_root, new_root, proof)
    tlog.ConsistencyProof(old, size, proof).check(old_root, new_root)


def spoiled(proof: list[bytes], data: st.DataObject) -> list[bytes]:
    """A proof with one bit turned, or a hash dropped, doubled, or exchanged with its neighbour."""
    kinds = ["longer"] + (["bit", "drop", "double"] if proof else [])
    kind = data.draw(st.sampled_from(kinds))
    if kind == "longer":
        return [*proof, leaf_hash(b"one more")]
    at = data.draw(st.integers(0, len(proof) - 1))
    if kind == "drop":
        return proof[:at] + proof[at + 1 :]
    if kind == "double":
        return [*proof[:at], proof[at], *proof[at:]]
    bit = 1 << data.draw(st.integers(0, 255))
    changed = (int.from_bytes(proof[at]) ^ bit).to_bytes(32)
    return [*proof[:at], changed, *proof[at + 1 :]]


@given(sizes, st.data())
def test_a_spoiled_proof_of_an_entry_is_refused(size: int, data: st.DataObject) -> None:
    leaves = leaves_of(size)
    index = data.draw(st.integers(0, size - 1))
    proof = spoiled(inclusion_proof(index, size, subtrees(leaves)), data)
    with pytest.raises(BadProof):
        verify_inclusion(index, size, leaves[index], proof, plain_root(leaves))


@given(sizes, st.data())
def test_a_spoiled_proof_of_growth_is_refused(size: int, data: st.DataObject) -> None:
    leaves = leaves_of(size)
    old = data.draw(st.integers(0, size))
    proof = spoiled(consistency_proof(old, size, subtrees(leaves)), data)
    with pytest.raises(BadProof):
        verify_consistency(old, size, plain_root(leaves[:old]), plain_root(leaves), proof)


@given(st.integers(2, 600), st.data())
def test_a_proof_is_of_one_place_one_size_and_one_leaf(size: int, data: st.DataObject) -> None:
    leaves = leaves_of(size)
    index = data.draw(st.integers(0, size - 1))
    other = data.draw(st.integers(0, size - 1).filter(lambda one: one != index))
    proof, top = inclusion_proof(index, size, subtrees(leaves)), plain_root(leaves)
    for at, leaf in ((other, leaves[index]), (index, leaves[other])):
        with pytest.raises(BadProof):
            verify_inclusion(at, size, leaf, proof, top)


@given(st.integers(2, 600), st.data())
def test_a_tree_that_was_rewritten_has_not_grown(size: int, data: st.DataObject) -> None:
    leaves = leaves_of(size)
    old = data.draw(st.integers(1, size - 1))
    rewritten = list(leaves)
    rewritten[data.draw(st.integers(0, old - 1))] = leaf_hash(b"rewritten")
    proof = consistency_proof(old, size, subtrees(rewritten))
    with pytest.raises(BadProof):
        verify_consistency(old, size, plain_root(leaves[:old]), plain_root(rewritten), proof)


@given(st.lists(st.binary(max_size=40), min_size=1, max_size=70), st.data())
def test_pymerkle_agrees(entries: list[bytes], data: st.DataObject) -> None:
    theirs = InmemoryTree.init_from_entries(entries)
    leaves = [leaf_hash(one) for one in entries]
    size = data.draw(st.integers(1, len(entries)))
    index = data.draw(st.integers(0, size - 1))
    assert root_of(leaves[:size]) == theirs.get_root(size)
    # Theirs counts from one, and begins with the leaf itself.
    assert theirs.prove_inclusion(index + 1, size).path == [
        leaves[index],
        *inclusion_proof(index, size, subtrees(leaves)),
    ]


@given(sizes)
def test_a_growing_edge_knows_each_root_on_its_way(size: int) -> None:
    leaves, edge = leaves_of(size), Frontier()
    assert edge.root() == EMPTY_ROOT
    for leaf in leaves:
        edge.append(leaf)
    assert (edge.size, edge.root()) == (size, plain_root(leaves))


@pytest.mark.parametrize(("index", "size"), [(0, 0), (1, 1), (-1, 4), (5, 4)])
def test_what_is_not_in_the_tree_has_no_proof(index: int, size: int) -> None:
    with pytest.raises(ValueError, match="no leaf"):
        inclusion_proof(index, size, subtrees(LEAVES))
    with pytest.raises(BadProof, match="is not in a tree"):
        verify_inclusion(index, size, LEAVES[0], [], LEAVES[0])


def test_a_tree_does_not_shrink() -> None:
    with pytest.raises(ValueError, match="no way back"):
        consistency_proof(5, 4, subtrees(LEAVES))
    with pytest.raises(BadProof, match="shrank from 5 to 4"):
        verify_consistency(5, 4, LEAVES[0], LEAVES[0], [])


def test_one_size_has_one_root_and_an_empty_tree_the_empty_one() -> None:
    with pytest.raises(BadProof, match="two different roots of one size"):
        verify_consistency(4, 4, LEAVES[0], LEAVES[1], [])
    with pytest.raises(BadProof, match="another root than the empty one"):
        verify_consistency(0, 4, LEAVES[0], LEAVES[1], [])


@pytest.mark.parametrize("length", [0, 31, 33])
def test_a_hash_has_32_bytes(length: int) -> None:
    with pytest.raises(BadProof, match="not 32 bytes"):
        verify_inclusion(0, 2, LEAVES[0], [bytes(length)], LEAVES[0])
    with pytest.raises(BadProof, match="not 32 bytes"):
        verify_consistency(1, 2, LEAVES[0], LEAVES[0], [bytes(length)])
