"""Which area a point lies in, to the metre at its borders."""

import json
import math
from pathlib import Path
from timeit import timeit
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Point as Spot
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from hopthu.core.geometry import AreaIndex, BadShape, Located, OutsideCity, Point

DATA = Path(__file__).parents[3] / "shared" / "data"
METRE = 1 / 111_195.08
"""In degrees of latitude; of longitude on the equator."""


def square(west: float, south: float, east: float, north: float) -> dict[str, Any]:
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def wards(name: str) -> dict[str, dict[str, Any]]:
    path = DATA / name
    if not path.exists():
        pytest.skip(f"real wards are not here: ../shared/data/{name}")
    features = json.loads(path.read_text())["features"]
    return {feature["properties"]["code"]: feature["geometry"] for feature in features}


# Two areas of 0.01° (1,112 m) beside each other on the 10th parallel, and one across a gap.
CITY = AreaIndex(
    {
        "west": square(106.30, 10.00, 106.31, 10.01),
        "east": square(106.31, 10.00, 106.32, 10.01),
        "north": square(106.30, 10.0105, 106.32, 10.02),
    }
)
SHRINK = math.cos(math.radians(10.01))


def east_of(lon: float, metres: float) -> float:
    return lon + metres * METRE / SHRINK


def test_a_point_lies_in_its_area() -> None:
    assert CITY.locate(Point(10.005, 106.305)) == Located("west")
    assert CITY.locate(Point(10.005, 106.315)) == Located("east")
    assert CITY.bbox == (106.30, 10.00, 106.32, 10.02)


@pytest.mark.parametrize(
    ("metres", "expected"),
    [
        (-31, Located("west")),
        (-29, Located("west", ("east",))),
        (-1, Located("west", ("east",))),
        (1, Located("east", ("west",))),
        (29, Located("east", ("west",))),
        (31, Located("east")),
    ],
)
def test_within_30_m_of_a_border_both_areas_see_a_report(metres: float, expected: Located) -> None:
    assert CITY.locate(Point(10.005, east_of(106.31, metres))) == expected


def test_on_the_border_itself_the_first_area_has_it() -> None:
    assert CITY.locate(Point(10.005, 106.31)) == Located("west", ("east",))


def test_in_a_gap_between_two_areas_the_nearest_has_it() -> None:
    # The gap is 56 m wide.
    assert CITY.locate(Point(10.01 + 20 * METRE, 106.305)).area == "west"
    assert CITY.locate(Point(10.0105 - 20 * METRE, 106.305)).area == "north"
    assert CITY.locate(Point(10.01 + 27.8 * METRE, 106.305)).also != ()


def test_where_three_areas_meet_the_others_are_told_the_nearest_first() -> None:
    corner = Point(10.01 - 5 * METRE, east_of(106.31, -10))
    meeting = AreaIndex(
        {
            "far": square(106.31, 10.01, 106.32, 10.02),
            "right": square(106.31, 10.00, 106.32, 10.01),
            "above": square(106.30, 10.01, 106.31, 10.02),
            "own": square(106.30, 10.00, 106.31, 10.01),
        }
    )

    assert meeting.locate(corner) == Located("own", ("above", "right", "far"))


def test_where_two_areas_overlap_the_first_has_it() -> None:
    overlapping = AreaIndex(
        {"b": square(106.30, 10.00, 106.32, 10.01), "a": square(106.31, 10.00, 106.33, 10.01)}
    )

    assert overlapping.locate(Point(10.005, 106.315)) == Located("b", ("a",))


@pytest.mark.parametrize("metres", [1, 29, 31, 100, 199])
def test_up_to_200_m_outside_of_the_city_the_nearest_area_has_it(metres: float) -> None:
    assert CITY.locate(Point(10.005, east_of(106.32, metres))).area == "east"
    assert CITY.locate(Point(10.005, east_of(106.30, -metres))).area == "west"
    assert CITY.locate(Point(10.00 - metres * METRE, 106.301)).area == "west"


@given(st.floats(201, 50_000), st.floats(0, 2 * math.pi))
def test_further_outside_it_is_refused_with_the_distance(metres: float, bearing: float) -> None:
    # From the south-east corner outwards: the corner is the nearest point of the city.
    down, right = abs(math.sin(bearing)), abs(math.cos(bearing))
    point = Point(10.00 - metres * down * METRE, east_of(106.32, metres * right))

    with pytest.raises(OutsideCity) as refusal:
        CITY.locate(point)
    assert refusal.value.distance_m == pytest.approx(metres, rel=1e-3)
    assert not refusal.value.swapped


def test_latitude_and_longitude_changed_about_are_noticed() -> None:
    with pytest.raises(OutsideCity) as refusal:
        AreaIndex({"boston": square(-71.1, 42.3, -71.0, 42.4)}).locate(Point(-71.05, 42.35))
    assert refusal.value.swapped

    with pytest.raises(OutsideCity) as refusal:
        CITY.locate(Point(42.35, -71.05))
    assert not refusal.value.swapped


def test_a_city_without_areas_has_no_inside() -> None:
    empty = AreaIndex({})

    assert empty.bbox == (-180.0, -90.0, 180.0, 90.0)
    with pytest.raises(OutsideCity) as refusal:
        empty.locate(Point(10, 106))
    assert refusal.value.distance_m == math.inf


def test_an_area_of_several_pieces_with_a_hole_is_one_area() -> None:
    mainland = square(106.30, 10.00, 106.32, 10.02)["coordinates"][0]
    lake = square(106.308, 10.008, 106.312, 10.012)["coordinates"][0]
    island = square(106.40, 10.00, 106.41, 10.01)["coordinates"][0]
    index = AreaIndex(
        {
            "land": {"type": "MultiPolygon", "coordinates": [[mainland, lake], [island]]},
            "lake": {"type": "Polygon", "coordinates": [lake]},
        }
    )

    assert index.locate(Point(10.005, 106.405)) == Located("land")
    assert index.locate(Point(10.010, 106.310)) == Located("lake")
    with pytest.raises(OutsideCity):
        index.locate(Point(10.005, 106.36))


def test_a_border_that_crosses_itself_is_used_all_the_same() -> None:
    bow_tie = [[106.30, 10.00], [106.32, 10.02], [106.32, 10.00], [106.30, 10.02], [106.30, 10.00]]
    index = AreaIndex({"a": {"type": "Polygon", "coordinates": [bow_tie]}})

    assert index.locate(Point(10.01, 106.305)) == Located("a")
    assert index.locate(Point(10.01, 106.315)) == Located("a")


@pytest.mark.parametrize(
    "shape",
    [
        {},
        {"type": "Point", "coordinates": [106.3, 10.0]},
        {"type": "Polygon"},
        {"type": "Polygon", "coordinates": []},
        {"type": "Polygon", "coordinates": [[[106.3, 10.0]]]},
        {"type": "Polygon", "coordinates": [[["a", "b"], ["c", "d"], ["e", "f"], ["a", "b"]]]},
        {"type": "Polygon", "coordinates": None},
        {"type": "MultiPolygon", "coordinates": [[106.3, 10.0]]},
        square(601_000, 1_105_000, 602_000, 1_106_000),
        square(10.00, 106.30, 10.01, 106.31),
        square(106.3, 10.0, math.nan, 10.1),
        square(106.3, 10.0, math.inf, 10.1),
    ],
)
def test_a_shape_that_is_no_area_is_refused_by_name(shape: dict[str, Any]) -> None:
    with pytest.raises(BadShape) as refusal:
        AreaIndex({"a": square(0, 0, 1, 1), "ward-7": shape})
    assert refusal.value.area == "ward-7"


# 100 areas in a grid, their borders a few metres off: some overlap, some leave a gap.
CELL = 0.01
JAGGED = {
    f"{column}-{row}": square(
        106 + column * CELL + (row % 3 - 1) * 8 * METRE,
        10 + row * CELL + (column % 3 - 1) * 8 * METRE,
        106 + (column + 1) * CELL - (row % 3 - 1) * 8 * METRE,
        10 + (row + 1) * CELL - (column % 3 - 1) * 8 * METRE,
    )
    for column in range(10)
    for row in range(10)
}
GRID = AreaIndex(JAGGED)


@given(st.floats(106, 106.1), st.floats(10, 10.1))
def test_borders_that_do_not_meet_exactly_leave_no_point_without_an_area(
    lon: float, lat: float
) -> None:
    found = GRID.locate(Point(lat, lon))

    column, row = (lon - 106) / CELL, (lat - 10) / CELL
    to_border = min(abs(column - round(column)), abs(row - round(row))) * CELL / METRE
    if to_border > 10:
        assert found.area == f"{int(column)}-{int(row)}"
    if to_border > 40:
        assert found.also == ()
    if to_border < 20 and 0.1 < column < 9.9 and 0.1 < row < 9.9:
        assert found.also != ()


def test_real_wards_are_found_as_a_plain_search_finds_them() -> None:
    shapes = wards("travinh_wards.geojson")
    index = AreaIndex(shapes)
    borders = {code: shape(each) for code, each in shapes.items()}
    west, south, east, north = index.bbox

    for step in range(400):
        lon = west + (east - west) * (step % 20 + 0.5) / 20
        lat = south + (north - south) * (step // 20 + 0.5) / 20
        holding = {code for code, border in borders.items() if border.covers(Spot(lon, lat))}
        found = area_or_none(index, Point(lat, lon))
        assert found in holding if holding else found is None or near(borders[found], lon, lat)


def area_or_none(index: AreaIndex, point: Point) -> str | None:
    try:
        return index.locate(point).area
    except OutsideCity:
        return None


def near(border: BaseGeometry, lon: float, lat: float) -> bool:
    return bool(border.distance(Spot(lon, lat)) < 201 * METRE / SHRINK)


def test_124_real_wards_are_searched_in_a_tenth_of_a_millisecond() -> None:
    index = AreaIndex(wards("vinhlong_wards.geojson"))
    point = Point(9.9347, 106.3453)

    seconds = min(timeit(lambda: index.locate(point), number=10) for _ in range(30)) / 10

    assert seconds < 100e-6
