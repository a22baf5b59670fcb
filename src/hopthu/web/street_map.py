"""Streets under the map: what the operator has put into the data folder.

`city.pmtiles` (https://docs.protomaps.com/pmtiles/) is a full street map in one file.
`city.geojson` is a sketch for a small place: lines and polygons, each with `kind` (street, water
or green); lines may have a `name`.
"""

from pathlib import Path

from django.conf import settings


def street_map() -> Path | None:
    """None where there is none."""
    return _file("city.pmtiles")


def sketch() -> Path | None:
    """None where there is none."""
    return _file("city.geojson")


def _file(name: str) -> Path | None:
    path: Path = settings.DATA / name
    return path if path.is_file() else None
