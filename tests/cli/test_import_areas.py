"""`hopthu import areas`: wards from GeoJSON, or the one border of a city."""

import json
from pathlib import Path
from typing import Any

import pytest

from hopthu.bodies.models import Area, City
from hopthu.bodies.queries import configuration
from hopthu.cli.main import main
from hopthu.core.geometry import Point
from tests.makers import square

VINH_LONG = Path(__file__).parents[3] / "shared" / "data" / "vinhlong_wards.geojson"
NORTH = square(106.0, 10.01, 106.02, 10.02)
SOUTH = square(106.0, 9.98, 106.02, 9.99)


def feature(shape: dict[str, Any], **properties: str) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": shape}


def write(path: Path, *features: dict[str, Any]) -> str:
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return str(path)


@pytest.fixture
def file(tmp_path: Path) -> str:
    return write(
        tmp_path / "wards.geojson",
        feature(NORTH, code="1", fullName="Phường Bắc", fullNameEn="North Ward"),
        feature(SOUTH, code="2", fullName="Phường Nam"),
    )


@pytest.mark.usefixtures("city")
def test_without_apply_it_tells_and_writes_nothing(
    file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status = main(["import", "areas", file])

    assert status == 0
    assert "2 new" in capsys.readouterr().out
    assert Area.objects.count() == 2


@pytest.mark.usefixtures("city")
def test_apply_adds_areas_with_their_names_in_every_language(file: str) -> None:
    main(["import", "areas", file, "--apply"])

    setup = configuration()
    assert list(setup.areas) == ["east", "west", "1", "2"]
    assert setup.areas["1"].name == {"vi": "Phường Bắc", "en": "North Ward"}
    assert setup.areas["2"].name == {"vi": "Phường Nam"}
    assert setup.area_index.locate(Point(10.015, 106.01)).area == "1"


@pytest.mark.usefixtures("city")
def test_a_second_time_an_area_gets_its_border_anew(
    file: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["import", "areas", file, "--apply"])
    moved = write(
        tmp_path / "new.geojson",
        feature(square(106.0, 10.01, 106.02, 10.03), code="1", fullName="Phường Bắc"),
        feature(SOUTH, code="2", fullName="Phường Nam"),
    )
    capsys.readouterr()

    main(["import", "areas", moved, "--apply"])

    told = capsys.readouterr().out
    assert "0 new" in told
    assert "1 changed" in told
    assert "1 as they are here" in told
    assert configuration().area_index.locate(Point(10.025, 106.01)).area == "1"


@pytest.mark.usefixtures("city")
def test_code_and_name_may_stand_anywhere(tmp_path: Path) -> None:
    file = write(tmp_path / "w.geojson", feature(NORTH, ma="B 7", ten="Xã Bắc", ten_km="ឃុំជើង"))

    main(["import", "areas", file, "--code-property", "ma", "--name-property", "ten",
          "--name-property", "km=ten_km", "--apply"])  # fmt: skip

    assert configuration().areas["b-7"].name == {"vi": "Xã Bắc", "km": "ឃុំជើង"}


@pytest.mark.usefixtures("city")
def test_overlaps_and_gaps_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = write(
        tmp_path / "w.geojson",
        feature(square(106.0, 10.0, 106.02, 10.01), code="a", name="A"),
        feature(square(106.0, 10.009, 106.02, 10.02), code="b", name="B"),
        feature(square(106.0, 10.02, 106.005, 10.03), code="c", name="C"),
        feature(square(106.005, 10.021, 106.02, 10.03), code="d", name="D"),
        feature(square(106.02, 10.0, 106.021, 10.03), code="e", name="E"),
    )

    main(["import", "areas", file])

    told = capsys.readouterr().out
    assert "Borders overlap by" in told
    assert "Gaps between them make" in told


@pytest.mark.django_db
def test_a_single_border_makes_a_city_that_is_not_divided(tmp_path: Path) -> None:
    path = tmp_path / "boston.geojson"
    path.write_text(json.dumps(square(-71.2, 42.2, -70.95, 42.42)))

    main(["import", "areas", str(path), "--city", "Boston", "--country", "US",
          "--time-zone", "America/New_York", "--apply"])  # fmt: skip

    setup = configuration()
    assert str(setup.city.name) == "Boston"
    assert setup.city.time_zone == "America/New_York"
    assert list(setup.areas) == ["boston"]
    assert not setup.city.demo


@pytest.mark.django_db
def test_without_a_city_it_asks_for_its_name(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["import", "areas", file, "--apply"])

    assert status == 1
    assert "--city NAME" in capsys.readouterr().err
    assert not City.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("option", "why"),
    [(("--time-zone", "Mars/Base"), "no such time zone"), (("--country", "ZZ"), "country ZZ")],
)
def test_a_city_that_cannot_be_is_not_made(file: str, option: tuple[str, str], why: str) -> None:
    with pytest.raises(SystemExit, match=why):
        main(["import", "areas", file, "--city", "X", *option, "--apply"])

    assert not City.objects.exists()


@pytest.mark.usefixtures("city")
@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("{", "not JSON"),
        ("[]", "not GeoJSON"),
        ('{"type": "Point", "coordinates": [106, 10]}', "not GeoJSON of areas"),
        ('{"type": "FeatureCollection", "features": []}', "without features"),
        (json.dumps(feature(NORTH, name="Bắc")), "has no 'code'"),
        (json.dumps(feature(NORTH, code="1")), "has no name"),
        (json.dumps(feature(square(600, 10, 601, 11), code="1", name="X")), "not degrees"),
        (json.dumps(feature({"type": "Point"}, code="1", name="X")), "neither Polygon"),
    ],
)
def test_a_file_that_cannot_be_used_changes_nothing(tmp_path: Path, words: str, why: str) -> None:
    path = tmp_path / "wards.geojson"
    path.write_text(words)

    with pytest.raises(SystemExit, match=why):
        main(["import", "areas", str(path), "--apply"])

    assert Area.objects.count() == 2


@pytest.mark.usefixtures("city")
def test_two_areas_of_one_code_are_refused(tmp_path: Path) -> None:
    file = write(
        tmp_path / "w.geojson",
        feature(NORTH, code="1", name="A"),
        feature(SOUTH, code="1", name="B"),
    )

    with pytest.raises(SystemExit, match="two areas have the code 1"):
        main(["import", "areas", file, "--apply"])


@pytest.mark.django_db
@pytest.mark.skipif(not VINH_LONG.exists(), reason="../shared/data is not here")
def test_the_124_wards_of_vinh_long() -> None:
    main(["import", "areas", str(VINH_LONG), "--city", "Vĩnh Long", "--apply"])

    setup = configuration()
    assert len(setup.areas) == 124
    assert setup.areas["28756"].name == {"vi": "Phường Phú Khương", "en": "Phu Khuong Ward"}
    assert setup.area_index.locate(Point(10.2535, 105.9722)).area in setup.areas
