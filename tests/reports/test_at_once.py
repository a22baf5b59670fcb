"""Many at the same moment, each on a connection of its own."""

import pytest

from hopthu.core.terms import Step
from hopthu.people.actors import NEIGHBOUR
from hopthu.reports.actions import BadGiven
from hopthu.reports.models import Event, Report
from tests import makers
from tests.together import together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def town() -> None:
    makers.make_city()


def test_every_neighbour_is_counted(town: None) -> None:
    report = makers.make_report()
    tap = lambda: makers.take(report, Step.SUPPORT, NEIGHBOUR)  # noqa: E731

    raised = together(*[tap] * 12)

    report.refresh_from_db()
    assert (raised, report.supports, report.seq) == ([], 12, 13)


def test_two_reports_are_never_merged_in_a_circle(town: None) -> None:
    officer = makers.make_officer()
    for _ in range(10):
        one, two = makers.make_report(), makers.make_report()
        raised = together(
            lambda one=one, two=two: makers.take(one, Step.MERGE, officer, target=two.number),  # type: ignore[misc]
            lambda one=one, two=two: makers.take(two, Step.MERGE, officer, target=one.number),  # type: ignore[misc]
        )

        assert [type(error) for error in raised] == [BadGiven]
        assert Report.objects.filter(merged_into=None, pk__in=[one.pk, two.pk]).count() == 1


def test_the_same_form_sent_many_times_at_once_makes_one_report(town: None) -> None:
    sent: list[str] = []
    send = lambda: sent.append(makers.send_report(submission="one form").follow_code)  # noqa: E731

    raised = together(*[send] * 6)

    assert (raised, len(set(sent)), len(sent)) == ([], 1, 6)
    assert (Report.objects.count(), Event.objects.count()) == (1, 1)
