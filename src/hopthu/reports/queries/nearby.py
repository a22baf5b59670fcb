"""Reports like the one that somebody is writing."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from operator import or_

from django.db.models import Q

from hopthu.core.geometry import Point, cells_around, distance_m
from hopthu.core.terms import Status
from hopthu.reports.models import Report

RADIUS_M = 100
OPEN_FOR = timedelta(days=365)
CLOSED_FOR = timedelta(days=60)
"""How long a solved report is offered as "still there"."""
LIMIT = 3
CANDIDATES = 200


@dataclass(frozen=True)
class Nearby:
    report: Report
    metres: int


def nearby(point: Point, *, category_id: int, at: datetime) -> list[Nearby]:
    """Public reports of that category around `point`, the nearest first: one query."""
    around = reduce(or_, (Q(cell__gte=lo, cell__lt=hi) for lo, hi in cells_around(point, RADIUS_M)))
    lately = Q(closed_at__isnull=True, received_at__gte=at - OPEN_FOR) | Q(
        status=Status.RESOLVED, closed_at__gte=at - CLOSED_FOR
    )
    rows = (
        Report.objects.public()
        .filter(around, lately, category_id=category_id)
        .select_related("category", "area")
        .order_by("-received_at")[:CANDIDATES]
    )
    found = [
        Nearby(row, round(distance_m(point, row.point))) for row in rows if row.point is not None
    ]
    found = [one for one in found if one.metres <= RADIUS_M]
    return sorted(found, key=lambda one: (one.metres, -one.report.id))[:LIMIT]
