"""The sketch of Sông Mây's streets and river that lies under the map (`city.geojson`)."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from shapely import unary_union
from shapely.geometry.base import BaseGeometry

from hopthu.cli.demo.land import CHANNEL, Land
from hopthu.cli.demo.streets import Street, geojson

RIVER = "Sông Mây"
BEYOND = 2_500.0
"""Metres that the river is drawn beyond the city."""
EXACT = 4.0
"""Metres that a drawn line may lie off."""


def draw(land: Land, streets: Sequence[Street], path: Path) -> None:
    """Write the sketch to `path`, for `web/street_map.py`."""
    features = list(_features(land, streets))
    collection = {"type": "FeatureCollection", "features": features}
    path.write_text(json.dumps(collection, ensure_ascii=False, separators=(",", ":")), "utf-8")


def _features(land: Land, streets: Sequence[Street]) -> Iterator[dict[str, object]]:
    yield _feature("water", "", _river(land))
    yield _feature("water", RIVER, land.course.difference(land.island.buffer(CHANNEL)))
    for street in streets:
        yield _feature("street", street.name, street.path)


def _river(land: Land) -> BaseGeometry:
    """The river, parted by the island; cut off some way beyond the city."""
    city = unary_union(list(land.wards.values()))
    water = land.course.buffer(CHANNEL).union(land.island.buffer(CHANNEL))
    return water.difference(land.island).intersection(city.buffer(BEYOND))


def _feature(kind: str, name: str, shape: BaseGeometry) -> dict[str, object]:
    properties = {"kind": kind, "name": name}
    geometry = geojson(shape.simplify(EXACT))
    return {"type": "Feature", "properties": properties, "geometry": geometry}
