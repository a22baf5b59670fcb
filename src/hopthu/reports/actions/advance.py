"""Moving a report on: the only writer of a report that exists."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from hopthu.bodies.queries import configuration
from hopthu.core import lifecycle
from hopthu.core.limits import MAX_TEXT
from hopthu.core.terms import Need, Role, Step
from hopthu.core.text import clean
from hopthu.people.actors import Actor
from hopthu.record.actions import append
from hopthu.reports.actions import effects, targets
from hopthu.reports.actions.entries import step_entry
from hopthu.reports.actions.given import BadGiven, Given
from hopthu.reports.actions.moves import STAYS, Change, Move, destination
from hopthu.reports.actions.photos import UploadGone, attach
from hopthu.reports.letters import tell_sender
from hopthu.reports.models import Event, Report
from hopthu.reports.situation import situation

TRIES = 5
"""How often a write is tried again when another one came between our reading and writing."""


class SomebodyWasFirst(Exception):
    """The report changed after the actor had read it; `events` are what happened meanwhile."""

    def __init__(self, events: list[Event]) -> None:
        super().__init__(f"{len(events)} newer events")
        self.events = events


class _Raced(Exception):
    """Another transaction wrote the report between our reading and our writing."""


def advance(
    report: Report,
    *,
    step: Step,
    actor: Actor,
    at: datetime,
    given: Given = Given(),  # noqa: B008  frozen
    seen: int | None = None,
) -> Report:
    """Take `step`, and return the report as it stands then.

    In one transaction:
    1. reads the report anew; `SomebodyWasFirst` if somebody of the city or the sender did
       anything after event number `seen` (None: whoever acts does not depend on what they read),
    2. asks `core.lifecycle` (`StepRefused` says what stands in the way),
    3. works out what changes (`BadGiven` where something given does not exist or fit),
    4. writes the report where it is still as read, and adds the event,
    5. appends the step's entry to the public record,
    6. puts a letter to the sender into the outbox, if they left an address.

    Times never run backwards: a step is never dated before the one that came before it.
    """
    if len(given.words) > MAX_TEXT * 2:
        raise BadGiven(Need.WORDS, "too_long")
    for _ in range(TRIES):
        try:
            with transaction.atomic():
                return _advance(report.pk, step, actor, at, given, seen)
        except _Raced:
            continue
    raise SomebodyWasFirst([])


def _advance(
    pk: int, step: Step, actor: Actor, at: datetime, given: Given, seen: int | None
) -> Report:
    if step is Step.MERGE:
        targets.lock(pk, given.target)
    # Where the database has many writers they take turns, however many neighbours tap at once.
    rows = Report.objects.select_for_update(of=("self",), no_key=True)
    report = rows.select_related("category", "area").get(pk=pk)
    _check_seen(report, seen)
    at = max(at, report.updated_at)
    move = Move(
        report=report,
        step=step,
        at=at,
        given=_cleaned(given),
        setup=configuration(),
        actor=actor,
    )
    moves_to = destination(move)
    decision = lifecycle.decide(
        step,
        situation(report, actor, at=at, leaves_body=moves_to is not STAYS),
        roles=actor.roles,
        given=move.given.by_need(),
    )
    change = effects.change(move, decision, moves_to)
    event = _event(report, step, actor, decision, change, at)
    due_before = report.resolve_by
    _write(report, change.fields, at)
    entry = step_entry(report, event, change, move.setup, due_before=due_before)
    event.save(force_insert=True)
    try:
        attach(move.given.uploads, report=report, event=event)
    except UploadGone as gone:
        raise BadGiven(Need.WORDS, "photo_gone") from gone
    change.after()
    append(entry.entry, report=entry.report, seq=entry.seq)
    tell_sender(report, event)
    return report


def _check_seen(report: Report, seen: int | None) -> None:
    if seen is None or report.seq <= seen:
        return
    newer = list(report.events.filter(seq__gt=seen).exclude(role=Role.NEIGHBOUR))
    if newer:
        raise SomebodyWasFirst(newer)


def _cleaned(given: Given) -> Given:
    return replace(given, words=clean(given.words, limit=MAX_TEXT))


def _write(report: Report, changed: dict[str, object], at: datetime) -> None:
    """Write where the report is still as it was read; 0 rows: somebody was first."""
    changed = {**changed, "seq": report.seq + 1, "updated_at": at}
    rows = Report.objects.filter(pk=report.pk, seq=report.seq).update(**changed)
    if rows == 0:
        raise _Raced
    for name, value in changed.items():
        setattr(report, name, value)


def _event(
    report: Report,
    step: Step,
    actor: Actor,
    decision: lifecycle.Decision,
    change: Change,
    at: datetime,
) -> Event:
    return Event(
        report=report,
        seq=report.seq + 1,
        kind=step,
        at=at,
        role=decision.role,
        staff_id=actor.staff_id,
        body_id=report.body_id,
        status=decision.status,
        words=change.words,
        data=change.data,
    )
