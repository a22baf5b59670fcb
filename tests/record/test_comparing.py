"""A freeze ends when a head from outside, and all that are known here, are heads of our tree."""

from pathlib import Path

import pytest
from django.db import transaction

from hopthu.core.checkpoints import Checkpoint as Tree
from hopthu.core.merkle import EMPTY_ROOT
from hopthu.core.signed_notes import Note, SigningKey
from hopthu.record import folder, keys, sequencer
from hopthu.record.actions import Pending, append_many
from hopthu.record.comparing import Differs, NotOurs, NoWitness, ask_witnesses, compare
from hopthu.record.models import Checkpoint, Entry, Head
from hopthu.record.queries import frozen
from tests.makers import MONDAY
from tests.record import reading

pytestmark = pytest.mark.django_db


@pytest.fixture
def hundred(record: Path) -> Path:
    """A log of 100 entries, published."""
    add(99)
    return record


def add(count: int) -> Note:
    """Gives the checkpoint that has them."""
    with transaction.atomic():
        append_many([Pending(b"entry %d" % number) for number in range(count)])
    sequencer.run(MONDAY)
    note = folder.published()
    assert note
    return note


def restore(size: int) -> None:
    """The database is from a backup that was made when the log had `size` entries."""
    Entry.objects.filter(index__gte=size).delete()
    Checkpoint.objects.filter(size__gt=size).delete()
    Head.objects.update(size=size)


def test_a_head_that_is_one_of_ours_lets_it_go_on(hundred: Path) -> None:
    early = folder.published()
    assert early
    add(50)
    sequencer.freeze("it came out of a backup")

    head, thawed = compare(early)

    assert (head.size, thawed, frozen()) == (100, True, "")
    assert reading.published(hundred).size == 150
    add(1)
    assert reading.published(hundred).size == 151


def test_comparing_a_log_that_is_well_changes_nothing(hundred: Path) -> None:
    assert compare(add(1)).thawed is False


def test_a_head_of_more_entries_names_what_was_lost(hundred: Path) -> None:
    outside = add(50)
    for path in (hundred / "checkpoint", hundred.parent / "keys/work/signed"):
        path.unlink()
    restore(120)
    sequencer.freeze("it came out of a backup")

    with pytest.raises(Differs) as told:
        compare(outside)

    (finding,) = told.value.findings
    assert finding.startswith("the head from outside (150 entries, root ")
    assert finding.endswith(" is of 30 entries more than the database has, 120")
    assert frozen() == "it came out of a backup"


def test_a_head_of_another_tree_is_named(hundred: Path) -> None:
    outside = add(1)
    Entry.objects.filter(index=7).update(leaf=b"rewritten")
    sequencer.freeze("somebody says so")

    with pytest.raises(Differs) as told:
        compare(outside)

    assert len(told.value.findings) == 4
    assert all(" is not of this log: its root was " in one for one in told.value.findings)
    assert frozen()


def test_what_is_known_here_counts_too(hundred: Path) -> None:
    early = add(1)
    add(49)
    restore(120)
    sequencer.run(MONDAY)
    assert frozen()

    with pytest.raises(Differs, match="the head signed last"):
        compare(early)

    assert frozen()


def test_a_gap_in_the_numbers_is_found(hundred: Path) -> None:
    outside = add(1)
    Entry.objects.filter(index=50).delete()

    with pytest.raises(Differs, match="51 entries more than the database has, 50"):
        compare(outside)


def test_somebody_elses_checkpoint_says_nothing(hundred: Path) -> None:
    head = reading.published(hundred)
    thief = SigningKey(head.origin, b"t" * 32)
    with pytest.raises(NotOurs, match="not a checkpoint of this log: no signature of a known key"):
        compare(Note(str(head), (thief.sign(str(head)),)))

    (key,) = keys.log_keys()
    for text, why in (
        (str(Tree("another.example", 0, EMPTY_ROOT)), "a checkpoint of another.example; this log"),
        ("hello\n", "a checkpoint has three lines"),
    ):
        with pytest.raises(NotOurs, match=why):
            compare(Note(text, (key.sign(text),)))


def test_a_checkpoint_by_a_retired_key_is_ours(hundred: Path) -> None:
    from hopthu.record import rotation

    outside = add(1)
    rotation.rotate(at=MONDAY)
    add(1)
    rotation.retire(at=MONDAY)

    assert compare(outside).head.size == 101


def test_without_witnesses_there_is_nobody_to_ask(hundred: Path) -> None:
    with pytest.raises(NoWitness, match="no witness in HOPTHU_WITNESSES"):
        ask_witnesses()
