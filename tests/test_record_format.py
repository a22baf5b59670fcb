"""`docs/record-format.md` says what the program does: everything in its vectors is worked out anew.

Twice: with hashlib alone, as a stranger would who has read nothing but that page and what it
cites, and with the program.
"""

import base64
import hashlib
import hmac
import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from hopthu.bodies.recording import shape_sha256
from hopthu.core import entries, steps
from hopthu.core.commitments import Opening, commit
from hopthu.core.entries import CITY_TYPES, FACTS, ReportStep, parse_entry
from hopthu.core.merkle import inclusion_proof, leaf_hash, root_of
from hopthu.core.signed_notes import Note, SigningKey, parse_note, parse_vkey, verified
from hopthu.core.terms import CallReason, DeclineReason, HideReason, Outcome, Role, Status
from hopthu.core.tiles import encode_bundle
from hopthu.core.tlog_proofs import Receipt, parse_receipt

PAGE = (Path(__file__).parents[1] / "docs" / "record-format.md").read_text()
LOG_SEED, PROMISE_SEED = bytes(range(32)), bytes(range(32, 64))


def block(name: str) -> str:
    """The text of the block that is called so, as it stands."""
    (found,) = re.findall(rf"^```\w+ {name}\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
    return str(found)


ENTRIES = [line.encode() for line in block("entries").splitlines()]
COMMITMENTS = [json.loads(line) for line in block("commitments").splitlines()]
LEAVES = [hashlib.sha256(b"\0" + entry).digest() for entry in ENTRIES]


def root(leaves: list[bytes]) -> bytes:
    """MTH of RFC 6962 section 2.1, as it is written there."""
    if len(leaves) < 2:
        return leaves[0] if leaves else hashlib.sha256().digest()
    half = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\1" + root(leaves[:half]) + root(leaves[half:])).digest()


def b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


@pytest.mark.parametrize("number", range(len(ENTRIES)))
def test_an_entry_is_in_its_one_spelling(number: int) -> None:
    told = json.loads(ENTRIES[number])

    spelled = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert spelled.encode() == ENTRIES[number]
    assert parse_entry(ENTRIES[number]).told == told


@pytest.mark.parametrize("vector", COMMITMENTS, ids=lambda one: f"{one['entry']}-{one['slot']}")
def test_a_commitment_is_that_of_its_entry(vector: dict[str, Any]) -> None:
    value = json.dumps(
        vector["value"], ensure_ascii=False, sort_keys=True, separators=(",", ":")
    ).encode()
    message = b"hopthu commitment v1\n" + vector["slot"].encode() + b"\n" + value
    salt = base64.b64decode(vector["salt"])

    assert b64(hmac.digest(salt, message, "sha256")) == vector["commitment"]
    assert b64(commit(vector["slot"], Opening(vector["value"], salt))) == vector["commitment"]
    entry = json.loads(ENTRIES[vector["entry"]])
    assert entry["commitments"][vector["slot"]] == vector["commitment"]
    if (vector["entry"], vector["slot"]) == (4, "words.2"):
        assert message.hex() == block("message").strip()


def test_every_commitment_of_the_entries_is_among_the_vectors() -> None:
    given = {(one["entry"], one["slot"]) for one in COMMITMENTS}

    assert given == {
        (number, slot)
        for number, entry in enumerate(ENTRIES)
        for slot in parse_entry(entry).commitments
    }


def test_leaf_hashes_and_roots() -> None:
    leaves = [line.split() for line in block("leaf-hashes").splitlines()]
    roots = [line.split() for line in block("roots").splitlines()]

    assert leaves == [[str(number), b64(leaf)] for number, leaf in enumerate(LEAVES)]
    assert [leaf_hash(entry) for entry in ENTRIES] == LEAVES
    for size, expected in roots:
        assert b64(root(LEAVES[: int(size)])) == expected
        assert b64(root_of(LEAVES[: int(size)])) == expected


def test_tile_and_bundle() -> None:
    bundle = b"".join(len(entry).to_bytes(2, "big") + entry for entry in ENTRIES)
    tile = b"".join(LEAVES)

    assert block("tiles").splitlines() == [
        f"{len(data)} {hashlib.sha256(data).hexdigest()}" for data in (tile, bundle)
    ]
    assert encode_bundle(ENTRIES) == bundle


def test_the_keys_are_those_of_the_seeds_and_of_the_first_entry() -> None:
    log, promise = block("verifier-keys").splitlines()
    opened = json.loads(ENTRIES[0])

    assert log == str(SigningKey(opened["origin"], LOG_SEED).verifier)
    assert promise == str(SigningKey(f"{opened['origin']}/promise", PROMISE_SEED).verifier)
    assert (opened["vkey"], opened["promise_vkey"]) == (log, promise)


def check_note(text: str, vkey: str) -> str:
    """The text under a signed note, checked by hand: https://c2sp.org/signed-note."""
    name, key_id, key = vkey.split("+", 2)
    typed = base64.b64decode(key)
    assert hashlib.sha256(name.encode() + b"\n" + typed).digest()[:4].hex() == key_id
    body, _, signature = text.rpartition(f"\n— {name} ")
    blob = base64.b64decode(signature)
    assert blob[:4].hex() == key_id
    Ed25519PublicKey.from_public_bytes(typed[1:]).verify(blob[4:], body.encode())
    return body


def test_the_checkpoint_is_signed_and_of_these_entries() -> None:
    vkey = block("verifier-keys").splitlines()[0]

    body = check_note(block("checkpoint"), vkey)

    assert body == f"songmay.example/record\n{len(ENTRIES)}\n{b64(root(LEAVES))}\n"
    assert verified(parse_note(block("checkpoint")), [parse_vkey(vkey)])


def test_the_receipt_proves_entry_3() -> None:
    lines = block("receipt").split("\n\n")[0].splitlines()
    receipt = parse_receipt(block("receipt"))

    receipt.check()
    assert lines[:3] == ["c2sp.org/tlog-proof@v1", f"extra {b64(ENTRIES[3])}", "index 3"]
    proof = inclusion_proof(3, len(LEAVES), lambda start, end: root(LEAVES[start:end]))
    assert lines[3:] == [b64(one) for one in proof]
    assert str(Receipt(ENTRIES[3], 3, tuple(proof), parse_note(block("checkpoint")))) == block(
        "receipt"
    )


def test_the_promise_is_signed_and_of_entry_3() -> None:
    vkey = block("verifier-keys").splitlines()[1]

    body = check_note(block("promise"), vkey)

    name, leaf, time = body.splitlines()
    assert (name, leaf) == ("songmay.example/record/promise", b64(LEAVES[3]))
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", time)
    key = SigningKey(name, PROMISE_SEED)
    assert str(Note(body, (key.sign(body),))) == block("promise")


def test_an_entry_of_an_order_tells_it_in_the_clear() -> None:
    line = block("order-entry").strip().encode()
    openings = {"time.5": Opening("", bytes(32))}
    told = json.loads(line)
    names = ("reason", "issuer", "order", "ordered", "review")

    made = ReportStep(
        type="hide",
        report=told["report"],
        seq=5,
        at=datetime(2026, 11, 19, 2, 30, tzinfo=UTC),
        private=False,
        group="street",
        category="lamp",
        area="east",
        status="resolved",
        actor="administrator",
        facts={name: told[name] for name in names},
        openings=openings,
    )

    assert json.loads(made.encode()) | {"commitments": told["commitments"]} == told
    assert parse_entry(line).told == told
    assert b64(leaf_hash(line)) == block("order-leaf").strip()
    assert b64(hashlib.sha256(b"\0" + line).digest()) == block("order-leaf").strip()


def test_the_hash_of_a_border() -> None:
    spelled = block("border-bytes").strip()

    assert hashlib.sha256(spelled.encode()).hexdigest() == block("border-hash").strip()
    assert shape_sha256(json.loads(block("border"))) == block("border-hash").strip()


def test_what_must_be_told_at_the_end_follows_from_the_entries() -> None:
    told, erased = set(), set()
    for entry in map(json.loads, ENTRIES):
        if entry.get("report") == "7KQ2M9XD":
            told |= set(entry["commitments"])
            erased |= set(entry.get("erased", ()))

    assert sorted(told - erased) == [*(f"time.{seq}" for seq in (1, 2, 3, 4)), "words.2", "words.3"]
    assert "`time.1` to `time.4`, `words.2` and `words.3` must" in PAGE


@pytest.mark.parametrize(
    "code",
    sorted(
        {
            *(step for step in steps.STEPS if step != "erase"),
            *CITY_TYPES,
            *FACTS,
            *Status,
            *Role,
            *Outcome,
            *DeclineReason,
            *HideReason,
            *CallReason,
            "received",
            "photo.published",
            "photo.withheld",
            "contact.opened",
            entries.ERASURE,
        }
    ),
)
def test_no_code_is_left_out_of_the_page(code: str) -> None:
    assert f"`{code}`" in PAGE
