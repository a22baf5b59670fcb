"""The land of Sông Mây: a river with an island, and six wards along it.

All of it grows from one seed. The wards tile the city: they are cut out of one outline by shared
lines, so that neighbours meet in the very same corners, as `coverage_is_valid` confirms. Distances
are in metres east and north of the city's middle; `degrees` turns them into longitude and latitude.
"""

import math
import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from shapely import (
    LineString,
    Polygon,
    coverage_is_valid,
    get_parts,
    polygonize,
    unary_union,
)
from shapely import Point as Spot
from shapely.geometry.base import BaseGeometry

BANKS: Mapping[str, tuple[str, ...]] = {
    "north": ("ben-lua", "cho-cu", "vam-may"),
    "south": ("rach-sen", "tan-lo"),
}
"""Wards from upstream to downstream."""
ISLAND = "con-say"
CANALS = ((-1700.0, True), (1900.0, True), (-500.0, False))
"""Where the old canals leave the river that part the wards of a bank: metres east, to the north."""
CHANNEL = 150.0
"""Width of water on either side of the island, and half the width of the river elsewhere."""
CRUMB = 400_000.0
"""Square metres below which a piece between two lines is no ward of its own."""


@dataclass(frozen=True)
class Land:
    wards: Mapping[str, BaseGeometry]
    course: LineString
    """The middle of the river."""
    island: Polygon


def grow(seed: int) -> Land:
    rng = random.Random(seed)  # noqa: S311  the same city each time
    course = _river(rng)
    island = _island(course)
    return Land(_cut(_outline(rng), course, island, rng), course, island)


def is_north(spot: Spot, course: LineString) -> bool:
    nearest = course.interpolate(course.project(spot))
    return bool(spot.y > nearest.y)


def _river(rng: random.Random) -> LineString:
    """A slow river from the north-west to the south-east, in two overlaid bends."""
    first, second = rng.uniform(0.0, 0.8), rng.uniform(0.0, 0.8)
    points = []
    for step in range(-60, 61):
        x = step * 150.0
        bend = 820 * math.sin(x / 2300 + first) + 190 * math.sin(x / 790 + second)
        points.append((x, bend - 0.16 * x))
    return LineString(points)


def _island(course: LineString) -> Polygon:
    """A long island, pointed like all islands of the delta."""
    middle = course.project(Spot(900.0, 0.0))
    spine = [course.interpolate(middle + step * 110.0) for step in range(-13, 14)]
    left, right = [], []
    for index, (here, there) in enumerate(pairwise(spine)):
        half = 430 * math.sin(math.pi * (index + 0.5) / (len(spine) - 1)) ** 0.8
        run, rise = there.x - here.x, there.y - here.y
        length = math.hypot(run, rise)
        left.append((here.x - rise / length * half, here.y + run / length * half))
        right.append((here.x + rise / length * half, here.y - run / length * half))
    shape = Polygon([spine[0], *left, spine[-1], *reversed(right)])
    return get_parts(shape.buffer(50).simplify(4))[0]  # type: ignore[no-any-return]


def _outline(rng: random.Random) -> Polygon:
    """Where the city ends: an uneven round, wider along the river."""
    waves = [(k, rng.uniform(0, math.tau), rng.uniform(0.03, 0.09) / k**0.4) for k in range(2, 12)]
    points = []
    for step in range(180):
        turn = math.tau * step / 180
        reach = 1 + sum(size * math.sin(k * turn + start) for k, start, size in waves)
        points.append((5200 * reach * math.cos(turn), 3700 * reach * math.sin(turn)))
    return Polygon(points)


def _cut(
    outline: Polygon, course: LineString, island: Polygon, rng: random.Random
) -> dict[str, BaseGeometry]:
    """Cut the outline along the river, around the island's water, and along old canals."""
    water = island.buffer(CHANNEL / 2)
    canals = [_canal(course, x, north, rng) for x, north in CANALS]
    lines = unary_union([outline.exterior, course, water.exterior, *canals])
    pieces = [
        piece
        for piece in get_parts(polygonize(list(get_parts(lines))))
        if outline.contains(piece.representative_point())
    ]
    return _name(pieces, course, water)


def _canal(course: LineString, x: float, north: bool, rng: random.Random) -> LineString:
    """A crooked line from just across the river's middle away to beyond the outline."""
    start = course.interpolate(course.project(Spot(x, -0.16 * x)))
    lean, sway = rng.uniform(-0.25, 0.25), rng.uniform(0.6, 1.4)
    points = [(start.x, start.y - (20 if north else -20))]
    for step in range(1, 70):
        away = step * 110.0
        drift = lean * away + 90 * math.sin(away / (420 * sway)) + rng.uniform(-14, 14)
        points.append((start.x + drift, start.y + (away if north else -away)))
    return LineString(points)


def _name(pieces: Iterable[Polygon], course: LineString, water: Polygon) -> dict[str, BaseGeometry]:
    """Give each piece to its ward; a crumb joins the neighbour that it touches most."""
    sides: dict[str, list[Polygon]] = {"north": [], "south": []}
    crumbs, island = [], []
    for piece in pieces:
        inside = piece.representative_point()
        if water.contains(inside):
            island.append(piece)
        elif piece.area < CRUMB:
            crumbs.append(piece)
        else:
            sides["north" if is_north(inside, course) else "south"].append(piece)
    named: dict[str, BaseGeometry] = {ISLAND: unary_union(island)}
    for side, wards in BANKS.items():
        ordered = sorted(sides[side], key=lambda one: one.centroid.x)
        named.update(zip(wards, ordered, strict=True))
    for crumb in crumbs:
        code = max(named, key=lambda one: crumb.intersection(named[one]).length)
        named[code] = unary_union([named[code], crumb])
    if not coverage_is_valid(list(named.values())):
        raise AssertionError("the wards do not tile the city")
    return named
