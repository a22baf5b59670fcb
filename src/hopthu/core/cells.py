"""Points, and the cells that they are indexed by.

A `cell` is the 48-bit Morton code of the web-mercator tile at zoom 24 (a square of some 2.4 m at
the equator). All cells of one map tile stand in one unbroken range, so that a map tile is one
range scan on any database. Tiles are those of every web map (OSGeo Tile Map Service with the
origin at the north-west): https://wiki.openstreetmap.org/wiki/Slippy_map_tilenames.
"""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass

ZOOM = 24
MAX_LATITUDE = 85.05112877980659
"""Where the square of web mercator ends; beyond it there is no tile."""
EARTH_RADIUS_M = 6_371_008.8
"""Mean radius, IUGG."""

_SIDE = 1 << ZOOM
_NUMBER = re.compile(r"[+-]?\d{1,3}(?:[.,]\d{0,20})?(?:[eE]-\d{1,3})?", re.ASCII)


class BadCoordinates(ValueError):
    """Not a place on earth; `why` is number (not one at all) or range."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class BadTile(ValueError):
    """A zoom, column or row that no map has."""


@dataclass(frozen=True)
class Point:
    """Degrees, WGS 84."""

    lat: float
    lon: float


def parse_point(lat: str, lon: str) -> Point:
    """The place that a form or a row names. Raises BadCoordinates.

    A decimal comma is taken as a point, as a Vietnamese keyboard writes it.
    """
    point = Point(_parse_degrees(lat), _parse_degrees(lon))
    if abs(point.lat) > 90 or abs(point.lon) > 180:
        raise BadCoordinates("range")
    return point


def round_to_10m(point: Point) -> Point:
    """The nearest point of a grid of 0.0001°: 11 m at most from one to the next.

    Every place is kept and shown so: exact enough to find the lamp, too coarse to say at which
    door somebody stood.
    """
    # Adding 0.0 makes no zero negative, which would read "-0.0".
    return Point(round(point.lat, 4) + 0.0, round(point.lon, 4) + 0.0)


def distance_m(a: Point, b: Point) -> float:
    """Metres along a great circle (haversine)."""
    lat_a, lat_b = math.radians(a.lat), math.radians(b.lat)
    half_lat = math.sin((lat_b - lat_a) / 2)
    half_lon = math.sin(math.radians(b.lon - a.lon) / 2)
    root = half_lat**2 + math.cos(lat_a) * math.cos(lat_b) * half_lon**2
    return 2 * EARTH_RADIUS_M * math.asin(math.sqrt(min(1.0, root)))


def cell(point: Point) -> int:
    """The 48-bit code of the tile at zoom 24 that the point lies in."""
    return _interleave(_index(_mercator_x(point.lon)), _index(_mercator_y(point.lat)))


def cell_point(code: int) -> Point:
    """The centre of a cell."""
    column, row = _deinterleave(code)
    lon = (column + 0.5) / _SIDE * 360 - 180
    lat = math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * (row + 0.5) / _SIDE))))
    return Point(lat, lon)


def tile_cells(z: int, x: int, y: int) -> tuple[int, int]:
    """The cells of one map tile, as `lo <= cell < hi`. Raises BadTile."""
    if not (0 <= z <= ZOOM and 0 <= x < 1 << z and 0 <= y < 1 << z):
        raise BadTile(f"{z}/{x}/{y}")
    shift = 2 * (ZOOM - z)
    code = _interleave(x, y)
    return code << shift, (code + 1) << shift


def cells_around(point: Point, metres: float) -> list[tuple[int, int]]:
    """At most nine ranges `lo <= cell < hi` that cover the circle, and some of its corners.

    For a first, indexed choice; `distance_m` decides.
    """
    west, north, east, south = _box_around(point, metres)
    # Tiles of at least half the box: three columns and three rows at most.
    zoom = min(ZOOM, max(0, math.floor(1 - math.log2(max(east - west, south - north, 1e-12)))))
    side = 1 << zoom
    columns = {column % side for column in range(_floor(west, side), _floor(east, side) + 1)}
    rows = range(max(0, _floor(north, side)), min(side - 1, _floor(south, side)) + 1)
    return _merged(tile_cells(zoom, column, row) for column in columns for row in rows)


def _parse_degrees(text: str) -> float:
    text = text.strip()
    if not _NUMBER.fullmatch(text):
        # A number too large for a place is still a number.
        raise BadCoordinates("range" if re.fullmatch(r"[+-]?\d{4,20}(\.\d*)?", text) else "number")
    return float(text.replace(",", "."))


def _mercator_x(lon: float) -> float:
    """0 at the antimeridian in the west to 1 in the east."""
    return (lon + 180) / 360


def _mercator_y(lat: float) -> float:
    """0 in the north to 1 in the south."""
    lat = max(-MAX_LATITUDE, min(MAX_LATITUDE, lat))
    return (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2


def _index(fraction: float) -> int:
    return min(_SIDE - 1, max(0, math.floor(fraction * _SIDE)))


def _floor(fraction: float, side: int) -> int:
    return math.floor(fraction * side)


def _box_around(point: Point, metres: float) -> tuple[float, float, float, float]:
    """West, north, east, south of the box around a circle, in mercator fractions."""
    # A hair more than the circle, so that no rounding leaves out its edge.
    angle = (metres + 0.01) / EARTH_RADIUS_M
    dlat = math.degrees(angle)
    widest = math.sin(angle) / max(1e-12, math.cos(math.radians(point.lat)))
    over_pole = angle >= math.pi / 2 or widest >= 1
    dlon = 180.0 if over_pole else math.degrees(math.asin(widest))
    return (
        _mercator_x(point.lon - dlon),
        _mercator_y(point.lat + dlat),
        _mercator_x(point.lon + dlon),
        _mercator_y(point.lat - dlat),
    )


def _merged(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for lo, hi in sorted(ranges):
        if merged and merged[-1][1] == lo:
            merged[-1] = (merged[-1][0], hi)
        else:
            merged.append((lo, hi))
    return merged


def _interleave(column: int, row: int) -> int:
    return _spread(column) | _spread(row) << 1


def _deinterleave(code: int) -> tuple[int, int]:
    return _gather(code), _gather(code >> 1)


def _spread(value: int) -> int:
    """Puts a zero before each of the 24 bits ("binary magic numbers")."""
    value = (value | value << 16) & 0x0000FFFF0000FFFF
    value = (value | value << 8) & 0x00FF00FF00FF00FF
    value = (value | value << 4) & 0x0F0F0F0F0F0F0F0F
    value = (value | value << 2) & 0x3333333333333333
    return (value | value << 1) & 0x5555555555555555


def _gather(value: int) -> int:
    value &= 0x5555555555555555
    value = (value | value >> 1) & 0x3333333333333333
    value = (value | value >> 2) & 0x0F0F0F0F0F0F0F0F
    value = (value | value >> 4) & 0x00FF00FF00FF00FF
    value = (value | value >> 8) & 0x0000FFFF0000FFFF
    return (value | value >> 16) & 0x00000000FFFFFFFF
