"""What `components/map.html` needs to know."""

from dataclasses import dataclass

from django import template
from django.conf import settings
from django.urls import reverse

from hopthu.bodies.configuration import Category
from hopthu.bodies.queries import NoCity, configuration
from hopthu.core.codes import format_number
from hopthu.core.terms import Outcome, Status
from hopthu.web.street_map import sketch, street_map

register = template.Library()


@dataclass(frozen=True)
class StatusCode:
    code: str
    """As a map tile says it."""
    status: str
    outcome: str = ""


@dataclass(frozen=True)
class MapSetup:
    reports: str
    """Address of a tile of reports, with {z}, {x} and {y} to fill in."""
    report: str
    """Address of a report, with {number}."""
    streets: str
    """Address of the operator's own street map, or empty."""
    tiles: str
    """Template of street images on a tile server, or empty."""
    sketch: str
    """Address of the operator's sketch of streets, where there is nothing better, or empty."""
    attribution: str
    """Whom the streets are from (the operator's HTML)."""
    categories: tuple[Category, ...]
    statuses: tuple[StatusCode, ...]


PROTOMAPS = (
    '<a href="https://protomaps.com">Protomaps</a> © '
    '<a href="https://openstreetmap.org/copyright">OpenStreetMap</a>'
)
STATUSES = (
    *(StatusCode(status, status) for status in Status),
    StatusCode(Outcome.DONE, Status.RESOLVED, Outcome.DONE),
    StatusCode(Outcome.ANSWERED, Status.RESOLVED, Outcome.ANSWERED),
)
_NUMBER = "00000000"
"""Stands for any number."""


@register.simple_tag
def map_setup() -> MapSetup:
    own = street_map() is not None
    better = own or settings.MAP_TILES
    return MapSetup(
        reports=reverse("public:tile", args=[0, 0, 0]).replace("0/0/0", "{z}/{x}/{y}"),
        report=reverse("public:report", args=[_NUMBER]).replace(format_number(_NUMBER), "{number}"),
        streets=reverse("public:basemap") if own else "",
        tiles="" if own else settings.MAP_TILES,
        sketch=reverse("public:basemap_sketch") if sketch() and not better else "",
        attribution=settings.MAP_ATTRIBUTION or (PROTOMAPS if own else ""),
        categories=_categories(),
        statuses=STATUSES,
    )


def _categories() -> tuple[Category, ...]:
    try:
        return tuple(configuration().categories.values())
    except NoCity:
        return ()
