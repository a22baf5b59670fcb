"""When letters that gather several things go out: in the morning, on the city's clock."""

from datetime import date, datetime, time, timedelta, tzinfo

MORNING = time(7, 0)
MONDAY = 0


def last_morning(at: datetime, tz: tzinfo, *, weekly: bool = False) -> date:
    """The day of the newest morning that has begun by `at`; `weekly`: the newest Monday's."""
    local = at.astimezone(tz)
    day = local.date()
    if local.time() < MORNING:
        day -= timedelta(days=1)
    return day - timedelta(days=(day.weekday() - MONDAY) % 7) if weekly else day
