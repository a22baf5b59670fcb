"""A city whose record is open, for the pages that tell of it."""

from pathlib import Path

import pytest
from pytest_django import Settings


@pytest.fixture
def log(city: None, settings: Settings, tmp_path: Path) -> Path:
    """The folder of a log that waits for its first round."""
    from hopthu.cli.init import make_keys  # only now is Django set up
    from hopthu.record import keys
    from tests.makers import MONDAY

    settings.DATA, settings.RECORD = tmp_path, tmp_path / "record"
    make_keys(tmp_path)
    keys.open_log(origin="city.example/record", at=MONDAY)
    return tmp_path / "record"
