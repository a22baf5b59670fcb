"""`/areas.geojson`: the city's areas, simple enough to draw on a phone.

Each feature has `code`, `name` (by language) and `label` ([lon, lat], a place inside for the name).
"""

import json
from typing import Any

import shapely
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

from hopthu.bodies.configuration import Configuration
from hopthu.bodies.queries import NoCity, configuration
from hopthu.public.data import data_response
from hopthu.web.page_cache import Page

MAX_AGE = 300
FINEST_M, COARSEST_M = 5, 50
"""How far a simplified border may lie from the true one."""
STEPS = 2_500
"""Of which the diagonal of the city is one border's step: finer is not seen on a screen."""

_METRES_PER_DEGREE = 111_195
_written: tuple[Configuration, Page] | None = None


@require_safe
def areas_geojson(request: HttpRequest) -> HttpResponse:
    try:
        page = _areas(configuration())
    except NoCity as error:
        raise Http404 from error
    return data_response(request, page, content_type="application/geo+json", max_age=MAX_AGE)


def _areas(setup: Configuration) -> Page:
    """Written once for each version of the set-up."""
    global _written
    if _written is None or _written[0] is not setup:
        features = _features(setup) if setup.areas else []
        collection = {"type": "FeatureCollection", "features": features}
        body = json.dumps(collection, ensure_ascii=False, separators=(",", ":")).encode()
        _written = (setup, Page.of(body))
    return _written[1]


def _features(setup: Configuration) -> list[dict[str, Any]]:
    codes = list(setup.areas)
    borders = _simplified([shape(setup.shapes[code]) for code in codes])
    return [
        {
            "type": "Feature",
            "properties": {
                "code": code,
                "name": setup.areas[code].name,
                "label": _rounded(border.representative_point().coords[0]),
            },
            "geometry": {"type": border.geom_type, "coordinates": _rounded(mapping(border))},
        }
        for code, border in zip(codes, borders, strict=True)
    ]


def _simplified(borders: list[BaseGeometry]) -> list[BaseGeometry]:
    """The borders with fewer corners; what two neighbours share stays the same for both."""
    west, south, east, north = shapely.total_bounds(borders)
    metres = _METRES_PER_DEGREE * ((east - west) ** 2 + (north - south) ** 2) ** 0.5
    tolerance = min(max(metres / STEPS, FINEST_M), COARSEST_M) / _METRES_PER_DEGREE
    valid = [shapely.make_valid(each, method="structure") for each in borders]
    return list(shapely.coverage_simplify(valid, tolerance))


def _rounded(coordinates: Any) -> Any:
    """To 1 m, whatever the nesting."""
    if isinstance(coordinates, dict):
        return _rounded(coordinates["coordinates"])
    if isinstance(coordinates, float):
        return round(coordinates, 5)
    return [_rounded(each) for each in coordinates]
