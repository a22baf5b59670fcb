"""Receipts prove themselves to anybody; until there can be one, there is a promise."""

from pathlib import Path

import pytest
from django.db import connection, transaction
from pytest_django import DjangoAssertNumQueries

from hopthu.core.checkpoints import encode_hash
from hopthu.core.merkle import leaf_hash
from hopthu.core.signed_notes import parse_note, verified
from hopthu.core.tlog_proofs import parse_receipt
from hopthu.record import folder, receipts, sequencer
from hopthu.record.actions import Pending, append, append_many
from hopthu.record.queries import of_report
from hopthu.record.receipts import NoSuchEntry, promise, receipt, standing_of
from tests.independent_verifier import read_proof
from tests.makers import MONDAY

pytestmark = pytest.mark.django_db
REPORT = "7KQ2M9XD"


def fill(count: int) -> None:
    """Entries of other reports."""
    with transaction.atomic():
        append_many([Pending(b"other %d" % number) for number in range(count)])


def test_the_entries_of_a_report_are_found_without_reading_the_log(record: Path) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # which would rather read all of a table this small
            cursor.execute("SET LOCAL enable_seqscan = off")

    for wanted in (of_report(REPORT).order_by("seq"), of_report(REPORT).filter(seq=1)):
        assert "one_entry_a_step" in wanted.explain()


def vkeys(record: Path) -> list[str]:
    return (record / "vkey").read_text().splitlines()


@pytest.mark.parametrize("others", [0, 1, 254, 255, 256, 70_000])
def test_a_receipt_proves_the_entry_to_a_stranger(record: Path, others: int) -> None:
    fill(others // 2)
    append(b"received", report=REPORT, seq=1)
    fill(others - others // 2)
    while sequencer.run(MONDAY):
        pass

    found = receipt(REPORT, 1)

    assert found
    assert found.index == 1 + others // 2
    assert read_proof(str(found), vkeys(record)) == b"received"
    assert parse_receipt(str(found)) == found
    found.check()


def test_what_waits_has_no_receipt_yet(record: Path) -> None:
    append(b"received", report=REPORT, seq=1)
    assert receipt(REPORT, 1) is None

    sequencer.run(MONDAY)
    append(b"assigned", report=REPORT, seq=2)

    assert receipt(REPORT, 1)
    assert receipt(REPORT, 2) is None


def test_what_is_numbered_and_not_published_has_none_either(record: Path) -> None:
    append(b"received", report=REPORT, seq=1)
    checkpoint = record / "checkpoint"
    sequencer.run(MONDAY)
    append(b"assigned", report=REPORT, seq=2)
    before = checkpoint.read_bytes()
    sequencer.run(MONDAY)
    checkpoint.write_bytes(before)

    assert receipt(REPORT, 2) is None
    assert standing_of(REPORT).waiting == (b"assigned",)


def test_a_step_that_never_was_is_named(record: Path) -> None:
    append(b"received", report=REPORT, seq=1)
    for report, seq in ((REPORT, 2), ("00000000", 1)):
        with pytest.raises(NoSuchEntry, match=f"no entry {seq} of the report {report}"):
            receipt(report, seq)


def test_a_receipt_of_old_holds_after_the_log_has_grown(record: Path) -> None:
    append(b"received", report=REPORT, seq=1)
    sequencer.run(MONDAY)
    early = str(receipt(REPORT, 1))
    fill(300)
    sequencer.run(MONDAY)

    assert read_proof(early, vkeys(record)) == b"received"
    assert str(receipt(REPORT, 1)) != early


def test_how_a_report_stands_is_told_at_once(
    record: Path, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    append(b"received", report=REPORT, seq=1)
    append(b"elsewhere", report="00000000", seq=1)
    append(b"assigned", report=REPORT, seq=2)
    sequencer.run(MONDAY)
    append(b"resolved", report=REPORT, seq=3)

    with django_assert_num_queries(1):
        standing = standing_of(REPORT)

    assert [one.entry for one in standing.receipts] == [b"received", b"assigned"]
    assert standing.waiting == (b"resolved",)


def test_a_promise_is_a_note_of_the_promise_key(record: Path) -> None:
    note = parse_note(promise(b"received", at=MONDAY))

    assert verified(note, [folder.promise_verifier()])
    name, leaf, by, end = note.text.split("\n")
    assert name == "city.example/record/promise"
    assert leaf == encode_hash(leaf_hash(b"received"))
    assert by == "2026-11-17T02:00:00Z"
    assert end == ""


def test_a_promise_needs_nothing_of_the_work_process(record: Path) -> None:
    for key in (record.parent / "keys" / "work").iterdir():
        key.unlink()

    assert promise(b"received", at=MONDAY)


def test_without_a_log_there_is_no_promise(record: Path) -> None:
    (record / "origin").unlink()

    with pytest.raises(folder.NotOpened):
        receipts.promise(b"received", at=MONDAY)
