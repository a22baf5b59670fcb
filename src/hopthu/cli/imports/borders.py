"""Areas as a GeoJSON file (RFC 7946) tells them, and how well their borders meet."""

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely
from django.utils.text import slugify
from shapely.geometry import shape as read_shape

from hopthu.bodies.translated import Translated
from hopthu.core.geometry import AreaIndex, BadShape

Json = Mapping[str, Any]
NameProperties = Mapping[str, Sequence[str]]
"""Language → the properties that its name may stand in, the best one first."""
USUAL: NameProperties = {
    "vi": ("fullName", "name", "NAME"),
    "en": ("fullNameEn", "nameEn"),
    "km": ("fullNameKm", "nameKm"),
}
METRES_PER_DEGREE = 111_320.0
MAX_CODE = 40


class BadAreas(SystemExit):
    """The file cannot be used; then none of it is. The message says why."""


@dataclass(frozen=True)
class Border:
    """One area as the file has it."""

    code: str
    name: Translated
    shape: dict[str, Any]
    """GeoJSON geometry."""


@dataclass(frozen=True)
class Fit:
    """How well borders meet, in m² (to a few percent): simplified ones overlap and leave gaps."""

    overlap: float
    gaps: float


def read_borders(
    path: Path, *, code_property: str, name_properties: Sequence[str], only_name: str | None
) -> list[Border]:
    """All areas of the file; `only_name` is for a single one that has none. Raises `BadAreas`."""
    features = list(_features(_load(path), path))
    if len(features) == 1 and only_name and not features[0].get("properties"):
        named = {code_property: slugify(only_name), "name": only_name}
        features = [{**features[0], "properties": named}]
    names = name_places(name_properties)
    borders = [
        _border(position, feature, code_property, names)
        for position, feature in enumerate(features, start=1)
    ]
    codes: set[str] = set()
    for border in borders:
        if border.code in codes:
            raise BadAreas(f"hopthu: {path}: two areas have the code {border.code}")
        codes.add(border.code)
    return borders


def name_places(given: Sequence[str]) -> NameProperties:
    """`["vi=fullName", "en=fullNameEn"]`; without a language it is Vietnamese."""
    if not given:
        return USUAL
    pairs = (one.split("=", 1) if "=" in one else ("vi", one) for one in given)
    return {language: (name,) for language, name in pairs}


def fit(borders: Sequence[Border]) -> Fit:
    shapes = [shapely.make_valid(read_shape(border.shape)) for border in borders]
    together = shapely.union_all(shapes)
    without_gaps = shapely.union_all([shapely.Polygon(p.exterior) for p in _polygons(together)])
    narrow = math.cos(math.radians(together.centroid.y))
    square_metres = METRES_PER_DEGREE**2 * narrow
    return Fit(
        overlap=(sum(shape.area for shape in shapes) - together.area) * square_metres,
        gaps=(without_gaps.area - together.area) * square_metres,
    )


def _polygons(shape: Any) -> Iterator[shapely.Polygon]:
    return (part for part in shapely.get_parts(shape) if isinstance(part, shapely.Polygon))


def _load(path: Path) -> Json:
    try:
        value = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise BadAreas(f"hopthu: {path}: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise BadAreas(f"hopthu: {path}: not JSON") from error
    if not isinstance(value, dict):
        raise BadAreas(f"hopthu: {path}: not GeoJSON")
    return value


def _features(value: Json, path: Path) -> Iterator[Json]:
    """A collection, one feature, or a bare geometry."""
    match value.get("type"):
        case "FeatureCollection":
            features = value.get("features")
            if not isinstance(features, list) or not features:
                raise BadAreas(f"hopthu: {path}: a collection without features")
            for feature in features:
                yield feature if isinstance(feature, dict) else {}
        case "Feature":
            yield value
        case "Polygon" | "MultiPolygon":
            yield {"type": "Feature", "properties": {}, "geometry": value}
        case _:
            raise BadAreas(f"hopthu: {path}: not GeoJSON of areas")


def _border(position: int, feature: Json, code_property: str, names: NameProperties) -> Border:
    properties = feature.get("properties") or {}
    code = slugify(str(properties.get(code_property) or ""))[:MAX_CODE]
    if not code:
        raise BadAreas(
            f"hopthu: area {position} has no {code_property!r}; its properties are: "
            f"{', '.join(map(str, properties)) or 'none'} (--code-property)"
        )
    name = Translated(_names(properties, names))
    if not name:
        raise BadAreas(f"hopthu: area {code} has no name (--name-property)")
    shape = feature.get("geometry") or {}
    try:
        AreaIndex({code: shape})
    except BadShape as error:
        raise BadAreas(f"hopthu: area {error}") from error
    return Border(code, name, dict(shape))


def _names(properties: Json, names: NameProperties) -> Iterator[tuple[str, str]]:
    for language, places in names.items():
        found = next((properties[place] for place in places if properties.get(place)), None)
        if found:
            yield language, str(found).strip()
