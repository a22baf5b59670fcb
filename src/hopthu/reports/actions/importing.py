"""Taking in a city's earlier reports, with what happened when kept as it was."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from hopthu.bodies.configuration import Category, Configuration
from hopthu.core.geometry import OutsideCity
from hopthu.core.georeport import SourceReport
from hopthu.core.terms import Outcome, Role, Status, Step
from hopthu.people.actors import SENDER
from hopthu.record.actions import Pending, append_many
from hopthu.reports.actions.receive import build, received_event
from hopthu.reports.intake import (
    BadIntake,
    Checked,
    Intake,
    Place,
    Problem,
    place_of,
    place_problems,
    text_problems,
)
from hopthu.reports.models import Event, Report
from hopthu.reports.recording import facts_of, make_entry, received_entry

TRIES = 3
"""How often a batch is tried when one of its new numbers turns out to be taken."""


@dataclass(frozen=True)
class Import:
    """An earlier report that the city can take."""

    source: SourceReport
    checked: Checked


def check_import(source: SourceReport, category: Category, setup: Configuration) -> Import:
    """Raises `BadIntake` with every problem at once.

    Earlier reports came in under other rules: the questions of the category are not asked of
    them, and where it wants an area, the point tells which.
    """
    place = _place(source, category, setup)
    intake = Intake(category=category.code, place=place, text=source.text)
    problems = (*text_problems(intake), *place_problems(place, category, setup))
    if problems:
        raise BadIntake(problems)
    checked = Checked(
        category=category,
        place=place_of(place, category, setup),
        text=source.text,
        details={},
        uploads=(),
        private=category.private,
        concerned=None,
    )
    return Import(source, checked)


def import_batch(batch: Sequence[Import], setup: Configuration) -> int:
    """Take in those of `batch` that are not here yet, and return how many those were.

    1. drops what was imported before, by the id that it had where it came from,
    2. writes the reports: no follow-up code, as nobody here ever had one,
    3. writes their events at the times of then: received, and closed with the answer of then,
    4. appends the entry of each event to the public record.

    All in one transaction with a fixed number of queries, so that an import may be broken off
    anywhere and started again.
    """
    for _ in range(TRIES - 1):
        try:
            return _import(batch, setup)
        except IntegrityError:
            continue
    return _import(batch, setup)


@transaction.atomic
def _import(batch: Sequence[Import], setup: Configuration) -> int:
    fresh = _not_here_yet(batch)
    reports = [_report(one, setup) for one in fresh]
    Report.objects.bulk_create(reports)
    events: list[Event] = []
    entries: list[Pending] = []
    for one, report in zip(fresh, reports, strict=True):
        received, *closed = _events(one.source, report)
        entries.append(received_entry(report, received, setup, photos=0))
        entries += [
            make_entry(report, event, setup, facts=facts_of(event), values={}) for event in closed
        ]
        events += [received, *closed]
    Event.objects.bulk_create(events)
    append_many(entries)
    return len(fresh)


def _not_here_yet(batch: Sequence[Import]) -> list[Import]:
    by_id = {one.source.source_id: one for one in reversed(batch)}
    here = already_imported(by_id)
    return [one for source_id, one in reversed(by_id.items()) if source_id not in here]


def already_imported(source_ids: Iterable[str]) -> set[str]:
    """Those of the ids whose reports are here."""
    known = Report.objects.filter(source_id__in=list(source_ids))
    return {str(source_id) for source_id in known.values_list("source_id", flat=True)}


def _report(one: Import, setup: Configuration) -> Report:
    source = one.source
    report = build(one.checked, setup, at=source.requested_at, source=Report.Source.IMPORT)
    report.source_id = source.source_id
    if source.status == "closed":
        report.status = Status.RESOLVED
        report.outcome = Outcome.ANSWERED
        report.acknowledged_at = report.closed_at = report.updated_at = source.updated_at
        report.seq = 2
    return report


def _events(source: SourceReport, report: Report) -> list[Event]:
    received = received_event(report, SENDER)
    received.status = Status.RECEIVED
    if source.status != "closed":
        return [received]
    closed = Event(
        report=report,
        seq=2,
        kind=Step.RESOLVE,
        at=source.updated_at,
        role=Role.OFFICER,
        body_id=report.body_id,
        status=Status.RESOLVED,
        words=source.status_notes or gettext("The earlier system kept no answer."),
        data={"outcome": Outcome.ANSWERED},
    )
    return [received, closed]


def _place(source: SourceReport, category: Category, setup: Configuration) -> Place:
    if category.place != "area" or source.point is None:
        return Place(point=source.point, landmark=source.address)
    try:
        area = setup.area_index.locate(source.point).area
    except OutsideCity as error:
        problem = Problem("lat", "outside_city", round(error.distance_m))
        raise BadIntake((problem,)) from error
    return Place(area=area, landmark=source.address)
