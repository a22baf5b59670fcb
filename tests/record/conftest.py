"""A log of one's own for each test, in a folder of its own."""

from pathlib import Path

import pytest
from pytest_django import Settings


@pytest.fixture
def record(tmp_path: Path, settings: Settings, db: None) -> Path:
    """The folder of a log that is open: it waits for its first round, with one entry."""
    from hopthu.cli.init import make_keys  # only now is Django set up
    from hopthu.record import keys
    from tests.makers import MONDAY

    settings.DATA, settings.RECORD = tmp_path, tmp_path / "record"
    make_keys(tmp_path)
    keys.open_log(origin="city.example/record", at=MONDAY)
    return tmp_path / "record"
