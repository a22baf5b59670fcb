"""When people do things: offices in their hours, teams in daylight, residents when awake."""

import random
from collections.abc import Sequence
from datetime import datetime, time, timedelta

from hopthu.core.deadlines import Calendar

ARRIVALS: Sequence[int] = (
    2, 1, 1, 1, 2, 8, 22, 34, 26, 20, 18, 20, 16, 14, 15, 16, 20, 26, 30, 36, 34, 24, 12, 5,
)  # fmt: skip
"""How many reports begin in each hour of the day, by weight: before work, and after supper."""


def arrival(rng: random.Random, day: datetime) -> datetime:
    """A moment on `day` at which somebody writes."""
    hour = rng.choices(range(24), ARRIVALS)[0]
    return day.replace(hour=hour, minute=rng.randrange(60), second=rng.randrange(60), microsecond=0)


def at_work(calendar: Calendar, start: datetime, worked: timedelta) -> datetime:
    """The moment after `worked` working time has gone by since `start`."""
    moment = start.astimezone(calendar.tz)
    while True:
        for opens, closes in _spans(calendar, moment):
            begins = max(moment, opens)
            if begins >= closes:
                continue
            if worked < closes - begins:
                return begins + worked
            worked -= closes - begins
        moment = _midnight(moment + timedelta(days=1))


def in_daylight(start: datetime, gone: timedelta) -> datetime:
    """`gone` after `start`, put off to the next morning if that is at night."""
    moment = start + gone
    if moment.hour < 6:
        return moment.replace(hour=6, minute=moment.minute)
    if moment.hour >= 19:
        return _midnight(moment + timedelta(days=1)).replace(hour=6, minute=moment.minute)
    return moment


def awake(start: datetime, gone: timedelta) -> datetime:
    """`gone` after `start`, at an hour at which a resident looks at the phone."""
    moment = start + gone
    if moment.hour < 6:
        return moment.replace(hour=6 + moment.minute % 3)
    return moment


def _spans(calendar: Calendar, day: datetime) -> list[tuple[datetime, datetime]]:
    if not calendar.works_on(day.date()):
        return []
    return [(_on(day, opens), _on(day, closes)) for opens, closes in calendar.hours[day.weekday()]]


def _on(day: datetime, clock: time) -> datetime:
    return datetime.combine(day.date(), clock, day.tzinfo)


def _midnight(moment: datetime) -> datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)
