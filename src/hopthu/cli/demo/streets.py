"""Streets of Sông Mây: along the river, away from it, and over the island."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shapely import LineString, get_parts, transform
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from hopthu.cli.demo.land import CHANNEL, ISLAND, Land
from hopthu.core.geometry import Point

CENTER = Point(10.02, 106.03)
"""Rice fields in the Mekong delta; the city's name and borders belong to no real place."""
METRES_PER_DEGREE = 111_320.0
QUAY = 2 * CHANNEL
"""How far from the river's middle the first street runs."""


@dataclass(frozen=True)
class Street:
    name: str
    """As one says it after "ở": with đường, lộ or hẻm before it."""
    ward: str
    landmarks: tuple[str, ...]
    path: LineString
    """In metres."""

    def at(self, share: float) -> Point:
        """The point after `share` (0 to 1) of its length."""
        spot = self.path.interpolate(share, normalized=True)
        lon, lat = _degrees(spot.x, spot.y)
        return Point(lat=lat, lon=lon)


def lay(land: Land, wards: Sequence[Mapping[str, Any]]) -> tuple[Street, ...]:
    """The streets that `wards` (of `city.toml`) names, where the land has room for them."""
    streets = []
    for ward in wards:
        shape = land.wards[ward["code"]].buffer(-60)
        paths = _island_paths(land) if ward["code"] == ISLAND else _bank_paths(land, shape)
        for street in ward["streets"]:
            path = _longest(next(paths), shape)
            streets.append(Street(street["name"], ward["code"], tuple(street["landmarks"]), path))
    return tuple(streets)


def geojson(shape: BaseGeometry) -> dict[str, object]:
    """The shape in degrees, as GeoJSON geometry."""
    return dict(mapping(transform(shape, _all_degrees)))


def _bank_paths(land: Land, shape: BaseGeometry) -> Iterator[BaseGeometry]:
    """First along the water, then away from it in turn with the next one along."""
    side = 1 if land.course.distance(shape.centroid) and _is_left(land.course, shape) else -1
    for turn in range(12):
        along = land.course.offset_curve(side * (QUAY + 520 * turn))
        yield along
        yield _away(land.course, shape, side, share=(0.5, 0.25, 0.75, 0.4)[turn % 4])


def _is_left(course: LineString, shape: BaseGeometry) -> bool:
    left = course.offset_curve(QUAY)
    right = course.offset_curve(-QUAY)
    return bool(shape.centroid.distance(left) < shape.centroid.distance(right))


def _away(course: LineString, shape: BaseGeometry, side: int, share: float) -> LineString:
    west, _, east, _ = shape.bounds
    x = west + (east - west) * share
    foot = min(
        (course.interpolate(step * 40.0) for step in range(int(course.length / 40))),
        key=lambda spot: abs(spot.x - x),
    )
    points = []
    for step in range(60):
        far = CHANNEL + step * 90.0
        points.append((foot.x + 40 * math.sin(far / 500 + share * 9), foot.y + side * far))
    return LineString(points)


def _island_paths(land: Land) -> Iterator[BaseGeometry]:
    yield land.course
    yield LineString(land.island.buffer(-110).exterior.coords)


def _longest(path: BaseGeometry, shape: BaseGeometry) -> LineString:
    pieces = [p for p in get_parts(path.intersection(shape)) if isinstance(p, LineString)]
    return max(pieces, key=lambda piece: piece.length)


def _degrees(x: float, y: float) -> tuple[float, float]:
    narrow = math.cos(math.radians(CENTER.lat))
    lon = CENTER.lon + x / (METRES_PER_DEGREE * narrow)
    return round(lon, 6), round(CENTER.lat + y / METRES_PER_DEGREE, 6)


def _all_degrees(points: Any) -> Any:
    return [_degrees(x, y) for x, y in points]
