"""What each step changes, beside the status that `core.lifecycle` gives."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from hopthu.bodies.configuration import Body
from hopthu.core.deadlines import Promise, Unit, due
from hopthu.core.lifecycle import Decision, Missing
from hopthu.core.terms import DeclineReason, HideReason, Need, Outcome, Status, Step
from hopthu.people.queries import officers_of
from hopthu.reports.actions import corrections, hiding, removal
from hopthu.reports.actions.given import BadGiven
from hopthu.reports.actions.moves import Change, Destination, Move, Stays
from hopthu.reports.actions.targets import merge_target
from hopthu.reports.promises import promises

JUDGEMENT = Promise(10, Unit.WORKING_DAYS)
"""How soon a second dispute is judged by somebody outside the body."""
CLOSED_LISTS: Mapping[Step, tuple[Need, type[StrEnum]]] = {
    Step.RESOLVE: (Need.OUTCOME, Outcome),
    Step.DECLINE: (Need.REASON, DeclineReason),
    Step.HIDE: (Need.REASON, HideReason),
}
ACKNOWLEDGES = frozenset(
    {
        Step.ASSIGN,
        Step.ACCEPT,
        Step.START,
        Step.SCHEDULE,
        Step.ASK,
        Step.ANSWER,
        Step.RESOLVE,
        Step.DECLINE,
        Step.REFER,
        Step.MERGE,
    }
)
"""The city's first of these keeps the promise to acknowledge."""


def change(move: Move, decision: Decision, moves_to: Destination) -> Change:
    """Everything that the step writes."""
    _check_closed_lists(move)
    result = Change(words=move.given.words)
    effect = EFFECTS.get(move.step)
    if effect is not None:
        effect(move, result)
    if not isinstance(moves_to, Stays):
        _move(move, result, moves_to)
    if move.step in ACKNOWLEDGES and move.report.acknowledged_at is None:
        result.fields["acknowledged_at"] = move.at
    if decision.judges:
        result.fields["awaits_judgement"] = False
        result.data["judged"] = "reopened" if decision.status.is_open else "stands"
    _set_status(move, result, decision.status)
    return result


def _check_closed_lists(move: Move) -> None:
    """Outcomes and reasons are none but those that everybody can look up."""
    if move.step not in CLOSED_LISTS:
        return
    need, known = CLOSED_LISTS[move.step]
    if move.given.by_need()[need] not in set(known):
        raise BadGiven(need, "unknown")


def _set_status(move: Move, result: Change, status: Status) -> None:
    """The status, and the times that follow from it."""
    result.fields["status"] = status
    if status.is_open and not move.report.is_open:
        result.fields.update(_second_promise(move))
    elif not status.is_open and move.report.is_open:
        result.fields["closed_at"] = move.at


def _second_promise(move: Move) -> dict[str, object]:
    """Opened again: a promise from now on; the first one stays what numbers count against."""
    again = promises(move.setup, move.setup.categories[move.category_code], move.at)
    return {
        "closed_at": None,
        "confirmed_at": None,
        "awaits_judgement": False,
        "withdrawn_at": None,
        "merged_into_id": None,
        "outcome": "",
        "decline_reason": "",
        "resolve_by": again.resolve_by,
    }


def _move(move: Move, result: Change, body: Body | None) -> None:
    result.fields["body_id"] = body.id if body else None
    result.fields["assignee_id"] = None
    result.fields["reroutes"] = move.report.reroutes + 1
    result.data["body"] = body.code if body else None


def _assign(move: Move, result: Change) -> None:
    body_id, person = move.report.body_id, move.given.person
    if body_id is None or person is None or not officers_of(body_id).filter(pk=person).exists():
        raise BadGiven(Need.PERSON, "unknown")
    result.fields["assignee_id"] = person


def _schedule(move: Move, result: Change) -> None:
    day = _day_ahead(move)
    result.fields["scheduled_for"] = day
    result.data["date"] = day.isoformat()


def _extend(move: Move, result: Change) -> None:
    """A new promise: the end of the day that was named, later than the one in force."""
    day = _day_ahead(move)
    calendar = move.setup.calendar
    evening_before = datetime.combine(day - timedelta(days=1), time(23), tzinfo=calendar.tz)
    new = due(calendar, evening_before, Promise(1, Unit.WORKING_DAYS))
    if new <= move.report.resolve_by:
        raise BadGiven(Need.DATE, "past")
    result.fields.update(resolve_by=new, extended=True)
    result.data["date"] = day.isoformat()


def _day_ahead(move: Move) -> date:
    day = move.given.date
    if day is None:
        raise Missing(move.step, Need.DATE)
    if day < move.at.astimezone(move.setup.calendar.tz).date():
        raise BadGiven(Need.DATE, "past")
    return day


def _ask(move: Move, result: Change) -> None:
    result.fields["asked_at"] = move.at


def _reply(_: Move, result: Change) -> None:
    result.fields["asked_at"] = None


def _resolve(move: Move, result: Change) -> None:
    result.fields.update(outcome=move.given.outcome, asked_at=None)
    result.data["outcome"] = move.given.outcome


def _decline(move: Move, result: Change) -> None:
    result.fields["decline_reason"] = move.given.reason
    if move.given.reason != DeclineReason.NOT_ENOUGH_INFORMATION:
        # Only what was declined for want of an answer is reopened by one.
        result.fields["asked_at"] = None
    result.data["reason"] = move.given.reason


def _refer(move: Move, result: Change) -> None:
    day = _day_ahead(move)
    result.fields.update(
        recipient=move.given.recipient, recipient_phone=move.given.phone, follow_up_on=day
    )
    result.data.update(recipient=move.given.recipient, phone=move.given.phone, date=day.isoformat())


def _merge(move: Move, result: Change) -> None:
    target = merge_target(move.report, move.given.target)
    result.fields["merged_into_id"] = target.pk
    result.data["into"] = target.number


def _add_words(move: Move, _: Change) -> None:
    if not move.given.words and not move.given.uploads:
        raise BadGiven(Need.WORDS, "nothing_said")


def _support(move: Move, result: Change) -> None:
    result.fields["supports"] = move.report.supports + 1


def _confirm(move: Move, result: Change) -> None:
    result.fields.update(confirmed_at=move.at, awaits_judgement=False)


def _dispute(move: Move, result: Change) -> None:
    disputes = move.report.disputes + 1
    result.fields.update(disputes=disputes, confirmed_at=None)
    result.data["count"] = disputes
    if disputes > 1:
        judge_by = due(move.setup.calendar, move.at, JUDGEMENT)
        result.fields.update(awaits_judgement=True, judge_by=judge_by)


def _withdraw(move: Move, result: Change) -> None:
    result.fields["withdrawn_at"] = move.at


EFFECTS: Mapping[Step, Callable[[Move, Change], None]] = {
    Step.ASSIGN: _assign,
    Step.RECATEGORISE: corrections.recategorise,
    Step.RELOCATE: corrections.relocate,
    Step.SCHEDULE: _schedule,
    Step.ASK: _ask,
    Step.REPLY: _reply,
    Step.RESOLVE: _resolve,
    Step.DECLINE: _decline,
    Step.REFER: _refer,
    Step.MERGE: _merge,
    Step.EXTEND: _extend,
    Step.ADD_WORDS: _add_words,
    Step.SUPPORT: _support,
    Step.CONFIRM: _confirm,
    Step.DISPUTE: _dispute,
    Step.WITHDRAW: _withdraw,
    Step.REDACT: removal.redact,
    Step.HIDE: hiding.hide,
    Step.SHOW: hiding.show,
    Step.ASK_REVIEW: hiding.ask_review,
    Step.KEEP_HIDDEN: hiding.keep_hidden,
    Step.ERASE: removal.erase,
}
