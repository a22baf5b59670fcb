"""Points, and the cells by which a map tile is one range scan."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hopthu.core.cells import (
    MAX_LATITUDE,
    ZOOM,
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

points = st.builds(Point, lat=st.floats(-90, 90), lon=st.floats(-180, 180))
inhabited = st.builds(Point, lat=st.floats(-75, 75), lon=st.floats(-180, 180))
zooms = st.integers(0, ZOOM)
TRA_VINH = Point(9.9347, 106.3453)


def tile_of(point: Point, zoom: int) -> tuple[int, int]:
    """Column and row, by the formula that every web map uses."""
    side = 2**zoom
    lat = math.radians(max(-MAX_LATITUDE, min(MAX_LATITUDE, point.lat)))
    x = int((point.lon + 180) / 360 * side)
    y = int((1 - math.asinh(math.tan(lat)) / math.pi) / 2 * side)
    return min(side - 1, x), min(side - 1, max(0, y))


@given(points, zooms)
def test_a_point_s_cell_is_within_its_tile_at_every_zoom(point: Point, zoom: int) -> None:
    lo, hi = tile_cells(zoom, *tile_of(point, zoom))

    assert lo <= cell(point) < hi
    assert hi - lo == 4 ** (ZOOM - zoom)


@given(points, zooms, st.integers(-2, 2), st.integers(-2, 2))
def test_a_point_s_cell_is_in_no_other_tile(point: Point, zoom: int, dx: int, dy: int) -> None:
    x, y = tile_of(point, zoom)
    side = 2**zoom
    if (dx, dy) != (0, 0) and 0 <= x + dx < side and 0 <= y + dy < side:
        lo, hi = tile_cells(zoom, x + dx, y + dy)
        assert not lo <= cell(point) < hi


def test_the_code_is_the_morton_code_of_the_tile_at_zoom_24() -> None:
    assert tile_cells(0, 0, 0) == (0, 1 << 48)
    assert tile_cells(1, 1, 0) == (1 << 46, 2 << 46)
    assert tile_cells(1, 0, 1) == (2 << 46, 3 << 46)
    assert tile_cells(24, 0b1011, 0b0010) == (0b01001101, 0b01001110)


@given(st.integers(0, (1 << 48) - 1))
def test_the_middle_of_a_cell_lies_in_it(code: int) -> None:
    assert cell(cell_point(code)) == code


@given(inhabited)
def test_a_cell_is_two_and_a_half_metres_wide_at_most(point: Point) -> None:
    assert distance_m(point, cell_point(cell(point))) < 2.4 / math.sqrt(2)


@pytest.mark.parametrize(
    "tile", [(-1, 0, 0), (25, 0, 0), (3, 8, 0), (3, 0, 8), (3, -1, 0), (3, 0, -1)]
)
def test_a_tile_that_no_map_has_is_refused(tile: tuple[int, int, int]) -> None:
    with pytest.raises(BadTile):
        tile_cells(*tile)


@given(inhabited, st.floats(0, 50_000), st.floats(0, 1), st.floats(0, 2 * math.pi))
def test_the_cells_around_a_point_cover_the_circle(
    middle: Point, metres: float, share: float, bearing: float
) -> None:
    within = travel(middle, metres * share, bearing)

    assert any(lo <= cell(within) < hi for lo, hi in cells_around(middle, metres))


def travel(start: Point, metres: float, bearing: float) -> Point:
    """The point so far away in that direction (great circle)."""
    angle = metres / 6_371_008.8
    lat = math.radians(start.lat)
    end = math.asin(
        math.sin(lat) * math.cos(angle) + math.cos(lat) * math.sin(angle) * math.cos(bearing)
    )
    turn = math.atan2(
        math.sin(bearing) * math.sin(angle) * math.cos(lat),
        math.cos(angle) - math.sin(lat) * math.sin(end),
    )
    lon = start.lon + math.degrees(turn)
    return Point(math.degrees(end), (lon + 180) % 360 - 180)


@given(points, st.floats(0, 50_000))
def test_the_cells_around_a_point_are_few_ranges_in_order(middle: Point, metres: float) -> None:
    ranges = cells_around(middle, metres)

    ends = [end for each in ranges for end in each]
    assert 1 <= len(ranges) <= 9
    assert ends == sorted(set(ends))


@pytest.mark.parametrize("metres", [10, 50, 100, 500, 5_000])
def test_the_cells_around_a_point_reach_little_further_than_the_circle(metres: float) -> None:
    side = 40_075_016 / 2**ZOOM * math.cos(math.radians(TRA_VINH.lat))
    surface = sum(hi - lo for lo, hi in cells_around(TRA_VINH, metres)) * side**2

    assert surface < 40 * metres**2


@given(inhabited, st.floats(0, 20_000), st.floats(0, 2 * math.pi))
def test_a_distance_is_as_long_as_the_way(start: Point, metres: float, bearing: float) -> None:
    end = travel(start, metres, bearing)

    assert distance_m(start, end) == pytest.approx(metres, abs=0.01)
    assert distance_m(end, start) == pytest.approx(distance_m(start, end))


def test_half_way_round_the_earth_is_half_of_its_girth() -> None:
    assert distance_m(Point(0, 0), Point(0, 180)) == pytest.approx(20_015_114, abs=1)
    assert distance_m(Point(90, 0), Point(-90, 77)) == pytest.approx(20_015_114, abs=1)


@given(inhabited)
def test_rounding_moves_a_point_by_eight_metres_at_most(point: Point) -> None:
    rounded = round_to_10m(point)

    assert distance_m(point, rounded) < 8
    assert round_to_10m(rounded) == rounded
    assert "-0.0" not in {str(rounded.lat), str(rounded.lon)}


@given(points)
def test_what_a_browser_writes_is_read_back(point: Point) -> None:
    assert parse_point(str(point.lat), str(point.lon)) == point


def test_a_comma_is_a_point_and_blanks_do_not_matter() -> None:
    assert parse_point(" 9,9347", "+106.3453 ") == TRA_VINH
    assert parse_point("9.", "-0") == Point(9, 0)


@pytest.mark.parametrize(
    ("lat", "why"),
    [
        ("", "number"),
        (" ", "number"),
        ("nan", "number"),
        ("NaN", "number"),
        ("inf", "number"),
        ("-Infinity", "number"),
        ("1e400", "number"),
        ("1_0", "number"),
        ("0x10", "number"),
        ("9.9.3", "number"),
        ("9,934,7", "number"),
        ("9°56'N", "number"),
        ("१०", "number"),
        ("undefined", "number"),
        ("9" * 1_000_000, "number"),
        ("90.0001", "range"),
        ("-90.5", "range"),
        ("106.3453", "range"),
        ("1104521.5", "range"),
    ],
)
def test_what_is_no_latitude_is_refused_with_the_reason(lat: str, why: str) -> None:
    with pytest.raises(BadCoordinates) as refusal:
        parse_point(lat, "106.3453")
    assert refusal.value.why == why


def test_what_is_no_longitude_is_refused_with_the_reason() -> None:
    for lon, why in [("", "number"), ("180.1", "range"), ("-181", "range")]:
        with pytest.raises(BadCoordinates) as refusal:
            parse_point("9.9347", lon)
        assert refusal.value.why == why
