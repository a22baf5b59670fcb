"""Promises about a report's life that hold whatever else changes, and how a refusal is told."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from hopthu.core import lifecycle
from hopthu.core.lifecycle import (
    CLOSED,
    OPEN,
    STAFF,
    STEPS,
    DeclineReason,
    Need,
    Role,
    Situation,
    Status,
    Step,
    allowed,
    decide,
    needs,
)

NOW = datetime(2026, 3, 6, 8, tzinfo=UTC)
DAY = timedelta(days=1)
EVERYTHING = dict.fromkeys(Need, "given")
OWN = Situation(status=Status.ASSIGNED, at=NOW, own_body=True)


def everybodys(now: Situation) -> set[tuple[Role, Step]]:
    return {(role, step) for role in Role for step in allowed(now, roles={role})}


def closed(**change: object) -> list[Situation]:
    return [replace(OWN, status=status, **change) for status in CLOSED]  # type: ignore[arg-type]


def after(step: Step, now: Situation, role: Role) -> Status:
    return decide(step, now, roles={role}, given=EVERYTHING).status


def test_every_step_has_its_row() -> None:
    assert list(STEPS) == list(Step)


def test_the_city_changes_nothing_of_a_closed_report_but_answers_and_opens_it_again() -> None:
    found = {
        step
        for own, awaits in product([False, True], repeat=2)
        for now in closed(own_body=own, awaits_judgement=awaits)
        for role, step in everybodys(now)
        if role in {Role.OFFICER, Role.DISPATCHER}
    }

    assert found == {Step.ANSWER, Step.REOPEN, Step.UNMERGE}


def test_only_the_sender_confirms_disputes_withdraws_replies_and_adds_words() -> None:
    own = {Step.CONFIRM, Step.DISPUTE, Step.WITHDRAW, Step.REPLY, Step.ADD_WORDS}
    for status in Status:
        now = replace(OWN, status=status, asked_at=NOW)
        assert {role for role, step in everybodys(now) if step in own} <= {Role.SENDER}


def test_a_neighbour_can_only_support() -> None:
    for status in Status:
        now = replace(OWN, status=status)
        assert {step for role, step in everybodys(now) if role is Role.NEIGHBOUR} <= {Step.SUPPORT}


@pytest.mark.parametrize("role", sorted(STAFF))
def test_the_body_concerned_can_only_answer(role: Role) -> None:
    for status, awaits in product(Status, [False, True]):
        now = replace(OWN, status=status, concerned_body=True, awaits_judgement=awaits)
        assert set(allowed(now, roles={role})) <= {Step.ANSWER}
        if role in {Role.OFFICER, Role.DISPATCHER, Role.MODERATOR}:
            decision = decide(Step.ANSWER, now, roles={role}, given=EVERYTHING)
            assert not decision.judges


def test_the_first_dispute_reopens_and_the_second_waits_for_a_judgement() -> None:
    for status in (Status.RESOLVED, Status.DECLINED, Status.REFERRED, Status.DUPLICATE):
        now = replace(OWN, status=status)
        assert after(Step.DISPUTE, now, Role.SENDER) is Status.ASSIGNED
        assert after(Step.DISPUTE, replace(now, disputes=1), Role.SENDER) is status
        with pytest.raises(lifecycle.AlreadyUsed):
            after(Step.DISPUTE, replace(now, disputes=2), Role.SENDER)


@pytest.mark.parametrize(
    ("status", "back", "opened"),
    [
        (Status.RESOLVED, Step.REOPEN, Status.ASSIGNED),
        (Status.DECLINED, Step.REOPEN, Status.ASSIGNED),
        (Status.REFERRED, Step.REOPEN, Status.ASSIGNED),
        (Status.DUPLICATE, Step.UNMERGE, Status.RECEIVED),
    ],
)
def test_somebody_outside_the_body_judges(status: Status, back: Step, opened: Status) -> None:
    disputed = Situation(status=status, at=NOW, disputes=2, awaits_judgement=True)

    for role in (Role.MODERATOR, Role.DISPATCHER):
        assert after(back, disputed, role) is opened
        assert after(Step.ANSWER, disputed, role) is status
        for involved in (
            replace(disputed, own_body=True),
            replace(disputed, inside_body=True),
            replace(disputed, concerned_body=True),
        ):
            with pytest.raises((lifecycle.NotForRole, lifecycle.ConcernedBody)):
                after(back, involved, role)
    with pytest.raises(lifecycle.NotForRole):
        after(back, replace(disputed, own_body=True), Role.OFFICER)


def test_words_are_required_for_a_closed_list_of_steps_only() -> None:
    required = {
        (step, role) for step in Step for role in STEPS[step].who if Need.WORDS in needs(step, role)
    }
    by_body = (Step.ASK, Step.ANSWER, Step.RESOLVE, Step.DECLINE, Step.REFER, Step.EXTEND)

    assert required == {
        *product(by_body, [Role.OFFICER, Role.DISPATCHER]),
        (Step.ANSWER, Role.MODERATOR),
        (Step.REDACT, Role.MODERATOR),
        *product((Step.HIDE, Step.KEEP_HIDDEN), [Role.MODERATOR, Role.ADMINISTRATOR]),
        (Step.REPLY, Role.SENDER),
    }


def test_that_a_sender_is_unknown_or_critical_is_never_a_reason() -> None:
    assert set(DeclineReason) == {
        "law",
        "budget",
        "private_property",
        "not_found",
        "not_enough_information",
        "legal_procedure",
        "about_a_person",
    }
    assert set(lifecycle.HideReason) == {
        "personal_data",
        "threat",
        "advertising",
        "test",
        "order",
    }


@pytest.mark.parametrize(
    ("asked", "silent_enough"),
    [(None, False), (NOW, False), (NOW - 14 * DAY + DAY / 24, False), (NOW - 14 * DAY, True)],
)
def test_fourteen_silent_days_allow_not_enough_information(
    asked: datetime | None, silent_enough: bool
) -> None:
    now = replace(OWN, asked_at=asked)
    reason = EVERYTHING | {Need.REASON: DeclineReason.NOT_ENOUGH_INFORMATION}

    if silent_enough:
        decision = decide(Step.DECLINE, now, roles={Role.OFFICER}, given=reason)
        assert decision.status is Status.DECLINED
    else:
        with pytest.raises(lifecycle.TooEarly):
            decide(Step.DECLINE, now, roles={Role.OFFICER}, given=reason)


def test_a_reply_opens_again_what_was_declined_for_want_of_it() -> None:
    now = replace(OWN, status=Status.DECLINED, asked_at=NOW - 20 * DAY)

    assert after(Step.REPLY, now, Role.SENDER) is Status.ASSIGNED
    with pytest.raises(lifecycle.NotFromHere):
        after(Step.REPLY, replace(now, asked_at=None), Role.SENDER)


def test_a_withdrawal_can_be_undone_for_thirty_days_by_its_sender_alone() -> None:
    now = replace(OWN, status=Status.WITHDRAWN, withdrawn_at=NOW - 30 * DAY)

    assert after(Step.REOPEN, now, Role.SENDER) is Status.RECEIVED
    with pytest.raises(lifecycle.TooLate):
        after(Step.REOPEN, replace(now, at=NOW + DAY / 24), Role.SENDER)
    for role in STAFF & STEPS[Step.REOPEN].who:
        with pytest.raises(lifecycle.NotForRole):
            after(Step.REOPEN, now, role)


@pytest.mark.parametrize("step", [Step.ROUTE, Step.RECATEGORISE, Step.RELOCATE])
def test_after_two_re_routes_the_dispatcher_decides(step: Step) -> None:
    away = replace(OWN, leaves_body=True, reroutes=2)

    assert after(step, replace(away, reroutes=1), Role.OFFICER) is Status.RECEIVED
    assert after(step, away, Role.DISPATCHER) is Status.RECEIVED
    with pytest.raises(lifecycle.NotForRole):
        after(step, away, Role.OFFICER)


def test_a_correction_that_stays_with_the_body_is_no_re_route() -> None:
    for step in (Step.RECATEGORISE, Step.RELOCATE):
        assert after(step, replace(OWN, reroutes=2), Role.OFFICER) is Status.ASSIGNED


def test_only_a_confirmed_report_cannot_be_confirmed_again() -> None:
    now = replace(OWN, status=Status.RESOLVED, confirmed=True)

    with pytest.raises(lifecycle.AlreadyUsed):
        after(Step.CONFIRM, now, Role.SENDER)
    assert after(Step.DISPUTE, now, Role.SENDER) is Status.ASSIGNED


def test_a_date_is_moved_back_once() -> None:
    assert after(Step.EXTEND, OWN, Role.OFFICER) is Status.ASSIGNED
    with pytest.raises(lifecycle.AlreadyUsed):
        after(Step.EXTEND, replace(OWN, extended=True), Role.OFFICER)


def test_what_is_hidden_is_shown_again_before_it_is_hidden_again() -> None:
    hidden = replace(OWN, hidden=True)

    with pytest.raises(lifecycle.AlreadyUsed):
        after(Step.HIDE, hidden, Role.MODERATOR)
    with pytest.raises(lifecycle.NotFromHere):
        after(Step.SHOW, OWN, Role.MODERATOR)
    with pytest.raises(lifecycle.NotFromHere):
        after(Step.SUPPORT, hidden, Role.NEIGHBOUR)


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.ADMINISTRATOR])
def test_whoever_hid_a_report_does_not_judge_that(role: Role) -> None:
    asked = replace(OWN, own_body=False, hidden=True, hid_it=True, review_waits=True)

    for step in (Step.SHOW, Step.KEEP_HIDDEN):
        with pytest.raises(lifecycle.OwnDecision):
            after(step, asked, role)
        assert after(step, replace(asked, hid_it=False), role) is asked.status
    assert after(Step.SHOW, replace(asked, review_waits=False), role) is asked.status


def test_a_review_is_asked_for_by_the_sender_while_hidden_and_once() -> None:
    hidden = replace(OWN, hidden=True)

    assert {role for role, step in everybodys(hidden) if step is Step.ASK_REVIEW} == {Role.SENDER}
    with pytest.raises(lifecycle.NotFromHere):
        after(Step.ASK_REVIEW, OWN, Role.SENDER)
    with pytest.raises(lifecycle.AlreadyUsed):
        after(Step.ASK_REVIEW, replace(hidden, review_used=True), Role.SENDER)


def test_it_is_said_that_a_report_stays_hidden_where_there_is_something_to_decide() -> None:
    hidden = replace(OWN, hidden=True)

    for asked in (replace(hidden, review_waits=True), replace(hidden, by_order=True)):
        assert after(Step.KEEP_HIDDEN, asked, Role.MODERATOR) is hidden.status
    for nothing in (hidden, OWN):
        with pytest.raises(lifecycle.NotFromHere):
            after(Step.KEEP_HIDDEN, nothing, Role.MODERATOR)


def test_an_order_takes_the_order_and_two_people() -> None:
    order = {Need.REASON: "order", Need.WORDS: "Theo quyết định.", Need.ORDER: "12"}

    with pytest.raises(lifecycle.Missing) as missing:
        decide(Step.HIDE, OWN, roles={Role.MODERATOR}, given=order)
    assert missing.value.need is Need.SECOND_PERSON
    with pytest.raises(lifecycle.Missing) as missing:
        decide(
            Step.HIDE,
            OWN,
            roles={Role.MODERATOR},
            given={**order, Need.ORDER: None, Need.SECOND_PERSON: 1},
        )
    assert missing.value.need is Need.ORDER


def test_an_administrator_hides_by_order_alone() -> None:
    order = {**EVERYTHING, Need.REASON: "order"}

    assert decide(Step.HIDE, OWN, roles={Role.ADMINISTRATOR}, given=order)
    with pytest.raises(lifecycle.NotForRole):
        decide(Step.HIDE, OWN, roles={Role.ADMINISTRATOR}, given={**order, Need.REASON: "threat"})


@pytest.mark.parametrize(
    ("step", "now", "role", "error"),
    [
        (Step.ACCEPT, OWN, Role.OFFICER, lifecycle.NotFromHere),
        (Step.ACCEPT, OWN, Role.SENDER, lifecycle.NotFromHere),
        (Step.ASK, OWN, Role.SENDER, lifecycle.NotForRole),
        (Step.ASK, replace(OWN, own_body=False), Role.OFFICER, lifecycle.NotYourBody),
        (Step.ASK, replace(OWN, concerned_body=True), Role.OFFICER, lifecycle.ConcernedBody),
        (Step.ASK, OWN, Role.OFFICER, lifecycle.Missing),
    ],
)
def test_what_is_impossible_is_told_before_what_is_forbidden_or_missing(
    step: Step, now: Situation, role: Role, error: type[lifecycle.StepRefused]
) -> None:
    with pytest.raises(error) as refusal:
        decide(step, now, roles={role}, given={})
    assert refusal.value.step is step
    assert type(refusal.value) is error


def test_an_empty_word_is_no_word() -> None:
    for nothing in ("", None):
        with pytest.raises(lifecycle.Missing) as missing:
            decide(Step.ASK, OWN, roles={Role.OFFICER}, given={Need.WORDS: nothing})
        assert missing.value.need is Need.WORDS


def test_open_and_closed_are_all() -> None:
    assert set(Status) == OPEN | CLOSED
    assert not OPEN & CLOSED
    assert all(status.is_open == (status in OPEN) for status in Status)
