"""An entry is added in the transaction of what it tells of, or not at all."""

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from hopthu.core.entries import EntryTooLong
from hopthu.record.actions import NotInTransaction, Pending, append, append_many
from hopthu.record.models import Entry


def waiting() -> list[tuple[str, int, bytes]]:
    rows = Entry.objects.filter(index=None).order_by("id").values_list("report", "seq", "leaf")
    return [(report, seq, bytes(leaf)) for report, seq, leaf in rows]


@pytest.mark.django_db
def test_an_entry_waits_for_its_number() -> None:
    append(b"a step", report="7KQ2M9XD", seq=1)
    append(b"of the city")
    assert waiting() == [("7KQ2M9XD", 1, b"a step"), ("", 0, b"of the city")]


@pytest.mark.django_db
def test_many_keep_their_order() -> None:
    append_many([Pending(b"%d" % seq, "7KQ2M9XD", seq) for seq in range(1, 2_500)])
    assert [seq for _, seq, _ in waiting()] == list(range(1, 2_500))
    append_many([])
    assert len(waiting()) == 2_499


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_leaves_no_entry() -> None:
    with transaction.atomic():
        append(b"never", report="7KQ2M9XD", seq=1)
        transaction.set_rollback(True)
    assert waiting() == []


@pytest.mark.django_db(transaction=True)
def test_an_entry_of_its_own_is_refused() -> None:
    with pytest.raises(NotInTransaction):
        append(b"alone")
    assert waiting() == []


@pytest.mark.django_db
def test_an_entry_that_no_bundle_can_hold_is_refused_before_anything_is_written() -> None:
    append(b"x" * 65_535)
    with pytest.raises(EntryTooLong):
        append_many([Pending(b"short"), Pending(b"x" * 65_536)])
    assert len(waiting()) == 1


@pytest.mark.django_db
def test_a_step_has_one_entry() -> None:
    append(b"once", report="7KQ2M9XD", seq=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        append(b"twice", report="7KQ2M9XD", seq=1)


@pytest.mark.django_db
def test_adding_takes_one_statement(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        append(b"a step", report="7KQ2M9XD", seq=1)
