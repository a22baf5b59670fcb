"""Notes and their signatures: known answers, what is refused, and a library that agrees."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tlog_scales import signing, tlog

from hopthu.core.encoding import decode64
from hopthu.core.signed_notes import (
    MAX_NOTE,
    BadKey,
    BadNote,
    BadSignature,
    CosigningKey,
    Note,
    Signature,
    SignatureType,
    SigningKey,
    VerifierKey,
    cosigned,
    parse_note,
    parse_signatures,
    parse_vkey,
    verified,
)

# The example of golang.org/x/mod/sumdb/note, which the specification was written from.
VKEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
SEED = decode64("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz")[1:]
TEXT = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
)
SIGNED = (
    TEXT + "\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXg"
    "KvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
# The examples of signed-note and of tlog-cosignature.
POEM = """Ognuno sta solo sul cuor della terra
trafitto da un raggio di sole:

ed è subito sera.

— quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMou\
FSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=
"""
SOFA = """example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhc\
yv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX\
3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==
"""

LOG = SigningKey("city.example/record", bytes(range(32)))
OTHER = SigningKey("city.example/record", bytes(32))
WITNESS = CosigningKey("paper.example/witness", b"w" * 32)
HEAD = "city.example/record\n7\n3bibgkA4CeMld1DT0mPNeJKcKUK3lCo0t34SLJWUp0w=\n"


def test_the_example_of_go_can_be_read_and_made() -> None:
    key = parse_vkey(VKEY)
    assert str(key) == VKEY
    assert verified(parse_note(SIGNED), [key]) == (key,)
    signer = SigningKey("PeterNeumann", SEED)
    assert signer.verifier == key
    assert str(Note(TEXT).signed(signer.sign(TEXT))) == SIGNED


def test_the_poem_keeps_its_empty_line() -> None:
    note = parse_note(POEM)
    assert note.text.endswith("di sole:\n\ned è subito sera.\n")
    assert [one.name for one in note.signatures] == ["quasimodo.example/salvatore"]
    assert len(note.signatures[0].bytes) == 64
    assert str(note) == POEM


def test_the_cosignature_of_the_example_tells_its_time() -> None:
    note = parse_note(SOFA.encode())
    assert note.signatures[1].name == "witness.example.com/w1"
    assert note.signatures[1].timestamp == 1679315147
    assert str(note) == SOFA


def test_another_library_accepts_the_signatures_of_log_and_witness() -> None:
    note = Note(HEAD).signed(LOG.sign(HEAD), WITNESS.cosign(HEAD, timestamp=1_700_000_000))
    theirs = tlog.Checkpoint.from_text(str(note))
    theirs.verify(signing.Vkey.from_string(str(LOG.verifier)))
    theirs.verify(signing.Vkey.from_string(str(WITNESS.verifier)))


def test_we_accept_the_signatures_of_another_library_and_pass_over_kinds_we_do_not_know() -> None:
    root = decode64(HEAD.split("\n")[2])
    signers: list[signing.CheckpointSigner] = [
        signing.PlainEd25519Signer(LOG.verifier.name, bytes(range(32))),
        signing.DummySigner("dummy.example"),
    ]
    theirs = tlog.Checkpoint.make_signed(LOG.verifier.name, 7, root, signers)
    note = parse_note(theirs.serialize())
    assert verified(note, [LOG.verifier]) == (LOG.verifier,)
    assert note.signatures[0] == LOG.sign(HEAD)


def test_one_note_may_have_signatures_of_several_and_unknown_ones_are_passed_over() -> None:
    note = Note(HEAD).signed(OTHER.sign(HEAD), LOG.sign(HEAD))
    assert verified(note, [LOG.verifier]) == (LOG.verifier,)
    assert verified(note, [LOG.verifier, OTHER.verifier]) == (LOG.verifier, OTHER.verifier)


def test_the_same_name_or_the_same_id_alone_is_not_the_same_key() -> None:
    right = LOG.sign(HEAD)
    for signature in (
        Signature(right.name, b"\0\0\0\0", right.bytes),
        Signature("elsewhere.example", right.key_id, right.bytes),
    ):
        with pytest.raises(BadNote, match="no signature of a known key"):
            verified(Note(HEAD, (signature,)), [LOG.verifier])


def test_a_known_key_over_a_wrong_signature_spoils_the_note() -> None:
    wrong = Note(HEAD, (OTHER.sign(HEAD), LOG.sign(HEAD + "changed\n")))
    with pytest.raises(BadSignature, match=r"city\.example/record is not of this text"):
        verified(wrong, [LOG.verifier, OTHER.verifier])


def test_of_one_key_the_last_signature_counts() -> None:
    early, late = (WITNESS.cosign(HEAD, timestamp=at) for at in (1, 2))
    note = Note(HEAD).signed(LOG.sign(HEAD), early).signed(late)
    assert note.signatures == (LOG.sign(HEAD), late)


def test_a_cosignature_counts_with_its_time_and_only_if_it_is_right() -> None:
    right = WITNESS.cosign(HEAD, timestamp=1_700_000_000)
    assert cosigned(Note(HEAD, (right,)), [WITNESS.verifier]) == {WITNESS.verifier: 1_700_000_000}
    moved = Signature(right.name, right.key_id, (1_700_000_001).to_bytes(8) + right.bytes[8:])
    assert cosigned(Note(HEAD, (moved,)), [WITNESS.verifier]) == {}
    assert cosigned(Note(HEAD + "more\n", (right,)), [WITNESS.verifier]) == {}


def test_the_same_secret_signs_differently_as_log_and_as_witness() -> None:
    log, witness = SigningKey("one.example", bytes(32)), CosigningKey("one.example", bytes(32))
    assert log.verifier.public == witness.verifier.public
    assert log.verifier.id != witness.verifier.id
    as_witness = Signature("one.example", witness.verifier.id, bytes(8) + log.sign(HEAD).bytes)
    assert cosigned(Note(HEAD, (as_witness,)), [witness.verifier]) == {}


@pytest.mark.parametrize("timestamp", [-1, 2**63, 2**64])
def test_a_cosignature_has_a_time_of_63_bits(timestamp: int) -> None:
    with pytest.raises(ValueError, match="no time"):
        WITNESS.cosign(HEAD, timestamp=timestamp)


@given(st.data())
def test_no_bit_of_a_signed_note_can_be_turned(data: st.DataObject) -> None:
    note = Note(HEAD).signed(LOG.sign(HEAD))
    whole = bytearray(str(note).encode())
    at = data.draw(st.integers(0, len(whole) - 1))
    whole[at] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(BadNote):
        verified(parse_note(bytes(whole)), [LOG.verifier])


@given(st.data())
def test_no_part_of_a_signed_note_will_do(data: st.DataObject) -> None:
    whole = str(Note(HEAD).signed(LOG.sign(HEAD))).encode()
    with pytest.raises(BadNote):
        verified(parse_note(whole[: data.draw(st.integers(0, len(whole) - 1))]), [LOG.verifier])


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no signature lines"),
        (TEXT, "no signature lines"),
        (TEXT + "\n", "no signature lines"),
        (SIGNED.removesuffix("\n"), "does not end"),
        (SIGNED + "\n", "no signature lines"),
        (SIGNED.replace("\n", "\r\n"), "CRLF"),
        (SIGNED.replace("then", "th\x00en"), "control characters"),
        (SIGNED.replace("then", "th\ten"), "control characters"),
        (SIGNED.replace("— ", "- "), "not a signature line"),
        (SIGNED.replace("— Peter", "—Peter"), "not a signature line"),
        (SIGNED.replace("PeterNeumann", "Peter+Neumann"), "not a signature line"),
        (SIGNED.replace("PeterNeumann", "Peter\u00a0Neumann"), "not a signature line"),
        (SIGNED.replace("nAM=", "nAM"), "not base64"),
        (SIGNED.replace("nAM=", "nAN="), "not base64"),
        (TEXT + "\n— PeterNeumann x08gow==\n", "cut short"),
        (TEXT + "\n" + "— PeterNeumann x08goww=\n" * 65, "more than 64 signatures"),
        ("a" * MAX_NOTE + SIGNED, "longer than 65536 bytes"),
        ("\ud800" + SIGNED, "not UTF-8"),
        (b"\xff" + SIGNED.encode(), "not UTF-8"),
    ],
)
def test_what_is_no_note(text: str | bytes, why: str) -> None:
    with pytest.raises(BadNote, match=why):
        parse_note(text)


def test_sixteen_signatures_have_room() -> None:
    witnesses = [CosigningKey(f"w{number}.example", bytes([number] * 32)) for number in range(16)]
    note = Note(HEAD).signed(*(one.cosign(HEAD, timestamp=1) for one in witnesses))
    keys = [one.verifier for one in witnesses]
    assert set(cosigned(parse_note(str(note)), keys)) == set(keys)


def test_signature_lines_can_be_read_alone() -> None:
    one = WITNESS.cosign(HEAD, timestamp=5)
    assert parse_signatures(f"{one}\n") == (one,)
    with pytest.raises(BadNote):
        parse_signatures("")


@given(st.text(max_size=300) | st.binary(max_size=300))
def test_nothing_that_is_read_ends_in_another_error(text: str | bytes) -> None:
    try:
        verified(parse_note(text), [LOG.verifier])
    except BadNote:
        return
    raise AssertionError("accepted")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", r"is name\+id\+key"),
        ("PeterNeumann+c74f20a3", r"is name\+id\+key"),
        (VKEY.replace("c74f20a3", "c74f20a4"), "the id of the verifier key"),
        (VKEY.replace("c74f20a3", "C74F20A3"), "the id of the verifier key"),
        (VKEY.replace("Peter", "Piotr"), "the id of the verifier key"),
        (VKEY.replace("+AR", "+BR"), "not an Ed25519 key of a known type"),
        (VKEY.replace("+AR", "+Ag"), "not an Ed25519 key of a known type"),
        (VKEY.removesuffix("0TW"), "not an Ed25519 key of a known type"),
        (VKEY[:-4], "32 bytes, not 29"),
        ("Peter Neumann" + VKEY.removeprefix("PeterNeumann"), "neither spaces nor a plus"),
        ("+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", "neither spaces nor a plus"),
        ("a+b+", "not an Ed25519 key of a known type"),
    ],
)
def test_what_is_no_verifier_key(text: str, why: str) -> None:
    with pytest.raises(BadKey, match=why):
        parse_vkey(text)


@given(
    st.from_regex(r"[a-z./-]{1,40}", fullmatch=True),
    st.binary(min_size=32, max_size=32),
    st.sampled_from(SignatureType),
)
def test_a_verifier_key_is_read_as_it_was_written(
    name: str, public: bytes, kind: SignatureType
) -> None:
    key = VerifierKey(name, public, kind)
    assert parse_vkey(str(key)) == key
    assert signing.Vkey.from_string(str(key)).pubkey == public


def test_a_public_key_that_is_no_point_verifies_nothing() -> None:
    nobody = VerifierKey("nobody.example", b"\xff" * 32)
    signature = Signature(nobody.name, nobody.id, bytes(64))
    with pytest.raises(BadSignature):
        verified(Note(HEAD, (signature,)), [nobody])
