"""A second dispute waits for somebody who has no part in it."""

from datetime import timedelta

import pytest

from hopthu.core import lifecycle
from hopthu.core.terms import Role, Step
from hopthu.people.models import Staff
from hopthu.reports.models import Report
from tests import makers
from tests.makers import MONDAY, take

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def officer(city: None) -> Staff:
    return makers.make_officer()


@pytest.fixture
def disputed(officer: Staff) -> Report:
    """Merged by the body and disputed, twice."""
    report, other = makers.make_report(), makers.make_report()
    for _ in range(2):
        take(report, Step.MERGE, officer, target=other.number)
        take(report, Step.DISPUTE)
    report.refresh_from_db()
    assert (report.status, report.awaits_judgement) == ("duplicate", True)
    return report


def test_a_judge_takes_a_merged_report_out_again(disputed: Report, officer: Staff) -> None:
    with pytest.raises(lifecycle.NotForRole):
        take(disputed, Step.UNMERGE, officer)
    take(disputed, Step.UNMERGE, makers.make_staff("mai", (Role.MODERATOR, None)))

    disputed.refresh_from_db()
    assert (disputed.status, disputed.awaits_judgement) == ("received", False)
    assert disputed.events.get(seq=disputed.seq).data == {"judged": "reopened"}


def test_whoever_has_any_part_in_the_body_cannot_judge_it(disputed: Report) -> None:
    inside = makers.make_staff("lan", (Role.MODERATOR, "works"))

    for step in (Step.UNMERGE, Step.ANSWER):
        with pytest.raises(lifecycle.NotForRole):
            take(disputed, step, inside, words="Đã kiểm tra.")


def test_the_answer_of_the_body_itself_settles_nothing(disputed: Report, officer: Staff) -> None:
    take(disputed, Step.ANSWER, officer, words="Hai chỗ này là một.")

    disputed.refresh_from_db()
    assert disputed.awaits_judgement


def test_a_reply_does_not_open_what_was_declined_for_another_reason(officer: Staff) -> None:
    report = makers.make_report()
    take(report, Step.ASK, officer, words="Trụ số mấy?")
    take(report, Step.DECLINE, officer, at=MONDAY + DAY, reason="law", words="Ngoài thẩm quyền.")

    with pytest.raises(lifecycle.NotFromHere):
        take(report, Step.REPLY, at=MONDAY + 2 * DAY, words="Trụ 14.")
