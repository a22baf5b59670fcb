"""`hopthu import reports`: first it says, then it does, and again it does nothing."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from hopthu.bodies.queries import configuration
from hopthu.cli.main import main
from hopthu.reports.models import Report
from tests.makers import IN_EAST, IN_THE_SEA

BOSTON = Path(__file__).parents[3] / "shared" / "data" / "boston_30k.ndjson.gz"


def row(source_id: str, **changed: Any) -> dict[str, Any]:
    return {
        "service_request_id": source_id,
        "status": "closed",
        "status_notes": "Lamp replaced.",
        "service_code": "lamp",
        "service_name": "Street light",
        "description": "Street light out",
        "requested_datetime": "2015-03-02T08:30:00+07:00",
        "updated_datetime": "2015-03-09T16:00:00+07:00",
        "lat": IN_EAST.lat,
        "long": IN_EAST.lon,
    } | changed


GOOD = [
    row("A-1"),
    row("A-2", status="open"),
    row("A-3", service_code="papers", lat=None, long=None),
]
BAD = [
    row("B-1", lat=IN_THE_SEA.lat, long=IN_THE_SEA.lon),
    row("B-2", lat=IN_EAST.lon, long=IN_EAST.lat),
    row("B-3", lat="", long=""),
    row("B-4", description=" "),
    row("B-5", requested_datetime="yesterday"),
    row("A-1", description="The same id again"),
    row(""),
]


def write(path: Path, rows: list[dict[str, Any]]) -> str:
    path.write_text("\n".join(json.dumps(one) for one in rows))
    return str(path)


@pytest.fixture
def file(tmp_path: Path) -> str:
    return write(tmp_path / "old.ndjson", GOOD + BAD)


@pytest.mark.usefixtures("city")
def test_without_apply_it_tells_what_would_happen_and_writes_nothing(
    file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status = main(["import", "reports", file])

    told = " ".join(capsys.readouterr().out.split())
    assert status == 0
    assert not Report.objects.exists()
    assert "3 would be imported" in told
    assert "7 refused" in told
    for why in (
        "1 lat, long: outside every area such as B-1",
        "1 lat, long: outside the earth such as B-2",
        "1 lat, long: missing, and the category is about a place such as B-3",
        "1 description: missing such as B-4",
        "1 requested_datetime: not a date and time (ISO 8601) such as B-5",
        "1 service_request_id: twice in this file such as A-1",
        "1 service_request_id: missing such as row 10",
    ):
        assert why in told
    assert "Nothing was written" in told


@pytest.mark.usefixtures("city")
def test_apply_takes_the_good_rows_and_keeps_the_bad_ones_with_the_reason(
    file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["import", "reports", file, "--apply"])

    assert {report.source_id for report in Report.objects.all()} == {"A-1", "A-2", "A-3"}
    rejected = settings.DATA / "imports" / "old.ndjson.rejected.ndjson"
    kept = [json.loads(line) for line in rejected.read_text().splitlines()]
    assert [one["row"] for one in kept] == BAD
    assert kept[0]["reason"] == "lat, long: outside every area"
    assert rejected.stat().st_mode & 0o777 == 0o600
    assert str(rejected) in capsys.readouterr().out


@pytest.mark.usefixtures("city")
def test_a_second_time_nothing_is_imported(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    main(["import", "reports", file, "--apply"])
    capsys.readouterr()

    main(["import", "reports", file, "--apply"])

    told = capsys.readouterr().out
    assert "0 imported" in told
    assert "3 here already" in told
    assert Report.objects.count() == 3


@pytest.mark.usefixtures("city")
def test_an_unknown_service_is_listed_and_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(tmp_path / "old.ndjson", [row("C-1", service_code="77", service_name="Bench")])

    main(["import", "reports", file, "--apply"])

    told = capsys.readouterr().out
    assert "No category for service 77  Bench  (1 rows)" in told
    assert not Report.objects.exists()


@pytest.mark.usefixtures("city")
def test_a_mapping_says_which_category_a_service_becomes(tmp_path: Path) -> None:
    file = write(tmp_path / "old.ndjson", [row("C-1", service_code="77")])
    mapping = tmp_path / "map.json"
    mapping.write_text('{"77": "wires"}')

    main(["import", "reports", file, "--categories", str(mapping), "--apply"])

    assert Report.objects.get().category.code == "wires"


@pytest.mark.usefixtures("city")
@pytest.mark.parametrize("words", ['{"77": "no-such"}', "[]", "{", ""])
def test_a_mapping_that_makes_no_sense_stops_everything(tmp_path: Path, words: str) -> None:
    file = write(tmp_path / "old.ndjson", [row("C-1", service_code="77")])
    mapping = tmp_path / "map.json"
    mapping.write_text(words)

    with pytest.raises(SystemExit, match=r"map\.json"):
        main(["import", "reports", file, "--categories", str(mapping), "--apply"])

    assert not Report.objects.exists()


@pytest.mark.usefixtures("city")
def test_categories_are_created_when_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(
        tmp_path / "old.ndjson",
        [
            row("C-1", service_code="4f38", service_name="Ghế đá"),
            row("C-2", service_code="", service_name="Đèn đường"),
            row("C-3", service_code="", service_name="Đèn đường"),
        ],
    )

    main(["import", "reports", file, "--create-categories"])
    before = set(configuration().categories)
    main(["import", "reports", file, "--create-categories", "--apply"])
    main(["import", "reports", file, "--create-categories", "--apply"])

    setup = configuration()
    new = {code: setup.categories[code] for code in set(setup.categories) - before}
    assert "New category to be made: 4f38  Ghế đá" in capsys.readouterr().out
    assert sorted(str(category.name) for category in new.values()) == ["Ghế đá", "Đèn đường"]
    assert {category.group for category in new.values()} == {"imported"}
    assert Report.objects.count() == 3


@pytest.mark.django_db
def test_without_a_city_it_says_how_to_begin(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["import", "reports", file])

    assert status == 1
    assert "hopthu import areas" in capsys.readouterr().err


@pytest.mark.django_db
@pytest.mark.skipif(not BOSTON.exists(), reason="../shared/data is not here")
def test_two_thousand_real_requests_of_boston(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    border = tmp_path / "boston.geojson"
    ring = [[-71.2, 42.2], [-70.95, 42.2], [-70.95, 42.42], [-71.2, 42.42], [-71.2, 42.2]]
    border.write_text(json.dumps({"type": "Polygon", "coordinates": [ring]}))
    with gzip.open(BOSTON, "rt") as whole:
        some = "".join(line for line, _ in zip(whole, range(2000), strict=False))
    file = tmp_path / "boston.ndjson.gz"
    file.write_bytes(gzip.compress(some.encode()))

    main(["import", "areas", str(border), "--city", "Boston", "--country", "US",
          "--time-zone", "America/New_York", "--apply"])  # fmt: skip
    main(["import", "reports", str(file), "--create-categories", "--apply"])

    first = json.loads(some.splitlines()[0])
    report = Report.objects.get(source_id=first["service_request_id"])
    assert Report.objects.count() > 1990
    assert report.received_at.isoformat() == "2009-12-21T00:32:48+00:00"
    assert report.events.get(kind="resolve").words == first["status_notes"]
    assert "imported" in capsys.readouterr().out
