"""`/record`: the record in plain words, and how it stands."""

from html import unescape
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from hopthu.core.signed_notes import CosigningKey
from hopthu.core.terms import Role, Step
from hopthu.record import folder, new_log, sequencer
from hopthu.record.asking import Configured
from hopthu.record.models import Checkpoint as SignedHead
from hopthu.record.models import Entry, Head
from tests import makers
from tests.makers import MONDAY

pytestmark = pytest.mark.django_db
ALONE = "No outside witness signs this record yet"


def page(client: Client, path: str = "/record") -> str:
    return client.get(path, headers={"accept-language": "en"}).content.decode()


def test_the_newest_checkpoint_is_there_to_read_and_to_copy(log: Path, client: Client) -> None:
    makers.make_report()
    sequencer.run(MONDAY)

    shown = page(client)

    checkpoint = (log / "checkpoint").read_text()
    size = checkpoint.splitlines()[1]
    assert checkpoint.replace("+", "&#x2B;") in shown or checkpoint in shown
    assert f"<strong>{size}</strong> entries so far" in shown
    assert 'data-copy="checkpoint"' in shown


def test_while_nobody_outside_signs_it_says_so(log: Path, client: Client) -> None:
    sequencer.run(MONDAY)

    assert ALONE in page(client)


def test_witnesses_are_named_with_whether_they_signed(
    log: Path, client: Client, settings: Settings
) -> None:
    # Given two witnesses, of which one has signed the newest checkpoint
    paper = CosigningKey("paper.example", b"p" * 32)
    university = CosigningKey("university.example", b"u" * 32)
    sequencer.run(MONDAY)
    note = folder.published()
    assert note
    folder.publish(note.signed(paper.cosign(note.text, timestamp=int(MONDAY.timestamp()))))
    settings.WITNESSES = tuple(
        Configured(one.verifier, "http://localhost") for one in (paper, university)
    )

    # When somebody looks
    shown = page(client)

    # Then each stands there as it is
    _, first, second = shown.partition("Who watches over it")[2].split("<strong>")[:3]
    assert first.startswith("paper.example")
    assert "has signed<" in first
    assert "16 November 2026" in first
    assert second.startswith("university.example")
    assert "has not signed the newest checkpoint" in second
    assert ALONE not in shown


def test_a_record_that_stands_still_is_said_plainly(log: Path, client: Client) -> None:
    sequencer.run(MONDAY)
    sequencer.freeze("the head signed last is not of this log")

    shown = page(client)

    assert "The record stands still" in shown
    assert "the head signed last is not of this log" in shown
    assert "The record stands still" not in page(client, "/principles")


def test_a_log_that_was_given_up_is_named_and_its_receipts_still_hold(
    log: Path, client: Client
) -> None:
    # Given a log whose newest entry was lost, so that a new one took its place
    makers.make_report()
    sequencer.run(MONDAY)
    vkey = (log / "vkey").read_text().strip()
    Entry.objects.filter(index=1).delete()
    SignedHead.objects.all().delete()
    Head.objects.update(size=1)
    sequencer.run(MONDAY)
    new_log.open_new(origin=new_log.next_name(), at=MONDAY)

    # When somebody looks
    shown = page(client)

    # Then the old one is named, and what it signed can still be checked
    assert "An earlier record was given up" in shown
    assert '<a href="/record/log-1/checkpoint">city.example/record</a>' in shown
    assert vkey in unescape(page(client, "/record/check"))


def test_before_the_first_checkpoint_and_before_any_log(
    log: Path, client: Client, settings: Settings, tmp_path: Path
) -> None:
    assert "its first entries are about to appear" in page(client)

    settings.RECORD = tmp_path / "nowhere"

    assert "This city has not opened its record yet." in page(client)


def test_how_to_check_it_is_there_with_every_address(log: Path, client: Client) -> None:
    shown = page(client)

    assert "<code>hopthu verify http://testserver/record</code>" in shown
    for path in ("checkpoint", "vkey", "tile/entries/", "tile/0/", "values.ndjson"):
        assert f"http://testserver/record/{path}" in shown
    assert "docs/record-format.md" in shown


def test_it_asks_the_database_little(
    log: Path, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    makers.make_report()
    sequencer.run(MONDAY)
    page(client)

    with django_assert_max_num_queries(2):
        page(client)


@pytest.mark.parametrize("path", ["/", "/reports", "/report/new", "/follow", "/principles"])
def test_every_page_leads_there(log: Path, client: Client, path: str) -> None:
    assert '<a href="/record">' in page(client, path)


def test_a_report_leads_to_its_receipt_also_once_it_is_hidden(log: Path, client: Client) -> None:
    report = makers.make_report()
    link = f'href="/reports/{report.number[:4]}-{report.number[4:]}/receipt.tlog-proof"'
    address = f"/reports/{report.number[:4]}-{report.number[4:]}"

    assert link in page(client, address)

    moderator = makers.make_staff("mai", (Role.MODERATOR, None))
    makers.take(report, Step.HIDE, moderator, reason="advertising", words="Quảng cáo.")

    assert link in page(client, address)
