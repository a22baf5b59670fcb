"""Several sequencers, and entries that come in while they are at it."""

from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest
from django.db import transaction

from hopthu.record import numbering, queries, sequencer
from hopthu.record.actions import append
from hopthu.record.models import Entry
from tests.makers import MONDAY
from tests.record import reading
from tests.together import together

pytestmark = pytest.mark.django_db(transaction=True)
EACH = 120


class Town:
    """Two that add entries, and what it takes to know that they are done."""

    def __init__(self) -> None:
        self.done = [Event(), Event()]

    def writer(self, number: int) -> None:
        for seq in range(1, EACH + 1):
            with transaction.atomic():
                append(b"%d of %d" % (seq, number), report=f"0000000{number}", seq=seq)
        self.done[number].set()

    def until_all_is_in(self, once: Callable[[], object]) -> None:
        finished = False
        while not finished:
            finished = all(done.is_set() for done in self.done)
            once()


def assert_in_order(entries: list[bytes]) -> None:
    for number in range(2):
        mine = [entry for entry in entries if entry.endswith(b"of %d" % number)]
        assert mine == [b"%d of %d" % (seq, number) for seq in range(1, EACH + 1)]


def test_two_sequencers_publish_one_log(record: Path) -> None:
    town = Town()
    sequence = lambda: town.until_all_is_in(lambda: sequencer.run(MONDAY))  # noqa: E731

    raised = together(lambda: town.writer(0), lambda: town.writer(1), sequence, sequence)

    assert (raised, queries.frozen()) == ([], "")
    entries = reading.entries(record)
    assert len(entries) == 2 * EACH + 1
    assert_in_order(entries)


def test_sequencers_on_two_machines_never_give_a_number_twice(record: Path) -> None:
    """These share the database alone, and no lock on a folder keeps them apart."""
    town = Town()
    number = lambda: town.until_all_is_in(numbering.number_waiting)  # noqa: E731

    raised = together(lambda: town.writer(0), lambda: town.writer(1), number, number)

    assert raised == []
    assert numbering.head().size == 2 * EACH + 1
    indexes = Entry.objects.order_by("index").values_list("index", flat=True)
    assert list(indexes) == list(range(2 * EACH + 1))
    sequencer.run(MONDAY)
    assert_in_order(reading.entries(record))
