"""A street map in the data folder is given out in the pieces that a browser asks for."""

from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

ADDRESS = "/map/city.pmtiles"
CONTENT = bytes(range(256)) * 1000


@pytest.fixture
def street_map(tmp_path: Path, settings: Settings) -> Path:
    settings.DATA = tmp_path
    path = tmp_path / "city.pmtiles"
    path.write_bytes(CONTENT)
    return path


def ask(client: Client, **headers: str) -> HttpResponse:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    response: HttpResponse = client.get(ADDRESS, headers=named)  # type: ignore[assignment]
    return response


def content(response: HttpResponse) -> bytes:
    return b"".join(response)


@pytest.mark.django_db
def test_without_a_map_there_is_nothing(client: Client, tmp_path: Path, settings: Settings) -> None:
    settings.DATA = tmp_path
    assert client.get(ADDRESS).status_code == 404
    assert client.get("/map/city.geojson").status_code == 404


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-0", 0, 0),
        ("bytes=100-70000", 100, 70_000),
        ("bytes=255990-", 255_990, 255_999),
        ("bytes=255990-999999", 255_990, 255_999),
        ("bytes=-10", 255_990, 255_999),
        ("bytes=-999999", 0, 255_999),
    ],
)
def test_a_piece(client: Client, street_map: Path, asked: str, first: int, last: int) -> None:
    response = ask(client, Range=asked)

    assert response.status_code == 206
    assert response.headers["Content-Range"] == f"bytes {first}-{last}/256000"
    assert response.headers["Content-Length"] == str(last - first + 1)
    assert content(response) == CONTENT[first : last + 1]


@pytest.mark.parametrize(
    "asked", ["", "bytes=-", "bytes=5-4", "bytes=0-1,5-6", "lines=0-5", "bytes=x", "bytes=١-٢"]
)
def test_whatever_is_no_single_piece_gets_the_whole(
    client: Client, street_map: Path, asked: str
) -> None:
    response = ask(client, Range=asked)

    assert response.status_code == 200
    assert response.headers["Accept-Ranges"] == "bytes"
    assert content(response) == CONTENT


@pytest.mark.parametrize("asked", ["bytes=256000-", "bytes=999999-9999999", "bytes=-0"])
def test_a_piece_behind_the_end_is_refused(client: Client, street_map: Path, asked: str) -> None:
    response = ask(client, Range=asked)

    assert response.status_code == 416
    assert response.headers["Content-Range"] == "bytes */256000"


def test_pieces_of_two_maps_are_never_mixed(client: Client, street_map: Path) -> None:
    etag = ask(client, Range="bytes=0-9").headers["ETag"]
    assert ask(client, Range="bytes=0-9", If_Range=etag).status_code == 206

    street_map.write_bytes(CONTENT[::-1] + b"newer")

    assert ask(client, Range="bytes=0-9", If_Range=etag).status_code == 200
    assert ask(client, If_None_Match=etag).status_code == 200


def test_a_reader_who_has_it_gets_nothing_new(client: Client, street_map: Path) -> None:
    etag = ask(client).headers["ETag"]

    assert ask(client, If_None_Match=etag).status_code == 304


def test_its_head_tells_its_length(client: Client, street_map: Path) -> None:
    response: HttpResponse = client.head(ADDRESS)  # type: ignore[assignment]

    assert response.headers["Content-Length"] == "256000"
    assert content(response) == b""


def test_a_sketch_of_streets_is_given_out_whole(client: Client, street_map: Path) -> None:
    (street_map.parent / "city.geojson").write_text('{"type":"FeatureCollection","features":[]}')

    response = client.get("/map/city.geojson")

    assert response.headers["Content-Type"] == "application/geo+json"
    assert response.json() == {"type": "FeatureCollection", "features": []}
