"""How often numbers are opened, and how long things wait."""

from datetime import timedelta
from typing import Final

LIFE: Final = timedelta(minutes=10)
"""From the asking on; then everything of it is gone."""
WAIT: Final = timedelta(hours=24)
"""From when work first saw a passkey, or a task, in the public record."""
DAY: Final = timedelta(hours=24)
OF_OFFICER: Final = 5
"""Numbers that one officer may open within a `DAY`."""
OF_CITY: Final = 100
"""And all together: so much is lost at most before somebody sees the entries."""
AT_ONCE: Final = 20
"""Rows that are looked at in one round."""
SILENCE: Final = timedelta(seconds=20)
"""After so long without a question, work is not running."""
