"""`/follow/proof.json`: what the sender keeps, and can show to anybody."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from hopthu.core.checkpoints import encode_hash
from hopthu.core.commitments import Opening, commit
from hopthu.core.encoding import decode64
from hopthu.core.entries import Entry, parse_entry
from hopthu.core.merkle import leaf_hash
from hopthu.core.signed_notes import parse_note, parse_vkey, verified
from hopthu.core.terms import Role, Step
from hopthu.core.tlog_proofs import parse_receipt
from hopthu.record import folder, sequencer
from tests import makers
from tests.makers import MONDAY
from tests.public import following

pytestmark = pytest.mark.django_db
WORDS = "Đèn đường hư ba đêm nay."


def kept(client: Client) -> dict[str, Any]:
    response = client.get("/follow/proof.json")
    assert response.status_code == 200
    told: dict[str, Any] = json.loads(response.content)
    return told


def proven(proof: dict[str, Any]) -> list[Entry]:
    """The entries, after every receipt was checked as a stranger would."""
    entries = []
    for text in proof["entries"]:
        receipt = parse_receipt(text)
        receipt.check()
        verified(receipt.note, folder.verifiers())
        entries.append(parse_entry(receipt.entry))
    return entries


def wrong_values(proof: dict[str, Any], entries: list[Entry]) -> list[str]:
    """Slots whose value does not fit the newest commitment to it."""
    newest = {slot: sealed for entry in entries for slot, sealed in entry.commitments.items()}
    return [
        slot
        for slot, told in proof["values"].items()
        if commit(slot, Opening(told["value"], decode64(told["salt"]))) != newest.get(slot)
    ]


def test_nobody_else_gets_it(log: Path, client: Client) -> None:
    following.followed(Client())

    assert client.get("/follow/proof.json").status_code == 404


def test_it_proves_the_words_and_every_step(log: Path, client: Client) -> None:
    report = following.followed(client, text=WORDS)
    following.city_does(report, Step.ACCEPT)
    following.city_resolves(report)
    sequencer.run(MONDAY)

    proof = kept(client)

    entries = proven(proof)
    assert [entry.type for entry in entries] == ["received", "accept", "resolve"]
    assert {entry.report for entry in entries} == {proof["report"]} == {report.number}
    assert proof["format"] == "hopthu proof v1"
    assert [parse_vkey(key) for key in proof["vkey"]] == folder.verifiers()
    assert proof["promises"] == proof["pending"] == []
    assert proof["values"]["text"]["value"] == WORDS
    assert proof["values"]["words.3"]["value"] == "Đã thay bóng đèn."
    assert wrong_values(proof, entries) == []


def test_it_still_proves_the_words_after_the_city_hid_them(log: Path, client: Client) -> None:
    report = following.followed(client, text=WORDS)
    moderator = makers.make_staff("mai", (Role.MODERATOR, None))
    makers.take(
        report, Step.HIDE, moderator, timezone.now(), reason="advertising", words="Quảng cáo."
    )
    sequencer.run(MONDAY)

    proof = kept(client)

    assert proof["values"]["text"]["value"] == WORDS
    assert wrong_values(proof, proven(proof)) == []


def test_what_no_checkpoint_has_yet_is_promised_from_its_own_time(
    log: Path, client: Client
) -> None:
    following.followed(client)

    proof = kept(client)

    (entry,), (promise,) = map(decode64, proof["pending"]), proof["promises"]
    note = parse_note(promise)
    assert verified(note, [folder.promise_verifier()])
    _, leaf, by = note.text.splitlines()
    assert leaf == encode_hash(leaf_hash(entry))
    received = datetime.fromisoformat(proof["values"]["time.1"]["value"])
    left = datetime.fromisoformat(by) - received
    assert timedelta(hours=23, minutes=59) < left <= timedelta(hours=24)
    assert wrong_values(proof, [parse_entry(entry)]) == []


def test_the_page_offers_it_and_no_cache_keeps_it(log: Path, client: Client) -> None:
    report = following.followed(client)

    response = client.get("/follow/proof.json")

    assert 'href="/follow/proof.json"' in following.page(client).content.decode()
    assert response.headers["Cache-Control"] == "no-store"
    name = f"proof-{report.number[:4]}-{report.number[4:]}.json"
    assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'


def test_without_a_log_there_is_nothing_to_prove(city: None, client: Client) -> None:
    following.followed(client)

    assert client.get("/follow/proof.json").status_code == 404
