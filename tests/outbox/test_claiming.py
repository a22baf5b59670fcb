"""A letter is claimed by one worker; what a dead one held comes free by itself."""

from datetime import timedelta
from uuid import uuid4

import pytest

from hopthu.outbox import claiming
from hopthu.outbox.claiming import LEASE, begin, claim, sent
from hopthu.outbox.models import Delivery
from hopthu.outbox.sending import deliver
from tests import makers
from tests.makers import MONDAY
from tests.outbox.mail_server import Post
from tests.together import together

A, B = uuid4(), uuid4()
LATER = MONDAY + LEASE


def letters(count: int) -> None:
    for _ in range(count):
        makers.make_report(email="an@example.vn", language="en")


@pytest.mark.django_db
@pytest.mark.usefixtures("sealing")
class TestOne:
    def test_it_is_anothers_only_when_the_lease_is_over(self) -> None:
        letters(1)
        assert len(claim(A, at=MONDAY, limit=9)) == 1
        assert claim(B, at=LATER - timedelta(seconds=1), limit=9) == []
        assert len(claim(B, at=LATER, limit=9)) == 1

    def test_whoever_was_too_slow_neither_begins_nor_ends(self) -> None:
        letters(1)
        (mine,) = claim(A, at=MONDAY, limit=9)
        (theirs,) = claim(B, at=LATER, limit=9)
        assert not begin(mine, at=LATER)
        assert begin(theirs, at=LATER)
        sent(mine, at=LATER)
        assert Delivery.objects.get().state == "waiting"
        sent(theirs, at=LATER)
        assert Delivery.objects.get().state == "sent"

    def test_an_attempt_that_nobody_saw_the_end_of_is_counted(self) -> None:
        letters(1)
        (first,) = claim(A, at=MONDAY, limit=9)
        begin(first, at=MONDAY)
        (again,) = claim(B, at=LATER, limit=9)
        begin(again, at=LATER)
        row = Delivery.objects.get()
        assert (row.attempts, row.interrupted) == (2, 1)

    def test_what_was_not_begun_is_left_to_others_at_once(self) -> None:
        letters(2)
        first, _ = claim(A, at=MONDAY, limit=9)
        begin(first, at=MONDAY)
        claiming.release(A, at=MONDAY)
        assert len(claim(B, at=MONDAY, limit=9)) == 1

    def test_the_oldest_goes_first_and_no_more_than_asked_for(self) -> None:
        letters(3)
        ids = list(Delivery.objects.order_by("id").values_list("id", flat=True))
        assert [one.pk for one in claim(A, at=MONDAY, limit=2)] == ids[:2]


@pytest.mark.django_db(transaction=True)
def test_four_workers_at_once_send_each_letter_once(post: Post) -> None:
    letters(40)
    assert together(*[lambda: deliver(MONDAY)] * 4) == []
    while deliver(MONDAY):
        pass
    assert len(post.ids) == len(set(post.ids)) == 40
    assert not Delivery.objects.exclude(state="sent").exists()
