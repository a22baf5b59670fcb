"""Every code that a reader can meet has words."""

from collections.abc import Iterable

import pytest

from hopthu.core import lifecycle
from hopthu.core.terms import DeclineReason, HideReason, Need, Outcome, Role, Status, Step
from hopthu.reports.actions import BadGiven, SomebodyWasFirst
from hopthu.web import event_words, icons, words
from hopthu.web.refusal_words import OTHER, REFUSED, SOMEBODY_WAS_FIRST, refusal


@pytest.mark.parametrize(
    ("told", "codes"),
    [
        (words.STATUSES, Status),
        (words.STEPS, Step),
        (words.OUTCOMES, Outcome),
        (words.DECLINE_REASONS, DeclineReason),
        (words.HIDE_REASONS, HideReason),
        (words.ROLES, Role),
        (words.NEEDS, Need),
    ],
)
def test_no_code_is_without_words(told: dict[str, object], codes: Iterable[str]) -> None:
    assert set(told) == set(codes)


def test_a_report_that_was_answered_is_not_called_fixed() -> None:
    assert words.status(Status.RESOLVED, Outcome.DONE).tone == "done"
    assert words.status(Status.RESOLVED, Outcome.ANSWERED).tone == "answered"


def test_every_icon_that_words_name_is_in_the_set() -> None:
    named = {status.icon for status in words.STATUSES.values()} | set(event_words.ICONS.values())

    assert named <= set(icons.ICONS)


def test_every_refusal_of_the_lifecycle_has_its_own_sentence() -> None:
    kinds = {
        kind for kind in lifecycle.StepRefused.__subclasses__() if kind is not lifecycle.Missing
    }

    assert set(REFUSED) == kinds


@pytest.mark.parametrize("need", Need)
def test_what_is_missing_is_named(need: Need) -> None:
    assert str(refusal(lifecycle.Missing(Step.ROUTE, need)))


def test_what_does_not_fit_and_who_was_first_are_told() -> None:
    assert refusal(BadGiven(Need.TARGET, "not_open")) != OTHER
    assert refusal(BadGiven(Need.PLACE, "something new")) == OTHER
    assert refusal(SomebodyWasFirst([])) == SOMEBODY_WAS_FIRST
