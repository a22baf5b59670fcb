"""Receipts: made, read, checked without a network, and refused if anything was touched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tlog_scales import signing, tlog

from hopthu.core.checkpoints import Checkpoint, encode_hash
from hopthu.core.encoding import encode64
from hopthu.core.merkle import BadProof, inclusion_proof, leaf_hash, root_of
from hopthu.core.signed_notes import BadNote, Note, SigningKey, verified
from hopthu.core.tlog_proofs import MAGIC, MAX_PROOF, BadReceipt, Receipt, parse_receipt

KEY = SigningKey("city.example/record", bytes(range(32)))


def receipt_of(size: int, index: int) -> Receipt:
    entries = [f'{{"entry":{number}}}'.encode() for number in range(size)]
    leaves = [leaf_hash(one) for one in entries]
    text = str(Checkpoint(KEY.verifier.name, size, root_of(leaves)))
    proof = inclusion_proof(index, size, lambda start, end: root_of(leaves[start:end]))
    return Receipt(entries[index], index, tuple(proof), Note(text).signed(KEY.sign(text)))


WHOLE = str(receipt_of(11, 6))


def accept(text: str | bytes) -> Receipt:
    receipt = parse_receipt(text)
    verified(receipt.note, [KEY.verifier])
    receipt.check()
    return receipt


def test_its_lines_are_those_of_the_specification() -> None:
    receipt = receipt_of(11, 6)
    assert WHOLE.split("\n")[:-6] == [
        MAGIC,
        "extra eyJlbnRyeSI6Nn0=",
        "index 6",
        *(encode_hash(one) for one in receipt.proof),
        "",
    ]
    assert WHOLE.endswith(f"\n\n{receipt.note}")


@given(st.integers(1, 300), st.data())
def test_a_receipt_is_read_as_it_was_written_and_proves_its_entry(
    size: int, data: st.DataObject
) -> None:
    receipt = receipt_of(size, data.draw(st.integers(0, size - 1)))
    assert accept(str(receipt)) == receipt
    assert accept(str(receipt).encode()) == receipt
    head = tlog.Checkpoint.from_text(str(receipt.note))
    head.verify(signing.Vkey.from_string(str(KEY.verifier)))
    theirs = tlog.InclusionProof(receipt.index, head.size, list(receipt.proof))
    theirs.check(leaf_hash(receipt.entry), head.root_hash)


def test_the_only_entry_of_a_log_has_a_proof_without_hashes() -> None:
    receipt = accept(str(receipt_of(1, 0)))
    assert receipt.proof == ()


@given(st.data())
def test_no_bit_of_a_receipt_can_be_turned(data: st.DataObject) -> None:
    whole = bytearray(WHOLE.encode())
    at = data.draw(st.integers(0, len(whole) - 1))
    whole[at] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises((BadReceipt, BadNote, BadProof)):
        accept(bytes(whole))


@given(st.integers(0, len(WHOLE) - 1))
def test_no_part_of_a_receipt_will_do(length: int) -> None:
    with pytest.raises((BadReceipt, BadNote, BadProof)):
        accept(WHOLE[:length])


@given(st.data())
def test_no_line_can_be_left_out_or_said_twice(data: st.DataObject) -> None:
    lines = WHOLE.splitlines(keepends=True)
    # The last line is the signature: said twice it is still right, and says nothing new.
    at = data.draw(st.integers(0, len(lines) - 2))
    times = data.draw(st.sampled_from([0, 2]))
    with pytest.raises((BadReceipt, BadNote, BadProof)):
        accept("".join(lines[:at] + [lines[at]] * times + lines[at + 1 :]))


def test_the_entry_of_another_does_not_fit() -> None:
    other = receipt_of(11, 7)
    swapped = WHOLE.replace(encode64(b'{"entry":6}'), encode64(other.entry))
    with pytest.raises(BadProof, match="entry 6 does not lead to the root of size 11"):
        accept(swapped)


def changed(old: str, new: str) -> str:
    assert old in WHOLE
    return WHOLE.replace(old, new)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "the first line"),
        (changed("@v1", "@v2"), "the first line"),
        (changed("extra eyJlbnRyeSI6Nn0=\n", ""), "line 2 does not begin with 'extra'"),
        (changed("extra eyJlbnRyeSI6Nn0=", "extra eyJlbnRyeSI6Nn1="), "not base64"),
        (changed("extra ey", "extra e?"), "not base64"),
        (changed("index 6\n", ""), "line 3 does not begin with 'index'"),
        (changed("index 6", "index 06"), "not a size"),
        (changed("index 6", "index -6"), "not a size"),
        (changed("index 6", "index 6 "), "not a size"),
        (changed("index 6\n", "index 6\nAAAA\n"), "not a hash"),
        (changed("index 6\n", "index 6\n\n"), "its checkpoint"),
        (changed("\n11\n", "\n011\n"), "its checkpoint: not a size"),
        (changed("\n", "\r\n"), "CRLF"),
        (WHOLE.split("\n\n")[0], "there is no checkpoint"),
        (changed("index 6\n", "index 6\n" + (encode_hash(bytes(32)) + "\n") * 63), "63 hashes"),
        ("a" * (MAX_PROOF + 1), "longer than"),
        (b"\xff", "not UTF-8"),
        (changed("— city", "\ud800— city"), "not UTF-8"),
    ],
)
def test_what_is_no_receipt(text: str | bytes, why: str) -> None:
    with pytest.raises(BadReceipt, match=why):
        parse_receipt(text)


def test_an_index_beyond_the_tree_is_no_proof() -> None:
    with pytest.raises(BadProof, match="entry 11 is not in a tree of 11"):
        accept(changed("index 6", "index 11"))


@given(st.text(max_size=300) | st.binary(max_size=300))
def test_nothing_that_is_read_ends_in_another_error(text: str | bytes) -> None:
    with pytest.raises(BadReceipt):
        parse_receipt(text)
