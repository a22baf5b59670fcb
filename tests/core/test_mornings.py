"""When the letters of a morning are gathered, on the clock of the city."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from hopthu.core.mornings import last_morning

TZ = ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.mark.parametrize(
    ("at", "daily", "weekly"),
    [
        (datetime(2026, 11, 16, 7, 0, tzinfo=TZ), date(2026, 11, 16), date(2026, 11, 16)),
        (datetime(2026, 11, 16, 6, 59, tzinfo=TZ), date(2026, 11, 15), date(2026, 11, 9)),
        (datetime(2026, 11, 22, 23, 0, tzinfo=TZ), date(2026, 11, 22), date(2026, 11, 16)),
        # Seven in the morning there is midnight in Greenwich.
        (datetime(2026, 11, 16, 0, 0, tzinfo=UTC), date(2026, 11, 16), date(2026, 11, 16)),
        (datetime(2026, 11, 15, 23, 59, tzinfo=UTC), date(2026, 11, 15), date(2026, 11, 9)),
    ],
)
def test_a_morning_begins_at_seven_and_a_week_on_monday(
    at: datetime, daily: date, weekly: date
) -> None:
    assert last_morning(at, TZ) == daily
    assert last_morning(at, TZ, weekly=True) == weekly
