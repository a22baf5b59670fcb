"""After a loss for good the city goes on with a new log, which says what the old one was."""

import json
from pathlib import Path

import pytest
from django.db import transaction

from hopthu.core.checkpoints import Checkpoint, encode_hash
from hopthu.record import folder, keys, new_log, sequencer
from hopthu.record.actions import append
from hopthu.record.models import Checkpoint as SignedHead
from hopthu.record.models import Entry, Head
from hopthu.record.new_log import NothingLost, SameName, next_name, open_new
from hopthu.record.queries import frozen
from hopthu.record.receipts import receipt
from tests.makers import MONDAY
from tests.record import reading

pytestmark = pytest.mark.django_db
OLD = "city.example/record"
REPORT = "7KQ2M9XD"


def step(seq: int) -> None:
    with transaction.atomic():
        append(b"step %d" % seq, report=REPORT, seq=seq)
    sequencer.run(MONDAY)


@pytest.fixture
def lost(record: Path) -> Checkpoint:
    """Five steps were published; the backup of the database has three. Gives the head of then."""
    for seq in range(1, 6):
        step(seq)
    head = reading.published(record)
    Entry.objects.filter(index__gte=4).delete()
    SignedHead.objects.filter(size__gt=4).delete()
    Head.objects.update(size=4)
    sequencer.run(MONDAY)
    assert frozen()
    return head


def test_the_new_log_begins_with_where_the_old_one_was(record: Path, lost: Checkpoint) -> None:
    name = open_new(origin=next_name(), at=MONDAY)
    sequencer.run(MONDAY)

    assert (name, frozen()) == (f"{OLD}/2", "")
    opened, old_opened, *steps = reading.entries(record)
    told = json.loads(opened)
    assert (told["type"], told["origin"]) == ("log.opened", f"{OLD}/2")
    assert told["vkey"] == (record / "vkey").read_text().strip()
    assert told["previous"] == {
        "origin": OLD,
        "vkey": (record / "log-1" / "vkey").read_text().strip(),
        "size": 6,
        "root": encode_hash(lost.root),
    }
    assert json.loads(old_opened)["origin"] == OLD
    assert steps == [b"step 1", b"step 2", b"step 3"]


def test_the_old_log_stays_as_it_was(record: Path, lost: Checkpoint) -> None:
    before = reading.entries(record)

    open_new(origin=next_name(), at=MONDAY)
    sequencer.run(MONDAY)

    assert reading.entries(record / "log-1") == before
    assert reading.published(record / "log-1") == lost
    assert (record.parent / "keys/work/signed.6").exists()


def test_the_city_goes_on_in_the_new_log(record: Path, lost: Checkpoint) -> None:
    open_new(origin=next_name(), at=MONDAY)
    step(4)

    assert reading.entries(record)[-1] == b"step 4"
    found = receipt(REPORT, 4)
    assert found
    assert found.checkpoint.origin == f"{OLD}/2"
    found.check()
    keys.open_log(origin=OLD, at=MONDAY)
    assert folder.origin() == f"{OLD}/2"


def test_a_larger_head_from_outside_is_the_one_that_is_linked_to(
    record: Path, lost: Checkpoint
) -> None:
    outside = Checkpoint(OLD, 9, b"o" * 32)

    open_new(origin="city.example/again", at=MONDAY, last=outside)
    sequencer.run(MONDAY)

    previous = json.loads(reading.entries(record)[0])["previous"]
    assert (previous["size"], previous["root"]) == (9, encode_hash(outside.root))


def test_a_second_loss_is_a_third_log(record: Path, lost: Checkpoint) -> None:
    open_new(origin=next_name(), at=MONDAY)
    sequencer.run(MONDAY)
    sequencer.freeze("again")

    assert open_new(origin=next_name(), at=MONDAY) == f"{OLD}/3"
    sequencer.run(MONDAY)

    assert reading.published(record / "log-1").origin == OLD
    assert reading.published(record / "log-2").origin == f"{OLD}/2"
    assert reading.published(record).origin == f"{OLD}/3"


def test_a_log_that_is_well_is_not_given_up(record: Path) -> None:
    step(1)
    with pytest.raises(NothingLost):
        open_new(origin=next_name(), at=MONDAY)
    assert reading.published(record).origin == OLD


def test_a_new_log_of_the_old_name_would_be_a_fork(record: Path, lost: Checkpoint) -> None:
    with pytest.raises(SameName):
        open_new(origin=OLD, at=MONDAY)
    assert reading.published(record) == lost


class Cut(Exception):
    """The process ends here."""


@pytest.mark.parametrize("moved", range(6))
def test_cut_short_between_any_two_files_it_is_finished(
    record: Path, lost: Checkpoint, moved: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = reading.entries(record)
    rename = Path.rename

    def rename_a_few(self: Path, target: Path) -> Path:
        if len(list((record / "log-1").glob("*"))) == moved:
            raise Cut
        return rename(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", rename_a_few)
        with pytest.raises(Cut):
            open_new(origin=next_name(), at=MONDAY)
    assert sequencer.run(MONDAY) == 0
    assert frozen() == new_log.UNFINISHED

    assert open_new(origin="whatever.example", at=MONDAY) == f"{OLD}/2"

    sequencer.run(MONDAY)
    assert reading.entries(record / "log-1") == before
    assert len(reading.entries(record)) == 5
    assert not (record / "log-2").exists()
