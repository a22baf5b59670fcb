"""Working time: when a promise falls due. The time is always an argument.

Hours are those of the clock on the wall of the city, days those of its calendar. The clock never
pauses: a question to the sender, or a report that changes hands, moves no deadline.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum

Hours = tuple[tuple[time, time], ...]
"""The working hours of one day: from, to, in order; an end at 00:00 is midnight."""

_ONE_DAY = timedelta(days=1)
_LONGEST_CLOSURE = 400
"""Days; a calendar without one working day in that time is a mistake."""


class Unit(StrEnum):
    WORKING_HOURS = "working_hours"
    WORKING_DAYS = "working_days"
    CLOCK_HOURS = "clock_hours"
    """Day and night: danger does not wait for Monday."""


class NaiveTime(ValueError):
    """A time without its zone."""


class BadPromise(ValueError):
    """A promise of no time at all."""


class NoWorkingTime(ValueError):
    """A calendar in which nobody ever works."""


@dataclass(frozen=True)
class Calendar:
    """When a city works."""

    tz: tzinfo
    hours: Mapping[int, Hours]
    """Weekday (Monday is 0) → working hours; a weekday that is left out is off."""
    days_off: Callable[[date], bool]

    def works_on(self, day: date) -> bool:
        return bool(self.hours.get(day.weekday())) and not self.days_off(day)


@dataclass(frozen=True)
class Promise:
    """Raises BadPromise below one."""

    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        if self.amount < 1:
            raise BadPromise(self.amount)


def due(calendar: Calendar, start: datetime, promise: Promise) -> datetime:
    """When a promise given at `start` falls due, in the city's time zone.

    Raises NaiveTime, NoWorkingTime.
    """
    if start.utcoffset() is None:
        raise NaiveTime(start)
    match promise.unit:
        case Unit.CLOCK_HOURS:
            moment = start.astimezone(UTC) + timedelta(hours=promise.amount)
        case Unit.WORKING_HOURS:
            moment = _after_working_hours(calendar, start, timedelta(hours=promise.amount))
        case Unit.WORKING_DAYS:
            moment = _after_working_days(calendar, start, promise.amount)
    return moment.astimezone(calendar.tz)


def is_overdue(due_at: datetime, at: datetime) -> bool:
    """A promise is kept up to the very moment it falls due."""
    return at > due_at


def _after_working_hours(calendar: Calendar, start: datetime, left: timedelta) -> datetime:
    cursor = start.astimezone(UTC)
    for day in _working_days(calendar, start.astimezone(calendar.tz).date()):
        for opens, closes in calendar.hours[day.weekday()]:
            # Where a clock is put forward, the end of a morning can fall after the start of
            # the afternoon: no moment counts twice.
            begins = max(cursor, _moment(calendar, day, opens))
            ends = _moment(calendar, day, closes, is_end=True)
            if ends <= begins:
                continue
            if left <= ends - begins:
                return begins + left
            left -= ends - begins
            cursor = ends
    raise AssertionError("the days of a calendar do not end")


def _after_working_days(calendar: Calendar, start: datetime, amount: int) -> datetime:
    """The end of work on the last day; the day of the start does not count.

    Civil Code of Viet Nam (91/2015/QH13), art. 147(2): the first day of a period is not counted.
    """
    first = start.astimezone(calendar.tz).date() + _ONE_DAY
    for day in _working_days(calendar, first):
        amount -= 1
        if not amount:
            _, closes = calendar.hours[day.weekday()][-1]
            return _moment(calendar, day, closes, is_end=True)
    raise AssertionError("the days of a calendar do not end")


def _working_days(calendar: Calendar, day: date) -> Iterator[date]:
    """All working days from `day` on. Raises NoWorkingTime."""
    closed = 0
    while closed <= _LONGEST_CLOSURE:
        if calendar.works_on(day):
            closed = 0
            yield day
        else:
            closed += 1
        day += _ONE_DAY
    raise NoWorkingTime(day)


def _moment(calendar: Calendar, day: date, clock: time, *, is_end: bool = False) -> datetime:
    if is_end and clock == time.min:
        day += _ONE_DAY
    return datetime.combine(day, clock, calendar.tz).astimezone(UTC)
