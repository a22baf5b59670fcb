"""The last page of the form gives the city's promise into the sender's hand."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from hopthu.core.commitments import Opening, commit
from hopthu.core.encoding import decode64
from hopthu.core.entries import parse_entry
from hopthu.core.signed_notes import parse_note, verified
from hopthu.record import folder, sequencer
from hopthu.reports.models import Report
from tests.makers import MONDAY
from tests.public import wizard

pytestmark = pytest.mark.django_db
LINK = re.compile(r'href="data:application/json;base64,([^"]+)" download="(proof-[^"]+\.json)"')


def in_the_page(page: str) -> dict[str, Any]:
    found = LINK.search(page)
    assert found
    told: dict[str, Any] = json.loads(decode64(found[1].replace("&#x2B;", "+")))
    return told


def test_it_holds_the_words_the_entry_and_the_promise(log: Path, client: Client) -> None:
    page = wizard.send(client).content.decode()

    proof = in_the_page(page)
    report = Report.objects.get()
    entry = parse_entry(decode64(proof["pending"][0]))
    assert entry.report == proof["report"] == report.number
    assert verified(parse_note(proof["promises"][0]), [folder.promise_verifier()])
    assert proof["values"]["text"]["value"] == report.text
    for slot, told in proof["values"].items():
        opening = Opening(told["value"], decode64(told["salt"]))
        assert commit(slot, opening) == entry.commitments[slot]


def test_who_sends_twice_gets_the_proof_as_it_is_by_then(log: Path, client: Client) -> None:
    submission = "s" * 32
    wizard.send(client, submission=submission)
    sequencer.run(MONDAY)

    proof = in_the_page(wizard.send(client, submission=submission).content.decode())

    assert proof["pending"] == proof["promises"] == []
    assert len(proof["entries"]) == 1


def test_without_a_log_nobody_promises(city: None, client: Client) -> None:
    assert LINK.search(wizard.send(client).content.decode()) is None
