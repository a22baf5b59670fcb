"""The city's areas, simple enough to draw on a phone."""

import gzip
import json
import math
from typing import Any

import pytest
import shapely
from django.test import Client
from shapely.geometry import Point, shape

from hopthu.bodies import actions as bodies
from tests import makers

pytestmark = pytest.mark.django_db


def areas(client: Client) -> dict[str, Any]:
    response = client.get("/areas.geojson")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/geo+json"
    return {feature["properties"]["code"]: feature for feature in response.json()["features"]}


def test_every_area_has_its_names_and_a_place_for_them(client: Client, city: None) -> None:
    found = areas(client)

    assert list(found) == ["east", "west"]
    west = found["west"]
    assert west["properties"]["name"] == makers.name("Phường Tây")
    assert shape(west["geometry"]).contains(Point(west["properties"]["label"]))
    assert shape(west["geometry"]).bounds == (106.0, 10.0, 106.01, 10.01)


def test_a_border_with_thousands_of_corners_becomes_simple_and_stays_shared(
    client: Client, city: None
) -> None:
    wave = [(106.01 + 0.00002 * math.sin(i), 10 + i / 200_000) for i in range(2001)]
    bodies.put_area("west", shape=_polygon([(106.0, 10.0), *wave, (106.0, 10.01)]))
    bodies.put_area("east", shape=_polygon([(106.02, 10.0), *wave, (106.02, 10.01)]))

    found = [shape(feature["geometry"]) for feature in areas(client).values()]

    assert all(shapely.get_num_coordinates(each) < 100 for each in found)
    assert shapely.coverage_is_valid(found)
    assert shapely.union_all(found).area == pytest.approx(0.0002, rel=0.01)


def _polygon(corners: list[tuple[float, float]]) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": [[*corners, corners[0]]]}


def test_a_border_that_crosses_itself_can_be_drawn(client: Client, city: None) -> None:
    bodies.put_area(
        "west", shape=_polygon([(106.0, 10.0), (106.01, 10.01), (106.01, 10.0), (106.0, 10.01)])
    )

    assert shape(areas(client)["west"]["geometry"]).is_valid


def test_a_reader_who_has_them_gets_them_again_only_after_a_change(
    client: Client, city: None
) -> None:
    etag = client.get("/areas.geojson").headers["ETag"]
    assert client.get("/areas.geojson", headers={"If-None-Match": etag}).status_code == 304

    bodies.put_area("west", name=makers.name("Phường Hoàng Hôn"))

    assert client.get("/areas.geojson", headers={"If-None-Match": etag}).status_code == 200
    assert areas(client)["west"]["properties"]["name"]["vi"] == "Phường Hoàng Hôn"


def test_they_are_packed_for_the_way(client: Client, city: None) -> None:
    for i in range(20):
        bodies.put_area(
            f"ward-{i}", name=makers.name("Phường"), shape=makers.square(105, 9, 106, 10)
        )

    response = client.get("/areas.geojson", headers={"Accept-Encoding": "gzip, br"})

    assert response.headers["Content-Encoding"] == "gzip"
    assert len(json.loads(gzip.decompress(response.content))["features"]) == 22


def test_before_there_is_a_city_nothing_is_found(client: Client) -> None:
    assert client.get("/areas.geojson").status_code == 404
