"""The Merkle tree of the public record: hashes, roots, proofs, and how they are checked.

RFC 6962 section 2.1 (SHA-256) for what is made; the checking of proofs follows RFC 9162 sections
2.1.3.2 and 2.1.4.2, which say step by step what RFC 6962 leaves to the reader.

BadProof    a proof does not prove what it is said to
"""

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from typing import Final

HASH_BYTES: Final = 32
EMPTY_ROOT: Final = sha256(b"").digest()
"""MTH({}), RFC 6962 section 2.1."""

Subtree = Callable[[int, int], bytes]
"""Gives MTH(D[start:end]) of a complete subtree: 2ᵏ leaves, `start` a multiple of 2ᵏ."""


class BadProof(ValueError):
    """The hashes do not lead from what is claimed to the root; the message says where it breaks."""


def leaf_hash(entry: bytes) -> bytes:
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def root(size: int, subtree: Subtree) -> bytes:
    """The root of the first `size` leaves."""
    return _range(0, size, subtree) if size else EMPTY_ROOT


def root_of(leaves: Sequence[bytes]) -> bytes:
    """The root of a tree with just these leaf hashes.

    Pair by pair, row by row; a hash that is left over goes up as it is, which splits the tree where
    RFC 6962 section 2.1 does.
    """
    row = list(leaves)
    while len(row) > 1:
        paired = [node_hash(row[at], row[at + 1]) for at in range(0, len(row) - 1, 2)]
        row = paired + row[2 * len(paired) :]
    return row[0] if row else EMPTY_ROOT


def inclusion_proof(index: int, size: int, subtree: Subtree) -> list[bytes]:
    """PATH(index, D[size]), RFC 6962 section 2.1.1, from the leaf's sibling up to the root's child.

    Raises ValueError where the tree has no such leaf.
    """
    if not 0 <= index < size:
        raise ValueError(f"no leaf {index} in a tree of {size}")
    path: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(_range(middle, end, subtree))
            end = middle
        else:
            path.append(_range(start, middle, subtree))
            start = middle
    return path[::-1]


def consistency_proof(old: int, new: int, subtree: Subtree) -> list[bytes]:
    """PROOF(old, D[new]), RFC 6962 section 2.1.2; empty from size 0 and between equal sizes.

    Raises ValueError where `old` is the larger one.
    """
    if not 0 <= old <= new:
        raise ValueError(f"no way back from {old} to {new}")
    if old in (0, new):
        return []
    proof: list[bytes] = []
    start, end = 0, new
    while old != end:
        middle = start + _split(end - start)
        if old <= middle:
            proof.append(_range(middle, end, subtree))
            end = middle
        else:
            proof.append(_range(start, middle, subtree))
            start = middle
    if start:
        # Only where the old tree is no subtree whose root the reader knows already.
        proof.append(_range(start, end, subtree))
    return proof[::-1]


def verify_inclusion(
    index: int, size: int, leaf: bytes, proof: Sequence[bytes], expected: bytes
) -> None:
    """RFC 9162 section 2.1.3.2. `leaf` is a leaf hash. Raises `BadProof`."""
    if not 0 <= index < size:
        raise BadProof(f"entry {index} is not in a tree of {size}")
    _check_hashes(proof)
    number, last, result = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            raise BadProof("the proof has too many hashes")
        if number & 1 or number == last:
            result = node_hash(sibling, result)
            while number and not number & 1:
                number, last = number >> 1, last >> 1
        else:
            result = node_hash(result, sibling)
        number, last = number >> 1, last >> 1
    if last:
        raise BadProof("the proof has too few hashes")
    if result != expected:
        raise BadProof(f"the proof of entry {index} does not lead to the root of size {size}")


def verify_consistency(
    old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]
) -> None:
    """RFC 9162 section 2.1.4.2, with the cases that it leaves out: size 0 and equal sizes.

    Raises `BadProof`.
    """
    if not 0 <= old <= new:
        raise BadProof(f"the tree shrank from {old} to {new}")
    _check_hashes(proof)
    if old in (0, new):
        _check_trivial(old, new, old_root, new_root, proof)
        return
    hashes = list(proof)
    if old & (old - 1) == 0:
        hashes.insert(0, old_root)
    if not hashes:
        raise BadProof("the proof has too few hashes")
    number, last = old - 1, new - 1
    while number & 1:
        number, last = number >> 1, last >> 1
    old_result = new_result = hashes[0]
    for sibling in hashes[1:]:
        if last == 0:
            raise BadProof("the proof has too many hashes")
        if number & 1 or number == last:
            old_result = node_hash(sibling, old_result)
            new_result = node_hash(sibling, new_result)
            while number and not number & 1:
                number, last = number >> 1, last >> 1
        else:
            new_result = node_hash(new_result, sibling)
        number, last = number >> 1, last >> 1
    if last:
        raise BadProof("the proof has too few hashes")
    if old_result != old_root:
        raise BadProof(f"the proof does not lead to the old root, of size {old}")
    if new_result != new_root:
        raise BadProof(f"the proof does not lead to the new root, of size {new}")


class Frontier:
    """A tree that grows leaf by leaf and remembers one hash a level: its right edge."""

    def __init__(self) -> None:
        self.size = 0
        self._complete: list[bytes] = []
        """Roots of the complete subtrees that make up the tree, the largest first."""

    def append(self, leaf: bytes) -> None:
        self.size += 1
        self._complete.append(leaf)
        merges = self.size
        while not merges & 1:
            right = self._complete.pop()
            self._complete.append(node_hash(self._complete.pop(), right))
            merges >>= 1

    def extend(self, leaves: Iterable[bytes]) -> None:
        for leaf in leaves:
            self.append(leaf)

    def root(self) -> bytes:
        if not self._complete:
            return EMPTY_ROOT
        result = self._complete[-1]
        for left in self._complete[-2::-1]:
            result = node_hash(left, result)
        return result


def _split(count: int) -> int:
    """The largest power of two smaller than `count`: how many leaves go to the left."""
    return 1 << (count - 1).bit_length() - 1


def _range(start: int, end: int, subtree: Subtree) -> bytes:
    """MTH(D[start:end]) of any node of the tree, put together from complete subtrees."""
    count = end - start
    if count & (count - 1) == 0:
        return subtree(start, end)
    middle = start + _split(count)
    return node_hash(subtree(start, middle), _range(middle, end, subtree))


def _check_hashes(proof: Sequence[bytes]) -> None:
    if any(len(one) != HASH_BYTES for one in proof):
        raise BadProof("the proof has a hash that is not 32 bytes long")


def _check_trivial(
    old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]
) -> None:
    if proof:
        raise BadProof("the proof has too many hashes")
    if old == 0 and old_root != EMPTY_ROOT:
        raise BadProof("a tree of size 0 has another root than the empty one")
    if old == new and old_root != new_root:
        raise BadProof(f"two different roots of one size, {new}")
