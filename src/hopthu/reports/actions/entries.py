"""The entry of a step in the public record, and the salts that end with the step."""

from collections.abc import Collection
from datetime import datetime

from hopthu.bodies.configuration import Configuration
from hopthu.core.canonical import Json
from hopthu.core.entries import EntryTooLong
from hopthu.core.terms import Need, Step
from hopthu.record.actions import Pending
from hopthu.reports.actions.given import BadGiven
from hopthu.reports.actions.moves import Change
from hopthu.reports.models import Event, Report
from hopthu.reports.recording import due, facts_of, make_entry
from hopthu.reports.values import of_report


def step_entry(
    report: Report, event: Event, change: Change, setup: Configuration, *, due_before: datetime
) -> Pending:
    """The entry of a step that is written, but for its event; the salts are put on the event.

    Raises `BadGiven` for a passage that stands in more texts than an entry can name.
    """
    slots = change.again | change.struck.keys()
    replaced = forget(report, slots | change.erased)
    # Where a slot was committed to and nothing is left of it, nothing is its value from now on.
    now = of_report(report)
    values = {slot: now[slot] for slot in change.again if now[slot] or slot in replaced}
    facts: dict[str, Json] = facts_of(event)
    if event.kind == Step.REDACT:
        facts["replaces"] = [*sorted(slots)]
    if event.kind == Step.ERASE:
        facts["erased"] = [*sorted(replaced)]
    if report.resolve_by != due_before:
        facts["due"] = due(report)
    try:
        return make_entry(report, event, setup, facts=facts, values={**values, **change.struck})
    except EntryTooLong as error:
        raise BadGiven(Need.PASSAGE, "too_often") from error


def forget(report: Report, slots: Collection[str]) -> set[str]:
    """Delete the salts of `slots`, and return those of `slots` that were committed to.

    What was committed to under them can still be guessed at, and never be shown again.
    """
    if not slots:
        return set()
    found: set[str] = set()
    changed = []
    for event in report.events.exclude(kind=Step.SUPPORT).only("salts"):
        gone = event.salts.keys() & set(slots)
        if gone:
            event.salts = {slot: salt for slot, salt in event.salts.items() if slot not in gone}
            changed.append(event)
            found |= gone
    Event.objects.bulk_update(changed, ["salts"])
    return found
