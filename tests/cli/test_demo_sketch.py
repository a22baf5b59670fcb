"""The demo city has streets and a river under its map."""

import json
from pathlib import Path

from shapely.geometry import shape

from hopthu.cli.demo import land, material, sketch, streets


def test_every_street_and_the_river_are_drawn_within_reach_of_the_city(tmp_path: Path) -> None:
    ground = land.grow(7)
    laid = streets.lay(ground, material.city()["wards"])
    path = tmp_path / "city.geojson"

    sketch.draw(ground, laid, path)

    features = json.loads(path.read_text())["features"]
    assert {each["properties"]["kind"] for each in features} == {"street", "water"}
    assert {street.name for street in laid} < {each["properties"]["name"] for each in features}
    west, south, east, north = shape(features[0]["geometry"]).bounds
    assert 105.9 < west < east < 106.2
    assert 9.9 < south < north < 10.2
    assert path.stat().st_size < 30_000
