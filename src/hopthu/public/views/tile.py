"""`/tiles/reports/<z>/<x>/<y>.json?category=&area=&status=`: what the map of reports shows there.

{"spots": [[number, lat, lon, category, status, day, words], …],
 "clusters": [[lat, lon, count], …], "more": whether there are more spots than told}
"""

import json
import time
from collections.abc import Container
from datetime import tzinfo

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from hopthu.bodies.configuration import Configuration
from hopthu.bodies.queries import NoCity, configuration
from hopthu.core.geometry import BadTile
from hopthu.public.data import data_response
from hopthu.reports.queries import map as report_map
from hopthu.reports.queries.listing import STATUS_FILTERS
from hopthu.web.page_cache import Page, PageCache

MAX_AGE = 30
"""Seconds that a reader keeps a tile."""
COUNTED = 60
"""Seconds that counts are kept here: a tile of the whole city reads the whole index."""

counted: PageCache[report_map.Counted] = PageCache(max_bytes=4 * 1024 * 1024)


@require_safe
def tile(request: HttpRequest, z: int, x: int, y: int) -> HttpResponse:
    try:
        setup = configuration()
        page = _tile(z, x, y, _filter(request, setup), setup)
    except (NoCity, BadTile) as error:
        raise Http404 from error
    return data_response(request, page, content_type="application/json", max_age=MAX_AGE)


def _tile(z: int, x: int, y: int, only: report_map.MapFilter, setup: Configuration) -> Page:
    if z > report_map.MAX_ZOOM:
        raise BadTile(f"{z}/{x}/{y}")
    if z < report_map.CORNERS:
        found = report_map.from_afar(_counted(z, x, y, only, setup), only, setup)
    else:
        found = report_map.tile(z, x, y, only, setup)
    return Page.of(_written(found, setup.calendar.tz))


def _counted(
    z: int, x: int, y: int, only: report_map.MapFilter, setup: Configuration
) -> report_map.Counted:
    version = f"{setup.version}-{time.monotonic() // COUNTED:.0f}"
    counted.keep_only(version)
    known = counted.get((z, x, y, only), version)
    if known is None:
        known = report_map.count(z, x, y, only, setup)
        if known.clusters:
            counted.put((z, x, y, only), version, known, version)
    return known


def _filter(request: HttpRequest, setup: Configuration) -> report_map.MapFilter:
    """What the list would filter by; nothing unknown, so that nobody fills the memory with it."""

    def chosen(name: str, known: Container[str]) -> str:
        value = request.GET.get(name, "")
        return value if value in known else ""

    return report_map.MapFilter(
        category=chosen("category", setup.categories),
        area=chosen("area", setup.areas),
        status=chosen("status", STATUS_FILTERS),
    )


def _written(found: report_map.Tile, tz: tzinfo) -> bytes:
    spots = [
        (
            spot.number,
            spot.point.lat,
            spot.point.lon,
            spot.category,
            spot.status,
            timezone.localdate(spot.received_at, tz).isoformat(),
            spot.words,
        )
        for spot in found.spots
    ]
    clusters = [
        (round(cluster.point.lat, 5), round(cluster.point.lon, 5), cluster.count)
        for cluster in found.clusters
    ]
    content = {"spots": spots, "clusters": clusters, "more": found.more}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
