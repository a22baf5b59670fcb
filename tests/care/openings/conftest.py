"""A city with an officer whose passkey is two days old, and a report whose sender may be called."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.care.openings.scene import Scene


@pytest.fixture
def scene(data: Path) -> "Scene":
    from tests.care.openings.scene import set_up  # only now is Django set up

    return set_up(data)
