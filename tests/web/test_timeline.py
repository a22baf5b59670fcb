"""What happened to a report, told to its readers."""

import pytest
from django.utils import translation

from hopthu.bodies.queries import configuration
from hopthu.core.terms import DeclineReason, HideReason, Outcome, Role, Step
from hopthu.people.actors import NEIGHBOUR
from hopthu.reports.models import Event, Report
from hopthu.reports.models.event import KINDS
from hopthu.web import event_words
from hopthu.web.timeline import UNTOLD, Item, timeline
from tests import makers

pytestmark = pytest.mark.django_db


def told(report: Report, *, words: bool = True) -> list[Item]:
    with translation.override("en"):
        return timeline(report.events.select_related("body"), configuration(), words=words)


def test_it_tells_the_story_in_order(city: None) -> None:
    report = makers.make_report()
    officer = makers.make_officer()
    makers.take(report, Step.ACCEPT, officer)
    makers.take(report, Step.ASK, officer, words="Trụ số mấy?")
    makers.take(report, Step.REPLY, words="Số 15.")
    makers.take(report, Step.RESOLVE, officer, outcome=Outcome.DONE, words="Đã thay.")

    items = told(report)

    assert [item.title for item in items] == [
        "The report came in",
        "An office has taken this on",
        "The city asks the sender",
        "The sender replied",
        "Fixed",
    ]
    assert [item.answer for item in items] == [False, False, True, False, True]
    assert items[1].who == "Phòng Đô thị (en)"
    assert items[-1].tone == "done"


def test_neighbours_are_counted_elsewhere_and_not_told_one_by_one(city: None) -> None:
    report = makers.make_report()
    makers.take(report, Step.SUPPORT, NEIGHBOUR)

    assert [item.kind for item in told(report)] == ["received"]


def test_without_words_only_the_reason_to_hide_is_told(city: None) -> None:
    report = makers.make_report()
    makers.take(report, Step.ADD_WORDS, words="Gọi 0912 345 678.")
    moderator = makers.make_staff("mod", (Role.MODERATOR, None))
    makers.take(
        report, Step.HIDE, moderator, reason=HideReason.PERSONAL_DATA, words="Có số điện thoại."
    )

    assert [item.words for item in told(report, words=False)] == ["", "", "Có số điện thoại."]


def test_a_reason_stands_below_the_title(city: None) -> None:
    report = makers.make_report()
    makers.take(
        report, Step.DECLINE, makers.make_officer(), reason=DeclineReason.BUDGET, words="Năm sau."
    )

    assert told(report)[-1].note == "There is no money for it this year."


@pytest.mark.parametrize("kind", sorted(set(KINDS) - UNTOLD))
def test_every_kind_of_event_can_be_told(city: None, kind: str) -> None:
    data = {"date": "2026-11-30", "into": "7KQ2M9XD", "body": "works", "to": "lamp"}
    event = Event(kind=kind, at=makers.MONDAY, role=Role.OFFICER, data=data)

    item = timeline([event], configuration())[0]

    assert item.title
    assert item.icon in event_words.ICONS.values() or item.icon == "speech"
