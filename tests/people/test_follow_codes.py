"""Number and code: what opens a report, and what it costs to guess."""

from datetime import timedelta

import pytest

from hopthu.people import follow_codes
from hopthu.people.models import FollowCode, FollowTries
from tests import makers
from tests.makers import MONDAY

pytestmark = pytest.mark.django_db
WRONG = "0000000000000000"


def tries_until_asked_to_wait(number: str) -> int:
    for count in range(20):
        try:
            assert not follow_codes.check(number, WRONG, at=MONDAY)
        except follow_codes.Wait:
            return count
    raise AssertionError("never asked to wait")


def test_a_number_that_does_not_exist_is_treated_like_a_wrong_code(city: None) -> None:
    report = makers.make_report()

    assert tries_until_asked_to_wait(report.number) == tries_until_asked_to_wait("ZZZZZZZZ")


def test_waiting_is_short_and_then_the_code_opens_again(city: None) -> None:
    received = makers.send_report()
    number, code = received.report.number, received.follow_code
    tries_until_asked_to_wait(number)

    with pytest.raises(follow_codes.Wait):
        follow_codes.check(number, code, at=MONDAY)
    assert follow_codes.check(number, code, at=MONDAY + follow_codes.LONGEST_WAIT)
    assert not FollowTries.objects.exists(), "after the right code all is as before"


def test_nobody_can_lock_a_sender_out(city: None) -> None:
    report = makers.make_report()
    waits, at = [], MONDAY

    for _ in range(60):
        try:
            follow_codes.check(report.number, WRONG, at=at)
        except follow_codes.Wait as wait:
            waits.append(wait.until - at)
            at = wait.until

    assert max(waits) == timedelta(seconds=30)


def test_numbers_that_do_not_exist_leave_no_rows_of_their_own(city: None) -> None:
    for number in ("AAAAAAAA", "BBBBBBBB", "CCCCCCCC"):
        follow_codes.check(number, WRONG, at=MONDAY)

    assert not FollowCode.objects.exists()
    assert all(tries.slot < follow_codes.SLOTS for tries in FollowTries.objects.all())
