"""Rules about the world are tested without Django, database or clock.

Few examples, so that the whole folder takes a moment; for a long look:

    HYPOTHESIS_PROFILE=thorough pytest tests/core
"""

import os

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("core", max_examples=20, deadline=None)
settings.register_profile(
    "thorough", max_examples=2_000, deadline=None, suppress_health_check=list(HealthCheck)
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "core"))


@pytest.fixture(autouse=True)
def _no_snapshot_between_tests() -> None:
    """There is no city here to forget (see tests/conftest.py)."""
