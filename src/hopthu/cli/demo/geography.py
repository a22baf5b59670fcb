"""The land of Sông Mây: a river with an island, six wards along it, and the streets in them.

All of it grows from one seed. The wards tile the city: they are cut out of one outline by shared
lines, so that two neighbours meet in the very same corners, as `coverage_is_valid` confirms.
Distances are in metres around `CENTER`; only what leaves this module is in degrees.
"""

import math
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from shapely import (
    LineString,
    MultiLineString,
    Polygon,
    coverage_is_valid,
    get_parts,
    line_merge,
    polygonize,
    unary_union,
)
from shapely import Point as Spot
from shapely.affinity import scale

from hopthu.core.geometry import Point

CENTER = Point(10.02, 106.03)
"""Rice fields in the Mekong delta, far from the border of any real city."""
METRES_PER_DEGREE = 111_320.0
RIVER_WIDTH = 260.0
BANKS = {
    "north": ("ben-lua", "cho-cu", "vam-may"),
    "south": ("rach-sen", "tan-lo"),
    "island": ("con-say",),
}
"""Wards from upstream to downstream."""


@dataclass(frozen=True)
class Street:
    name: str
    ward: str
    landmarks: tuple[str, ...]
    path: tuple[Point, ...]


@dataclass(frozen=True)
class Land:
    shapes: Mapping[str, dict[str, object]]
    """GeoJSON polygon by ward code."""
    river: dict[str, object]
    streets: tuple[Street, ...]


def grow(seed: int, wards: Sequence[Mapping[str, object]]) -> Land:
    """The land for `seed`; `wards` names the streets of each ward (see `city.toml`)."""
    rng = random.Random(seed)
    course = _river(rng)
    island = _island(course)
    polygons = _cut(_outline(rng), course, island, rng)
    river = _water(course, island)
    streets: list[Street] = []
    for ward in wards:
        code = str(ward["code"])
        streets += _streets(code, ward["streets"], polygons[code], course, river, island)  # type: ignore[arg-type]
    shapes = {code: _geojson(polygon) for code, polygon in polygons.items()}
    return Land(shapes, _geojson(river), tuple(streets))


def along(street: Street, share: float) -> Point:
    """The point after `share` (0 to 1) of the street's length."""
    line = LineString([(p.lon, p.lat) for p in street.path])
    spot = line.interpolate(share, normalized=True)
    return Point(round(spot.y, 6), round(spot.x, 6))


def _river(rng: random.Random) -> LineString:
    """A slow river from the north-west to the south-east, in two overlaid bends."""
    first, second = rng.uniform(0.0, 0.8), rng.uniform(0.0, 0.8)
    points = []
    for step in range(-60, 61):
        x = step * 150.0
        bend = 620 * math.sin(x / 2300 + first) + 160 * math.sin(x / 790 + second)
        points.append((x, bend - 0.16 * x))
    return LineString(points)


def _island(course: LineString) -> Polygon:
    """A long island in the widest bend, pointed like all islands of the delta."""
    middle = course.project(Spot(900.0, course.centroid.y))
    spine = [course.interpolate(middle + step * 110.0) for step in range(-13, 14)]
    left, right = [], []
    for index, (here, there) in enumerate(zip(spine, spine[1:], strict=False)):
        half = 470 * math.sin(math.pi * (index + 0.5) / (len(spine) - 1)) ** 0.8
        run, rise = there.x - here.x, there.y - here.y
        length = math.hypot(run, rise)
        left.append((here.x - rise / length * half, here.y + run / length * half))
        right.append((here.x + rise / length * half, here.y - run / length * half))
    return Polygon([spine[0], *left, spine[-1], *reversed(right)]).buffer(60).simplify(4)


def _outline(rng: random.Random) -> Polygon:
    """Where the city ends: an uneven round, wider along the river."""
    waves = [(k, rng.uniform(0, math.tau), rng.uniform(0.02, 0.09) / k**0.3) for k in range(2, 9)]
    points = []
    for step in range(180):
        turn = math.tau * step / 180
        reach = 1 + sum(size * math.sin(k * turn + start) for k, start, size in waves)
        points.append((5200 * reach * math.cos(turn), 3700 * reach * math.sin(turn)))
    return Polygon(points)


def _cut(
    outline: Polygon, course: LineString, island: Polygon, rng: random.Random
) -> dict[str, Polygon]:
    """Cut the outline along the river, around the island's water, and along old canals."""
    water = island.buffer(RIVER_WIDTH * 0.45)
    canals = [_canal(course, x, north, rng) for x, north in _CANALS]
    lines = unary_union(
        [outline.exterior, course.difference(water), water.exterior, *canals]
    )
    pieces = [p for p in get_parts(polygonize([*get_parts(lines)])) if outline.contains(_inside(p))]
    return _name(pieces, course, water)


_CANALS = ((-1700.0, True), (1900.0, True), (150.0, False))


def _canal(course: LineString, x: float, north: bool, rng: random.Random) -> LineString:
    """A crooked line from the river away to beyond the outline."""
    start = course.interpolate(course.project(Spot(x, course.centroid.y)))
    sign = 1 if north else -1
    lean, sway = rng.uniform(-0.25, 0.25), rng.uniform(0.6, 1.4)
    points = [(start.x, start.y)]
    for step in range(1, 60):
        away = step * 110.0
        drift = lean * away + 90 * math.sin(away / (420 * sway)) + rng.uniform(-14, 14)
        points.append((start.x + drift, start.y + sign * away))
    return LineString(points)


def _name(pieces: Iterable[Polygon], course: LineString, water: Polygon) -> dict[str, Polygon]:
    """Give each piece to its ward; crumbs between two lines join the neighbour they touch most."""
    named: dict[str, Polygon] = {}
    crumbs = []
    sides: dict[str, list[Polygon]] = {"north": [], "south": [], "island": []}
    for piece in sorted(pieces, key=lambda one: -one.area):
        if piece.area < 400_000:
            crumbs.append(piece)
        elif water.contains(_inside(piece)):
            sides["island"].append(piece)
        else:
            sides["north" if _is_north(_inside(piece), course) else "south"].append(piece)
    for side, wards in BANKS.items():
        ordered = sorted(sides[side], key=lambda one: one.centroid.x)
        named.update(zip(wards, ordered, strict=True))
    for crumb in crumbs:
        code = max(named, key=lambda one: crumb.intersection(named[one]).length)
        named[code] = unary_union([named[code], crumb])
    if not coverage_is_valid(list(named.values())):
        raise AssertionError("the wards do not tile the city")
    return named
