"""The life of a report: which step follows when, decided from the one table in `steps`.

Everything that changes a report asks this module first, whichever door it came in by. The module
knows no clock and no database: the caller describes the `Situation` and gets back the status that
follows, or one of the errors in `refusals`.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from hopthu.core.refusals import (
    AlreadyUsed,
    ConcernedBody,
    Missing,
    NotForRole,
    NotFromHere,
    NotYourBody,
    OwnDecision,
    StepRefused,
    TooEarly,
    TooLate,
)
from hopthu.core.steps import STEPS, Rule
from hopthu.core.terms import (
    ANSWERED,
    CLOSED,
    OPEN,
    STAFF,
    DeclineReason,
    HideReason,
    Need,
    Outcome,
    Role,
    Status,
    Step,
)

__all__ = [
    "ANSWERED",
    "CLOSED",
    "OPEN",
    "STAFF",
    "STEPS",
    "AlreadyUsed",
    "ConcernedBody",
    "Decision",
    "DeclineReason",
    "HideReason",
    "Missing",
    "Need",
    "NotForRole",
    "NotFromHere",
    "NotYourBody",
    "Outcome",
    "OwnDecision",
    "Role",
    "Rule",
    "Situation",
    "Status",
    "Step",
    "StepRefused",
    "TooEarly",
    "TooLate",
    "allowed",
    "decide",
    "needs",
]

SILENCE = timedelta(days=14)
"""A question to the sender that stays unanswered this long allows `not_enough_information`."""
UNDO_WITHDRAWAL = timedelta(days=30)
MAX_REROUTES = 2
"""After so many moves between bodies only the dispatcher decides."""


@dataclass(frozen=True)
class Situation:
    """What a step needs to know of a report, and of who is about to take it."""

    status: Status
    at: datetime
    own_body: bool = False
    """The actor works for the body that has the report."""
    inside_body: bool = False
    """The actor has any role at all in that body, and so cannot judge it."""
    concerned_body: bool = False
    """An oversight report, and the actor works for the body that it is about."""
    leaves_body: bool = False
    """The step would take the report to another body."""
    hidden: bool = False
    by_order: bool = False
    """Hidden by an order from outside, which has a day on which it is looked at again."""
    hid_it: bool = False
    """The actor is one of those who hid it."""
    review_used: bool = False
    """The sender asked for a review since it was hidden."""
    review_waits: bool = False
    """And nobody has decided about that yet."""
    private: bool = False
    asked_at: datetime | None = None
    """When the city's last question went out, while the sender has not replied."""
    withdrawn_at: datetime | None = None
    disputes: int = 0
    awaits_judgement: bool = False
    """Disputed a second time, and nobody outside the body has judged it yet."""
    confirmed: bool = False
    extended: bool = False
    reroutes: int = 0


@dataclass(frozen=True)
class Decision:
    """What follows from a step that is allowed."""

    status: Status
    role: Role
    """The one of the actor's roles that the step is taken in."""
    judges: bool = False
    """The step settles a second dispute: reopened, or closed although the sender disagrees."""


_REOPENINGS = frozenset({Step.REOPEN, Step.UNMERGE})
_JUDGEMENTS = _REOPENINGS | {Step.ANSWER}
"""What settles a second dispute, when somebody outside the body does it."""
_ORDER_ALONE = (HideReason.ORDER, None, "")
"""What an administrator hides a report for; that nothing was given is told as that."""
_REVIEWS = frozenset({Step.SHOW, Step.KEEP_HIDDEN})
"""What a review that the sender asked for ends with."""


def decide(
    step: Step, situation: Situation, *, roles: Collection[Role], given: Mapping[Need, object]
) -> Decision:
    """The status that follows when somebody in `roles` takes `step` with what was `given`.

    Raises one of the `StepRefused` errors. What is impossible is told before what is forbidden,
    and what is forbidden before what is missing, so that nobody fills in a form in vain.
    """
    rule = STEPS[step]
    _check_history(step, rule, situation)
    role = _acting_role(step, rule, situation, roles)
    reason = given.get(Need.REASON)
    if step is Step.HIDE and role is Role.ADMINISTRATOR and reason not in _ORDER_ALONE:
        raise NotForRole(step)
    for need in needs(step, role, reason=reason):
        if not given.get(need):
            raise Missing(step, need)
    if step is Step.DECLINE and given[Need.REASON] == DeclineReason.NOT_ENOUGH_INFORMATION:
        _check_silence(situation)
    judges = step in _JUDGEMENTS and role in STAFF and _may_judge(situation)
    return Decision(_status_after(step, rule, situation), role, judges)


def allowed(situation: Situation, *, roles: Collection[Role]) -> tuple[Step, ...]:
    """The steps that somebody in `roles` may take now, in the order of the table."""
    return tuple(step for step in STEPS if _may_be_taken(step, situation, roles))


def needs(step: Step, role: Role, *, reason: object = None) -> tuple[Need, ...]:
    """What has to come with the step.

    A sender who strikes own words owes no reason for it. An administrator strikes none but those
    that somebody asked for, and the request is the reason. An order takes the order and two people.
    """
    required = STEPS[step].needs
    if step is Step.HIDE and reason == HideReason.ORDER:
        return (*required, Need.ORDER, Need.SECOND_PERSON)
    if step is not Step.REDACT or role is Role.MODERATOR:
        return required
    own = tuple(need for need in required if need is not Need.WORDS)
    return own if role is Role.SENDER else (*own, Need.REQUEST)


def _may_be_taken(step: Step, situation: Situation, roles: Collection[Role]) -> bool:
    try:
        _check_history(step, STEPS[step], situation)
        _acting_role(step, STEPS[step], situation, roles)
    except StepRefused:
        return False
    return True


def _check_history(step: Step, rule: Rule, situation: Situation) -> None:
    if situation.status not in rule.origins:
        raise NotFromHere(step, situation.status)
    match step:
        case Step.REPLY if situation.asked_at is None:
            raise NotFromHere(step, situation.status)
        case Step.SHOW | Step.ASK_REVIEW | Step.KEEP_HIDDEN if not situation.hidden:
            raise NotFromHere(step, situation.status)
        case Step.KEEP_HIDDEN if not (situation.review_waits or situation.by_order):
            raise NotFromHere(step, situation.status)
        case Step.ASK_REVIEW if situation.review_used:
            raise AlreadyUsed(step)
        case Step.SUPPORT if situation.hidden or situation.private:
            raise NotFromHere(step, situation.status)
        case Step.HIDE if situation.hidden:
            raise AlreadyUsed(step)
        case Step.EXTEND if situation.extended:
            raise AlreadyUsed(step)
        case Step.CONFIRM if situation.confirmed:
            raise AlreadyUsed(step)
        case Step.DISPUTE if situation.disputes >= 2:
            raise AlreadyUsed(step)
        case Step.REOPEN if _is_past_undo(situation):
            raise TooLate(step)


def _is_past_undo(situation: Situation) -> bool:
    if situation.status is not Status.WITHDRAWN or situation.withdrawn_at is None:
        return False
    return situation.at > situation.withdrawn_at + UNDO_WITHDRAWAL


def _check_silence(situation: Situation) -> None:
    if situation.asked_at is None or situation.at < situation.asked_at + SILENCE:
        raise TooEarly(Step.DECLINE)


def _acting_role(step: Step, rule: Rule, situation: Situation, roles: Collection[Role]) -> Role:
    """The first of the actor's roles that may take the step, or the error of the last one."""
    refusal: StepRefused = NotForRole(step)
    for role in Role:
        if role not in roles or role not in rule.who:
            continue
        try:
            _check_role(step, role, situation)
        except StepRefused as error:
            refusal = error
        else:
            return role
    raise refusal


def _check_role(step: Step, role: Role, situation: Situation) -> None:
    if role in STAFF and situation.concerned_body:
        if step is not Step.ANSWER:
            raise ConcernedBody(step)
        return
    if role is Role.OFFICER and not situation.own_body:
        raise NotYourBody(step)
    # Another category or place that takes a report away is a re-route by another name.
    moves_away = step is Step.ROUTE or situation.leaves_body
    if moves_away and role is Role.OFFICER and situation.reroutes >= MAX_REROUTES:
        raise NotForRole(step)
    if step is Step.ANSWER and role is Role.MODERATOR and not _may_judge(situation):
        raise NotForRole(step)
    if step in _REOPENINGS:
        _check_reopening(step, role, situation)
    if step in _REVIEWS and situation.review_waits and situation.hid_it:
        raise OwnDecision(step)


def _check_reopening(step: Step, role: Role, situation: Situation) -> None:
    """A withdrawal is the sender's to undo; a second dispute is judged outside the body."""
    if (situation.status is Status.WITHDRAWN) != (role is Role.SENDER):
        raise NotForRole(step)
    if role is Role.MODERATOR and not situation.awaits_judgement:
        raise NotForRole(step)
    if role in STAFF and situation.awaits_judgement and not _may_judge(situation):
        raise NotForRole(step)


def _may_judge(situation: Situation) -> bool:
    involved = situation.own_body or situation.inside_body or situation.concerned_body
    return situation.awaits_judgement and not involved


def _status_after(step: Step, rule: Rule, situation: Situation) -> Status:
    if situation.leaves_body:
        return Status.RECEIVED
    if step is Step.DISPUTE and situation.disputes > 0:
        return situation.status
    return rule.exceptions.get(situation.status, rule.to or situation.status)
