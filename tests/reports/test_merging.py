"""Reports about the same thing become one, and nobody learns of others by it."""

import pytest

from hopthu.core.terms import HideReason, Role, Step
from hopthu.people.models import Staff
from hopthu.people.queries import actor
from hopthu.reports.actions import BadGiven
from hopthu.reports.models import Report
from hopthu.reports.queries.desk import merge_candidates
from tests import makers
from tests.makers import take

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator(city: None) -> Staff:
    return makers.make_staff("mai", (Role.MODERATOR, None), (Role.OFFICER, "works"))


def hide(report: Report, by: Staff) -> Report:
    return take(report, Step.HIDE, by, reason=HideReason.THREAT, words="Đe dọa.")


def test_a_hidden_report_is_offered_to_those_alone_who_may_read_it(moderator: Staff) -> None:
    mine, other = hide(makers.make_report(), moderator), hide(makers.make_report(), moderator)
    officer = makers.make_officer()
    dispatcher = makers.make_staff("chi", (Role.DISPATCHER, None))
    take(other, Step.ROUTE, dispatcher, body="office")

    assert merge_candidates(mine, actor(officer)) == []
    assert [near.report for near in merge_candidates(mine, actor(moderator))] == [other]


def test_a_private_report_is_no_part_of_one_that_only_is_hidden(moderator: Staff) -> None:
    hidden = hide(makers.make_report(), moderator)
    private = hide(makers.make_report(private=True), moderator)

    with pytest.raises(BadGiven, match="other_visibility"):
        take(hidden, Step.MERGE, moderator, target=private.number)


def test_a_report_that_is_merged_takes_no_others(moderator: Staff) -> None:
    first, second = makers.make_report(), makers.make_report()
    take(first, Step.MERGE, moderator, target=second.number)

    with pytest.raises(BadGiven, match="not_open"):
        take(second, Step.MERGE, moderator, target=first.number)
