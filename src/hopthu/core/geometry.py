"""Places: which area of the city a point lies in.

Points and cells are in `hopthu.core.cells` and may be imported from here as well.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import shapely
from shapely.affinity import scale
from shapely.errors import ShapelyError
from shapely.geometry import shape as read_shape
from shapely.geometry.base import BaseGeometry

from hopthu.core.cells import (
    EARTH_RADIUS_M,
    BadCoordinates,
    BadTile,
    Point,
    cell,
    cell_point,
    cells_around,
    distance_m,
    parse_point,
    round_to_10m,
    tile_cells,
)

__all__ = [
    "AreaIndex",
    "BadCoordinates",
    "BadShape",
    "BadTile",
    "Located",
    "OutsideCity",
    "Point",
    "cell",
    "cell_point",
    "cells_around",
    "distance_m",
    "parse_point",
    "round_to_10m",
    "tile_cells",
]

BORDER_M = 30.0
"""This near to a border both areas see a report."""
REACH_M = 200.0
"""This far outside every area (a bridge, a quay, a gap between two borders) the nearest has it."""

_WORLD = (-180.0, -90.0, 180.0, 90.0)


class BadShape(ValueError):
    """The border of an area cannot be used."""

    def __init__(self, area: str, why: str) -> None:
        super().__init__(f"{area}: {why}")
        self.area = area
        self.why = why


class OutsideCity(Exception):
    """The point lies further than `REACH_M` from every area.

    `swapped` says that latitude and longitude exchanged would lie in the city.
    """

    def __init__(self, distance_m: float, swapped: bool) -> None:
        super().__init__(f"{distance_m:.0f} m from the city")
        self.distance_m = distance_m
        self.swapped = swapped


@dataclass(frozen=True)
class Located:
    area: str
    also: tuple[str, ...] = ()
    """Other areas within 30 m, nearest first."""


class AreaIndex:
    """The areas of one city in memory.

    Distances are measured on a plane that touches the middle of the city (equirectangular), right
    to 1 % over 50 km at the latitude of Boston and far better near the equator: ample for 30 m.
    Borders that overlap or leave a gap are taken as they are: the first of two areas that hold a
    point has it, the nearest of two that do not.
    """

    def __init__(self, shapes: Mapping[str, Mapping[str, Any]]) -> None:
        """`shapes`: area code → GeoJSON Polygon or MultiPolygon. Raises BadShape."""
        degrees = [_read(code, shape) for code, shape in shapes.items()]
        self.bbox: tuple[float, float, float, float] = _WORLD
        """West, south, east, north; the whole world while the city has no area."""
        if degrees:
            west, south, east, north = map(float, shapely.total_bounds(degrees))
            self.bbox = west, south, east, north
        self._codes = tuple(shapes)
        self._north = math.radians(1) * EARTH_RADIUS_M
        self._east = self._north * math.cos(math.radians((self.bbox[1] + self.bbox[3]) / 2))
        self._plane = [self._flat(each) for each in degrees]
        shapely.prepare(self._plane)
        self._tree = shapely.STRtree(self._plane)
        # A report is checked more than once on its way in, each time at the same point.
        self._find = lru_cache(maxsize=64)(self._search)

    def locate(self, point: Point) -> Located:
        """The area that a report at `point` belongs to. Raises OutsideCity."""
        found = self._find(point)
        if found is None:
            swapped = abs(point.lon) <= 90 and self._find(Point(point.lon, point.lat)) is not None
            raise OutsideCity(self._distance(point), swapped)
        return found

    def _search(self, point: Point) -> Located | None:
        spot = self._spot(point)
        near = sorted(self._within(spot, BORDER_M))
        if near:
            return Located(
                self._codes[near[0][1]], tuple(self._codes[each] for _, each in near[1:])
            )
        far = min(self._within(spot, REACH_M), default=None)
        return Located(self._codes[far[1]]) if far else None

    def _within(self, spot: BaseGeometry, metres: float) -> Iterator[tuple[float, int]]:
        """Distance and position of the areas at most so far away, in no order."""
        for position in self._tree.query(spot, predicate="dwithin", distance=metres).tolist():
            yield float(shapely.distance(self._plane[position], spot)), position

    def _distance(self, point: Point) -> float:
        spot = self._spot(point)
        distances = (float(shapely.distance(each, spot)) for each in self._plane)
        return min(distances, default=math.inf)

    def _spot(self, point: Point) -> shapely.Point:
        return shapely.Point(point.lon * self._east, point.lat * self._north)

    def _flat(self, border: BaseGeometry) -> BaseGeometry:
        return scale(border, self._east, self._north, origin=(0, 0))


def _read(code: str, geojson: Mapping[str, Any]) -> BaseGeometry:
    if geojson.get("type") not in ("Polygon", "MultiPolygon"):
        raise BadShape(code, "neither Polygon nor MultiPolygon")
    if not all(map(_is_number, _flattened(geojson.get("coordinates")))):
        raise BadShape(code, "coordinates that are not numbers")
    try:
        border = read_shape(dict(geojson))
    except (ShapelyError, KeyError, TypeError, ValueError, IndexError) as error:
        raise BadShape(code, "coordinates that make no polygon") from error
    if border.is_empty:
        raise BadShape(code, "empty")
    west, south, east, north = border.bounds
    if not (west >= -180 and south >= -90 and east <= 180 and north <= 90):
        raise BadShape(code, "coordinates that are not degrees (WGS 84)")
    # Simplified borders cross themselves here and there.
    return border if border.is_valid else shapely.make_valid(border)


def _flattened(coordinates: object) -> Iterator[object]:
    if isinstance(coordinates, list | tuple):
        for each in coordinates:
            yield from _flattened(each)
    else:
        yield coordinates


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and math.isfinite(value)
