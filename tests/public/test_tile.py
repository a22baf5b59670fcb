"""The map asks for what it shows, a square at a time."""

import gzip
import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hopthu.core.geometry import Point, cell, cell_point, tile_cells
from hopthu.core.terms import HideReason, Outcome, Role, Step
from hopthu.public.views import tile as view
from hopthu.reports.queries import map as report_map
from tests import makers

pytestmark = pytest.mark.django_db
SECRET = "Nhà số 5, hẻm 7"
FAR, STREETS = 12, 18


@pytest.fixture(autouse=True)
def _nothing_counted_before() -> Iterator[None]:
    view.counted.clear()
    yield
    view.counted.clear()


def tile_at(point: Point, z: int) -> tuple[int, int, int]:
    """Zoom, column and row of the tile around a point."""
    code = cell(point) >> 2 * (24 - z)
    column = sum((code >> 2 * bit & 1) << bit for bit in range(z))
    row = sum((code >> 2 * bit + 1 & 1) << bit for bit in range(z))
    return z, column, row


def address(point: Point, z: int) -> str:
    return "/tiles/reports/{}/{}/{}.json".format(*tile_at(point, z))


def look(client: Client, point: Point = makers.IN_EAST, z: int = STREETS, **only: str) -> Any:
    response = client.get(address(point, z), only)
    assert response.status_code == 200
    return response.json()


def numbers(found: Any) -> set[str]:
    return {spot[0] for spot in found["spots"]}


def test_among_streets_every_report_stands_by_itself(client: Client, city: None) -> None:
    first = makers.make_report(text="Đèn đường hư.\r\nTối lắm.")
    second = makers.make_report()

    found = look(client)

    assert numbers(found) == {first.number, second.number}
    shown = next(spot for spot in found["spots"] if spot[0] == first.number)
    east = makers.IN_EAST
    assert shown[1:] == [
        east.lat,
        east.lon,
        "lamp",
        "received",
        "2026-11-16",
        "Đèn đường hư. Tối lắm.",
    ]
    assert found["clusters"] == []
    assert found["more"] is False


def test_from_afar_close_reports_are_a_number_and_a_lone_one_stands_by_itself(
    client: Client, city: None
) -> None:
    for _ in range(3):
        makers.make_report(point=makers.IN_EAST)
    lone = makers.make_report(point=Point(10.0095, 106.0005))

    found = look(client, z=14)

    assert numbers(found) == {lone.number}
    [[lat, lon, count]] = found["clusters"]
    assert count == 3
    lo, hi = tile_cells(*tile_at(makers.IN_EAST, 14))
    assert lo <= cell(Point(lat, lon)) < hi


@pytest.mark.parametrize("z", [0, 5, 11, 14, 16])
def test_no_report_is_lost_or_counted_twice(client: Client, city: None, z: int) -> None:
    for step in range(12):
        makers.make_report(point=Point(10.0001 + step * 0.0007, 106.0001 + step * 0.0013))

    tiles = {address(cell_point(code), z) for code in _cells_of_reports()}
    found = [client.get(tile).json() for tile in tiles]

    counted = sum(count for each in found for *_, count in each["clusters"])
    assert counted + sum(len(each["spots"]) for each in found) == 12


def _cells_of_reports() -> list[int]:
    return [cell(Point(10.0001 + step * 0.0007, 106.0001 + step * 0.0013)) for step in range(12)]


@pytest.mark.parametrize("z", [FAR, STREETS])
def test_what_is_not_public_leaves_no_trace(client: Client, city: None, z: int) -> None:
    makers.make_report(text=SECRET, private=True)
    hidden = makers.make_report(text=SECRET)
    moderator = makers.make_staff("mai", (Role.MODERATOR, None))
    makers.take(
        hidden, Step.HIDE, by=moderator, reason=HideReason.PERSONAL_DATA, words="Có địa chỉ nhà."
    )
    withdrawn = makers.make_report(text=SECRET)
    makers.take(withdrawn, Step.WITHDRAW)

    assert look(client, z=z) == {"spots": [], "clusters": [], "more": False}


def test_a_report_that_was_hidden_is_gone_at_once(client: Client, city: None) -> None:
    for _ in range(3):
        makers.make_report(point=makers.IN_EAST)
    lone = makers.make_report(text=SECRET, point=Point(10.0095, 106.0005))
    assert numbers(look(client, z=14)) == {lone.number}

    moderator = makers.make_staff("mai", (Role.MODERATOR, None))
    makers.take(lone, Step.HIDE, by=moderator, reason=HideReason.THREAT, words="Đe dọa.")

    found = look(client, z=14)
    assert (found["spots"], len(found["clusters"])) == ([], 1)


def test_it_follows_the_filters_of_the_list(client: Client, city: None) -> None:
    lamp = makers.make_report("lamp")
    wires = makers.make_report("wires")
    officer = makers.make_officer()
    makers.take(wires, Step.RESOLVE, by=officer, outcome=Outcome.DONE, words="Đã sửa.")

    assert numbers(look(client)) == {lamp.number, wires.number}
    assert numbers(look(client, category="lamp")) == {lamp.number}
    assert numbers(look(client, status="open")) == {lamp.number}
    assert numbers(look(client, status="done")) == {wires.number}
    assert numbers(look(client, area="east")) == {lamp.number, wires.number}
    assert numbers(look(client, area="west")) == set()
    assert numbers(look(client, z=FAR, area="west")) == set()
    assert look(client, z=FAR, category="wires", status="done")["spots"][0][4] == "done"


def test_a_filter_that_the_city_does_not_know_filters_nothing_out(
    client: Client, city: None
) -> None:
    report = makers.make_report()

    assert numbers(look(client, category="gone", area="gone", status="gone")) == {report.number}


@pytest.mark.parametrize(
    "tile", ["23/0/0", "1/2/0", "1/0/2", "0/0/1", "-1/0/0", "1/a/0", "99999999999/0/0"]
)
def test_nonsense_is_not_found(client: Client, city: None, tile: str) -> None:
    assert client.get(f"/tiles/reports/{tile}.json").status_code == 404


def test_before_there_is_a_city_nothing_is_found(client: Client) -> None:
    assert client.get("/tiles/reports/0/0/0.json").status_code == 404


@pytest.mark.parametrize("z", [FAR, STREETS])
def test_more_reports_cost_no_more_queries(client: Client, city: None, z: int) -> None:
    makers.make_report()
    with CaptureQueriesContext(connection) as one:
        look(client, z=z)
    for _ in range(5):
        makers.make_report(point=Point(10.0051, 106.0151))
    with CaptureQueriesContext(connection) as six:
        look(client, z=z)

    assert len(six) <= len(one) <= 3


def test_too_many_reports_at_one_corner_are_said_to_be_more(
    client: Client, city: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report_map, "MOST", 2)
    for _ in range(3):
        makers.make_report()

    found = look(client)

    assert len(found["spots"]) == 2
    assert found["more"] is True


def test_a_long_text_is_cut_at_a_word(client: Client, city: None) -> None:
    makers.make_report(text="Vỉa hè bị chiếm " * 30)

    [spot] = look(client)["spots"]

    assert spot[6].endswith("…")
    assert len(spot[6]) <= report_map.WORDS + 1
    assert (
        spot[6].removesuffix("…").split()
        == ("Vỉa hè bị chiếm " * 30).split()[:24][: len(spot[6].split())]
    )


def test_a_reader_who_has_it_gets_nothing_new(client: Client, city: None) -> None:
    makers.make_report()
    tile = address(makers.IN_EAST, STREETS)
    etag = client.get(tile).headers["ETag"]

    assert client.get(tile, headers={"If-None-Match": etag}).status_code == 304
    makers.make_report()
    assert client.get(tile, headers={"If-None-Match": etag}).status_code == 200


def test_it_is_packed_for_the_way(client: Client, city: None) -> None:
    for _ in range(20):
        makers.make_report()

    response = client.get(address(makers.IN_EAST, STREETS), headers={"Accept-Encoding": "gzip"})

    assert response.headers["Content-Encoding"] == "gzip"
    assert len(json.loads(gzip.decompress(response.content))["spots"]) == 20


def test_only_reading_is_allowed(client: Client, city: None) -> None:
    assert client.post("/tiles/reports/0/0/0.json").status_code == 405
