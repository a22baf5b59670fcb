"""One report as the public reads it, and what else is shown of reports on public pages."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet

from hopthu.core.terms import Status, Step
from hopthu.reports.models import Event, Photo, Report, Residue


@dataclass(frozen=True)
class Reading:
    report: Report
    events: list[Event]
    photos: list[Photo]
    """Those with `event_id` belong to that step, the rest to the report itself."""
    merged: int
    """How many other reports are merged into this one."""


@dataclass(frozen=True)
class StandsAt:
    """All that a kept page needs to know."""

    seq: int
    """The report's newest event."""
    left: int
    """How often words were taken away from any report (`reports.residue`)."""


def stands_at(number: str) -> StandsAt | None:
    """In plain SQL, as building the query costs more than running it. None: no report."""
    residue, report = Residue._meta.db_table, Report._meta.db_table
    left = f'COALESCE((SELECT "left" FROM {residue}), 0)'  # noqa: S608  our own tables
    select = f"SELECT seq, {left} FROM {report} WHERE number = %s"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(select, [number])
        row = cursor.fetchone()
    return StandsAt(*row) if row else None


def reading(number: str, *, held_photos: bool = False) -> Reading:
    """Everything about a report for one page, in four queries. Raises `Report.DoesNotExist`.

    The caller decides what a reader may see of a private or hidden one.
    """
    report = (
        Report.objects.select_related(
            "category", "area", "body", "concerned", "merged_into", "assignee"
        )
        .defer("area__shape")
        .get(number=number)
    )
    photos = report.photos.all()
    if not held_photos:
        photos = photos.filter(state=Photo.State.PUBLISHED)
    return Reading(
        report=report,
        events=list(told(report.events.all()).select_related("body")),
        photos=list(photos),
        merged=report.merged.count(),
    )


def told(events: QuerySet[Event]) -> QuerySet[Event]:
    """Those that a page tells of one by one: neighbours are only counted, and may be thousands."""
    return events.exclude(kind=Step.SUPPORT)


def lately_solved(limit: int = 4, *, area_id: int | None = None) -> list[Report]:
    """Public reports that the city lately solved, newest first."""
    rows = Report.objects.public().filter(status=Status.RESOLVED)
    if area_id is not None:
        rows = rows.filter(area_id=area_id)
    rows = rows.select_related("category", "area", "body").defer("area__shape", "search_text")
    return list(rows.order_by("-closed_at")[:limit])


def published_photo(name: str) -> Photo | None:
    """The photo of that name if everybody may see it: with the report, it is taken back."""
    photos = Photo.objects.filter(
        name=name,
        state=Photo.State.PUBLISHED,
        report__visibility=Report.Visibility.PUBLIC,
    )
    return photos.exclude(report__status=Status.WITHDRAWN).first()
