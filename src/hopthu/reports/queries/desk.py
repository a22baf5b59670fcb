"""What the staff may read, and one report as the desk shows it.

Nothing here tells who wrote a report: the city does not know it.
"""

from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q

from hopthu.core.geometry import cells_around, distance_m
from hopthu.core.terms import Role
from hopthu.people.actors import Actor
from hopthu.reports.models import Event, Note, Photo, Report
from hopthu.reports.queries.nearby import Nearby
from hopthu.reports.queries.reading import told

CANDIDATE_RADIUS_M = 250
CANDIDATES = 5
SCANNED = 200
ACTS_FOR_THE_CITY = frozenset({Role.DISPATCHER, Role.MODERATOR})
READS_HIDDEN = ACTS_FOR_THE_CITY | {Role.ADMINISTRATOR}


class NotReadable(Exception):
    """No such report, or not for this reader: the two are never told apart."""


@dataclass(frozen=True)
class Folder:
    """A report with all that lies in its folder at the desk."""

    report: Report
    events: list[Event]
    photos: list[Photo]
    notes: list[Note]
    inside: bool
    """The reader has to do with this report: sees notes, held photos, answers kept private."""


def readable(actor: Actor) -> Q:
    """The reports that `actor` may open.

    A private one only the body in charge, and the dispatcher while no body has it. A hidden one
    also those who look after the whole city. Any other one is public already.
    """
    allowed = Q(body__in=actor.own_bodies)
    if Role.DISPATCHER in actor.roles:
        allowed |= Q(body__isnull=True)
    public = Q(private=False)
    if not READS_HIDDEN & actor.roles:
        public &= Q(visibility=Report.Visibility.PUBLIC)
    return allowed | public if actor.roles else Q(pk__in=[])


def works_on(report: Report, actor: Actor) -> bool:
    """Whether `actor` has to do with a report that they may open."""
    return report.body_id in actor.own_bodies or bool(ACTS_FOR_THE_CITY & actor.roles)


def find(number: str, actor: Actor) -> Report:
    """Raises `NotReadable`."""
    report = (
        Report.objects.filter(readable(actor), number=number)
        .select_related(
            *("category", "area", "body", "concerned", "assignee", "merged_into"),
            "proposal__staff",
        )
        .first()
    )
    if report is None:
        raise NotReadable(number)
    return report


def taken_down(number: str) -> Report:
    """What a clerk is told of the report just taken down: not its text, if it is private."""
    rows = Report.objects.select_related("category", "body").defer("text", "details")
    return rows.get(number=number)


def folder(report: Report, actor: Actor) -> Folder:
    """All about a report that `find` gave: three queries, two for a reader from elsewhere."""
    inside = works_on(report, actor)
    photos = report.photos.all()
    if not inside:
        photos = photos.filter(state=Photo.State.PUBLISHED)
    return Folder(
        report=report,
        events=list(told(report.events.all()).select_related("body", "staff")),
        photos=list(photos),
        notes=list(report.notes.select_related("staff")) if inside else [],
        inside=inside,
    )


def newer_events(report: Report, seen: int) -> list[Event]:
    """What happened after event number `seen`."""
    return list(report.events.filter(seq__gt=seen).select_related("body", "staff"))


def merge_candidates(report: Report, actor: Actor) -> list[Nearby]:
    """Open reports that may be about the same thing: near, of the same kind and visibility.

    Only those that `actor` may open.

    Without a point: those of the same area, the oldest first, as that one is kept.
    """
    rows = Report.objects.open().filter(
        readable(actor),
        category_id=report.category_id,
        visibility=report.visibility,
        private=report.private,
    )
    rows = rows.exclude(pk=report.pk).select_related("category", "area")
    point = report.point
    if report.area_id is None:
        return []
    if point is None:
        same = rows.filter(area_id=report.area_id).order_by("received_at", "id")
        return [Nearby(row, 0) for row in same[:CANDIDATES]]
    ranges = cells_around(point, CANDIDATE_RADIUS_M)
    around = reduce(or_, (Q(cell__gte=lo, cell__lt=hi) for lo, hi in ranges))
    found = [
        Nearby(row, round(distance_m(point, row.point)))
        for row in rows.filter(around).order_by("-received_at")[:SCANNED]
        if row.point is not None
    ]
    found = [one for one in found if one.metres <= CANDIDATE_RADIUS_M]
    return sorted(found, key=lambda one: (one.metres, one.report.received_at))[:CANDIDATES]


def next_in_queue(report: Report, actor: Actor) -> str | None:
    """Number of the report of one's bodies that is due next after `report`."""
    later = Q(resolve_by__gt=report.resolve_by) | Q(resolve_by=report.resolve_by, id__gt=report.pk)
    return (
        Report.objects.open()
        .filter(later, body__in=actor.own_bodies, resolve_by__gte=report.resolve_by)
        .order_by("resolve_by", "id")
        .values_list("number", flat=True)
        .first()
    )
