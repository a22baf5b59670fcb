"""A log of one's own for each test, in a folder of its own."""

from pathlib import Path

import pytest
from pytest_django import Settings


@pytest.fixture
def record(tmp_path: Path, settings: Settings, db: None) -> Path:
    """The folder of a log that is open: it waits for its first round, with one entry."""
    from tests.makers import open_log  # only now is Django set up

    return open_log(tmp_path, settings)
