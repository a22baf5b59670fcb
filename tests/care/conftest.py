"""A data folder of one's own for each test, with keys and a log that is open."""

from pathlib import Path

import pytest
from pytest_django import Settings


@pytest.fixture
def data(tmp_path: Path, settings: Settings, db: None) -> Path:
    from hopthu.cli.init import make_keys  # only now is Django set up
    from hopthu.people import seal_keys
    from hopthu.record import keys
    from tests.makers import MONDAY

    data = tmp_path / "data"
    settings.DATA, settings.RECORD, settings.PHOTOS = data, data / "record", data / "photos"
    make_keys(data)
    seal_keys.make(data, tell=lambda _: None)
    keys.open_log(origin="city.example/record", at=MONDAY)
    return data
