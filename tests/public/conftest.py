"""A city whose record is open, for the pages that tell of it."""

from pathlib import Path

import pytest
from pytest_django import Settings


@pytest.fixture
def log(city: None, settings: Settings, tmp_path: Path) -> Path:
    """The folder of a log that waits for its first round."""
    from tests.makers import open_log  # only now is Django set up

    return open_log(tmp_path, settings)
