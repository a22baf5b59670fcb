"""The life of a report, said a second time in other words, and compared over every case.

`follows` states the rules as a person would tell them; `decide` must agree with it for every
status × step × role × own body × concerned body × hidden × disputes × judgement.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hopthu.core.lifecycle import (
    Missing,
    Need,
    Role,
    Situation,
    Status,
    Step,
    StepRefused,
    allowed,
    decide,
    needs,
)

NOW = datetime(2026, 3, 6, 8, tzinfo=UTC)
EVERYTHING = dict.fromkeys(Need, "given") | {Need.REASON: "order"}
"""An order is what takes most, and the one thing that administrators hide for."""

T = TypeVar("T")

OPEN = {"received", "assigned", "in_progress", "scheduled"}
ANSWERED = {"resolved", "declined", "referred"}
ALL = OPEN | ANSWERED | {"duplicate", "withdrawn"}


def by_step(table: dict[str, T]) -> dict[str, T]:
    return {step: value for steps, value in table.items() for step in steps.split()}


EXISTS = by_step(
    {
        "route assign recategorise relocate schedule ask extend": OPEN,
        "resolve decline refer merge withdraw": OPEN,
        "accept": {"received"},
        "start": OPEN - {"in_progress"},
        "reply": OPEN | {"declined"},
        "answer redact hide show ask_review keep_hidden erase": ALL,
        "unmerge": {"duplicate"},
        "reopen": ANSWERED | {"withdrawn"},
        "confirm dispute": ANSWERED | {"duplicate"},
        "add_words": ALL - {"withdrawn"},
        "support": ALL - {"withdrawn", "duplicate"},
    }
)
"""In which statuses there is such a step at all."""

BECOMES = by_step(
    {
        "accept": "assigned",
        "start": "in_progress",
        "schedule": "scheduled",
        "resolve": "resolved",
        "decline": "declined",
        "refer": "referred",
        "merge": "duplicate",
        "withdraw": "withdrawn",
        "route unmerge": "received",
    }
)
"""Steps that always lead to the same status."""

SENDER = {"reply", "add_words", "confirm", "dispute", "withdraw", "redact", "ask_review"}
BODY = {"route", "assign", "recategorise", "relocate", "accept", "start", "schedule", "ask"} | {
    *("answer", "resolve", "decline", "refer", "merge", "unmerge", "extend", "reopen")
}
GIVES_BACK = {"reopen", "unmerge"}


def follows(step: str, role: str, now: Situation) -> str | None:
    """The status that follows; None where the step is refused."""
    if now.status not in EXISTS[step] or not is_its_time(step, now) or not may(step, role, now):
        return None
    return "received" if now.leaves_body else outcome(step, now)


def is_its_time(step: str, now: Situation) -> bool:
    match step:
        case "reply":
            return now.asked_at is not None
        case "show":
            return now.hidden
        case "ask_review":
            return now.hidden and not now.review_used
        case "keep_hidden":
            return now.hidden and (now.review_waits or now.by_order)
        case "hide" | "support":
            return not now.hidden
        case "extend":
            return not now.extended
        case "confirm":
            return not now.confirmed
        case "dispute":
            return now.disputes < 2
        case "reopen" if now.status == "withdrawn":
            return now.at - (now.withdrawn_at or now.at) <= timedelta(days=30)
    return True


def may(step: str, role: str, now: Situation) -> bool:
    if role == "neighbour":
        return step == "support"
    if role == "sender":
        return step in SENDER or (step == "reopen" and now.status == "withdrawn")
    if step in {"show", "keep_hidden"} and now.review_waits and now.hid_it:
        return False
    if role == "administrator":
        mine = {"erase", "redact", "hide", "show", "keep_hidden"}
        return step in mine and not now.concerned_body
    if now.concerned_body:
        return role != "editor" and step == "answer"
    if role == "moderator":
        return step in {"redact", "hide", "show", "keep_hidden"} or judges(step, now)
    if role == "officer" and not (now.own_body and may_move(step, now)):
        return False
    if step in GIVES_BACK and now.awaits_judgement and not judges(step, now):
        return False
    if step == "reopen" and now.status == "withdrawn":
        return False
    return role in {"officer", "dispatcher"} and step in BODY


def may_move(step: str, now: Situation) -> bool:
    """After two re-routes the dispatcher decides where a report goes."""
    return now.reroutes < 2 or not (step == "route" or now.leaves_body)


def judges(step: str, now: Situation) -> bool:
    """The second dispute is judged by someone outside the body: stands, or opened again."""
    outsider = not (now.own_body or now.inside_body or now.concerned_body)
    opens = step in GIVES_BACK and now.status != "withdrawn"
    return now.awaits_judgement and outsider and (opens or step == "answer")


def outcome(step: str, now: Situation) -> str:
    if step in BECOMES:
        return BECOMES[step]
    match step:
        case "assign" if now.status == "received":
            return "assigned"
        case "reply" if now.status == "declined":
            return "assigned"
        case "reopen":
            return "received" if now.status == "withdrawn" else "assigned"
        case "dispute" if now.disputes == 0:
            return "assigned"
    return now.status


def decided(step: Step, role: Role, now: Situation) -> str | None:
    try:
        return decide(step, now, roles={role}, given=EVERYTHING).status
    except StepRefused:
        return None


def cases() -> Iterator[Situation]:
    yes_no = (False, True)
    disputes = ((0, False), (1, False), (2, False), (2, True))
    for status, own, concerned, hidden, (count, awaits) in product(
        Status, yes_no, yes_no, yes_no, disputes
    ):
        yield Situation(
            status=status,
            at=NOW,
            own_body=own,
            concerned_body=concerned,
            hidden=hidden,
            by_order=hidden,
            asked_at=NOW - timedelta(days=1),
            withdrawn_at=NOW - timedelta(days=1) if status == "withdrawn" else None,
            disputes=count,
            awaits_judgement=awaits,
        )


def test_every_step_in_every_case_follows_the_rules() -> None:
    """56,448 cases; and what is offered (`allowed`) is what would be decided."""
    for now, role in product(cases(), Role):
        found = {step: decided(step, role, now) for step in Step}

        assert found == {step: follows(step, role, now) for step in Step}, (role, now)
        assert allowed(now, roles={role}) == tuple(step for step in Step if found[step]), (
            role,
            now,
        )


days_ago = st.none() | st.sampled_from([0, 13, 14, 29, 30, 31]).map(
    lambda days: NOW - timedelta(days=days)
)
any_situation = st.builds(
    Situation,
    status=st.sampled_from(Status),
    at=st.just(NOW),
    own_body=st.booleans(),
    inside_body=st.booleans(),
    concerned_body=st.booleans(),
    hidden=st.booleans(),
    by_order=st.booleans(),
    hid_it=st.booleans(),
    review_used=st.booleans(),
    review_waits=st.booleans(),
    asked_at=days_ago,
    withdrawn_at=days_ago,
    disputes=st.integers(0, 3),
    awaits_judgement=st.booleans(),
    confirmed=st.booleans(),
    extended=st.booleans(),
    reroutes=st.integers(0, 3),
)
MOVES = {"route", "recategorise", "relocate"}


@given(any_situation, st.sampled_from(Role), st.booleans())
def test_every_history_follows_the_rules(now: Situation, role: Role, leaves: bool) -> None:
    for step in Step:
        case = replace(now, leaves_body=leaves and step in MOVES)
        assert (step, decided(step, role, case)) == (step, follows(step, role, case))


@given(any_situation, st.sets(st.sampled_from(Role)))
def test_two_roles_may_do_what_either_may(now: Situation, roles: set[Role]) -> None:
    either = {step for role in roles for step in allowed(now, roles={role})}

    assert set(allowed(now, roles=roles)) == either
    for step in either:
        decision = decide(step, now, roles=roles, given=EVERYTHING)
        assert decision.role in roles
        assert decision.status == decided(step, decision.role, now)


@given(any_situation, st.sampled_from(Role), st.sampled_from(Step), st.sampled_from(Need))
def test_a_step_lacks_just_what_it_needs(
    now: Situation, role: Role, step: Step, need: Need
) -> None:
    if step not in allowed(now, roles={role}):
        return
    without = {each: value for each, value in EVERYTHING.items() if each is not need}

    if need in needs(step, role, reason="order"):
        with pytest.raises(Missing) as missing:
            decide(step, now, roles={role}, given=without)
        assert missing.value.need is need
    else:
        assert decide(step, now, roles={role}, given=without) == decide(
            step, now, roles={role}, given=EVERYTHING
        )


@given(any_situation, st.sampled_from(Role), st.sampled_from(Step))
def test_a_judgement_is_marked_as_one(now: Situation, role: Role, step: Step) -> None:
    if step in allowed(now, roles={role}):
        decision = decide(step, now, roles={role}, given=EVERYTHING)

        by_staff = role in {"officer", "dispatcher", "moderator"}
        assert decision.judges == (by_staff and judges(step, now))
