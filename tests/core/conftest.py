"""Rules about the world are tested without Django, database or clock."""

import pytest
from hypothesis import settings

settings.register_profile("core", max_examples=50, deadline=None)
settings.load_profile("core")


@pytest.fixture(autouse=True)
def _no_snapshot_between_tests() -> None:
    """There is no city here to forget (see tests/conftest.py)."""
