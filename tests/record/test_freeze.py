"""What would make two heads of one size stops the log, and says why; entries go on waiting."""

import logging
import shutil
from pathlib import Path

import pytest
from django.db import transaction

from hopthu.core.checkpoints import Checkpoint as Head_
from hopthu.core.checkpoints import encode_hash
from hopthu.core.signed_notes import CosigningKey, Note, SigningKey
from hopthu.record import folder, keys, queries, sequencer, witnesses
from hopthu.record.actions import Pending, append_many
from hopthu.record.asking import AheadOfUs, Configured
from hopthu.record.models import Checkpoint, Entry, Head
from hopthu.record.witnesses import Witnesses
from tests.makers import MONDAY
from tests.record import reading

pytestmark = pytest.mark.django_db


@pytest.fixture
def hundred(record: Path) -> Path:
    """A log of 100 entries, published."""
    add(99)
    sequencer.run(MONDAY)
    return record


def add(count: int) -> None:
    with transaction.atomic():
        append_many([Pending(b"entry %d" % number) for number in range(count)])


def restore(size: int) -> None:
    """The database is from a backup that was made when the log had `size` entries."""
    Entry.objects.filter(index__gte=size).delete()
    Entry.objects.filter(index=None).delete()
    Checkpoint.objects.filter(size__gt=size).delete()
    Head.objects.update(size=size)


def stopped(record: Path) -> str:
    """The reason, after everything was seen to stand still: entries wait, nothing is published."""
    head, waiting = reading.published(record), Entry.objects.filter(index=None).count()
    signed = keys.signed()
    add(1)
    assert sequencer.run(MONDAY) == 0
    assert reading.published(record) == head
    assert keys.signed() == signed
    assert Entry.objects.filter(index=None).count() == waiting + 1
    return queries.frozen()


def test_a_database_older_than_what_was_signed(
    hundred: Path, caplog: pytest.LogCaptureFixture
) -> None:
    logging.getLogger("hopthu").addHandler(caplog.handler)
    root = encode_hash(reading.published(hundred).root)
    restore(90)
    why = stopped(hundred)
    assert why == (
        f"the head signed last (100 entries, root {root}) "
        "is of more entries than the database has numbered, 90"
    )
    assert f"the public record is frozen: {why}" in caplog.messages


def test_it_stays_frozen_when_the_database_has_grown_again(hundred: Path) -> None:
    restore(90)
    add(50)
    assert stopped(hundred)
    assert stopped(hundred)


def test_a_database_older_than_what_was_published(hundred: Path) -> None:
    (hundred.parent / "keys" / "work" / "signed").unlink()
    restore(90)
    assert stopped(hundred).startswith("the head published (100 entries, root ")


def test_a_head_that_was_signed_and_not_yet_published(hundred: Path) -> None:
    """The process died between the two; then somebody put an old backup back."""
    checkpoint = (hundred / "checkpoint").read_bytes()
    add(10)
    sequencer.run(MONDAY)
    (hundred / "checkpoint").write_bytes(checkpoint)
    restore(100)
    assert stopped(hundred).startswith("the head signed last (110 entries, root ")


def test_another_history_of_the_same_length(hundred: Path) -> None:
    Entry.objects.filter(index=50).update(leaf=b"something else")
    add(1)
    sequencer.run(MONDAY)
    why = stopped(hundred)
    assert why.startswith("the head ")
    assert "is not of this log, which had root " in why


def test_another_history_where_tiles_are_full(record: Path) -> None:
    """Somebody put back both a backup and the old tiles, and only the signed head gives it away."""
    add(299)
    sequencer.run(MONDAY)
    shutil.rmtree(record / "tile")
    Entry.objects.filter(index=5).update(leaf=b"something else")
    assert "is not of this log, which had root " in stopped_after_growing(record)


def test_tiles_that_were_vouched_for_are_never_written_over(record: Path) -> None:
    add(299)
    sequencer.run(MONDAY)
    before = (record / "tile/entries/000").read_bytes()
    Entry.objects.filter(index=5).update(leaf=b"something else")
    (record / "tile/0/001.p/44").unlink()
    (record / "tile/1/000.p/1").unlink()
    why = stopped_after_growing(record)
    assert why == "tile/entries/000 is part of a head that was signed; the rows make another of it"
    assert (record / "tile/entries/000").read_bytes() == before


def test_an_entry_that_is_gone_from_the_database(hundred: Path) -> None:
    Entry.objects.filter(index=70).delete()
    assert stopped_after_growing(hundred) == (
        "entries 0 to 100 are numbered, but not all are there"
    )


def test_a_row_with_another_head_of_the_same_size(hundred: Path) -> None:
    Checkpoint.objects.filter(size=100).update(root=b"r" * 32)
    assert "is not of this log" in stopped_after_growing(hundred)


def test_the_folder_of_another_log(hundred: Path) -> None:
    key = SigningKey("another.example/record", b"k" * 32)
    text = str(Head_("another.example/record", 50, b"r" * 32))
    (hundred / "checkpoint").write_text(str(Note(text, (key.sign(text),))))
    add(1)
    sequencer.run(MONDAY)
    assert "is of another log, another.example/record" in queries.frozen()


def test_with_the_right_database_back_it_goes_on(hundred: Path) -> None:
    rows = list(Entry.objects.filter(index__gte=90))
    restore(90)
    sequencer.run(MONDAY)
    Entry.objects.bulk_create(rows)
    Head.objects.update(size=100, frozen="")
    add(5)
    assert sequencer.run(MONDAY) == 5
    assert len(reading.entries(hundred)) == 105


def test_tiles_that_no_head_vouches_for_are_only_remains(hundred: Path) -> None:
    """A round that wrote them ended there; then an old backup took what it had numbered."""
    (hundred / "tile/0/000.p/101").write_bytes(b"other" * 8)
    add(1)
    sequencer.run(MONDAY)
    assert len(reading.entries(hundred)) == 101
    assert queries.frozen() == ""


def stopped_after_growing(record: Path) -> str:
    add(1)
    sequencer.run(MONDAY)
    return stopped(record)


def test_publishing_never_goes_back(hundred: Path) -> None:
    early = folder.published()
    assert early
    add(1)
    sequencer.run(MONDAY)
    assert folder.publish(early) != early
    assert reading.published(hundred).size == 101


def test_a_whole_folder_that_is_older_than_what_a_witness_saw_signs_nothing(
    hundred: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It remembers nothing of what was lost: without asking first it would sign another log."""
    paper = Configured(CosigningKey("paper.example", b"w" * 32).verifier, "http://paper.example")
    shown = []

    def has_seen_more(_: Witnesses, note: Note, __: object) -> Note:
        shown.append(note)
        raise AheadOfUs(paper.key, 1_000)

    monkeypatch.setattr(Witnesses, "cosign", has_seen_more)
    monkeypatch.setattr(witnesses, "_witnesses", lambda _: Witnesses([paper]))

    assert "paper.example has seen this log with 1000 entries" in stopped(hundred)
    assert shown == [folder.published()]
