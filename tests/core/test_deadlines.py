"""By when: working time in the city's own zone and hours."""

from collections.abc import Set as AbstractSet
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hopthu.core.deadlines import (
    BadPromise,
    Calendar,
    Hours,
    NaiveTime,
    NoWorkingTime,
    Promise,
    Unit,
    due,
    is_overdue,
)

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
NEW_YORK = ZoneInfo("America/New_York")
OFFICE: Hours = ((time(7, 30), time(11, 30)), (time(13), time(17)))
TET = frozenset({date(2026, 2, 16) + timedelta(days=day) for day in range(5)})


def calendar(
    tz: ZoneInfo = VIETNAM, hours: Hours = OFFICE, off: AbstractSet[date] = TET
) -> Calendar:
    return Calendar(tz, dict.fromkeys(range(5), hours), off.__contains__)


def at(text: str, tz: ZoneInfo = VIETNAM) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=tz)


def hours(amount: int) -> Promise:
    return Promise(amount, Unit.WORKING_HOURS)


def days(amount: int) -> Promise:
    return Promise(amount, Unit.WORKING_DAYS)


# Friday 6 March 2026; Tet is off from Monday 16 to Friday 20 February.
@pytest.mark.parametrize(
    ("start", "promise", "expected"),
    [
        ("2026-03-06 08:00", hours(2), "2026-03-06 10:00"),
        ("2026-03-06 10:30", hours(2), "2026-03-06 14:00"),
        ("2026-03-06 10:30", hours(1), "2026-03-06 11:30"),
        ("2026-03-06 12:00", hours(4), "2026-03-06 17:00"),
        ("2026-03-06 16:30", hours(1), "2026-03-09 08:00"),
        ("2026-03-06 17:00", hours(1), "2026-03-09 08:30"),
        ("2026-03-07 03:00", hours(8), "2026-03-09 17:00"),
        ("2026-03-06 07:00", hours(40), "2026-03-12 17:00"),
        ("2026-02-13 16:00", hours(2), "2026-02-23 08:30"),
        ("2026-03-05 08:00", days(1), "2026-03-06 17:00"),
        ("2026-03-05 23:59", days(1), "2026-03-06 17:00"),
        ("2026-03-06 08:00", days(1), "2026-03-09 17:00"),
        ("2026-03-07 08:00", days(1), "2026-03-09 17:00"),
        ("2026-03-06 08:00", days(10), "2026-03-20 17:00"),
        ("2026-02-13 08:00", days(2), "2026-02-24 17:00"),
        ("2026-02-17 08:00", days(1), "2026-02-23 17:00"),
        ("2026-03-06 16:00", Promise(4, Unit.CLOCK_HOURS), "2026-03-06 20:00"),
        ("2026-02-16 23:00", Promise(24, Unit.CLOCK_HOURS), "2026-02-17 23:00"),
    ],
)
def test_a_promise_falls_due(start: str, promise: Promise, expected: str) -> None:
    moment = due(calendar(), at(start), promise)

    assert moment == at(expected)
    assert moment.tzinfo is VIETNAM


def test_a_start_in_another_zone_is_the_same_moment() -> None:
    start = at("2026-03-06 00:30")

    assert due(calendar(), start.astimezone(UTC), days(1)) == due(calendar(), start, days(1))


zones = st.sampled_from([VIETNAM, NEW_YORK, ZoneInfo("Australia/Lord_Howe")])
moments = st.integers(0, 365 * 24 * 60).map(
    lambda minute: datetime(2025, 12, 1, tzinfo=UTC) + timedelta(minutes=minute)
)
amounts = st.integers(1, 60)
units = st.sampled_from(Unit)
working_units = st.sampled_from([Unit.WORKING_HOURS, Unit.WORKING_DAYS])
days_off = st.frozensets(st.dates(date(2025, 12, 1), date(2027, 1, 1)), max_size=20).map(TET.union)
office_hours = st.lists(st.integers(0, 24 * 4 - 1), min_size=2, max_size=6, unique=True).map(
    lambda quarters: _intervals(sorted(quarters))
)


def _intervals(quarters: list[int]) -> Hours:
    clocks = [time(quarter // 4, quarter % 4 * 15) for quarter in quarters]
    return tuple(zip(clocks[::2], clocks[1::2], strict=False))


@given(zones, office_hours, days_off, moments, amounts, working_units)
def test_working_time_never_falls_due_outside_of_working_hours(
    tz: ZoneInfo, office: Hours, off: frozenset[date], start: datetime, amount: int, unit: Unit
) -> None:
    city = calendar(tz, office, off)

    moment = due(city, start, Promise(amount, unit))

    day, clock = moment.date(), moment.time()
    assert moment > start
    assert city.works_on(day)
    assert any(opens <= clock <= closes for opens, closes in office) or _is_skipped(moment, office)


def _is_skipped(moment: datetime, office: Hours) -> bool:
    """Where the clock is put forward, a closing time that it jumps over is a little later."""
    clocks = {closes for _, closes in office} | {opens for opens, _ in office}
    return any(
        datetime.combine(moment.date(), clock, moment.tzinfo)
        .astimezone(UTC)
        .astimezone(moment.tzinfo)
        .time()
        != clock
        for clock in clocks
    )


@given(
    zones,
    office_hours,
    days_off,
    moments,
    st.timedeltas(timedelta(0), timedelta(9)),
    amounts,
    units,
)
def test_whoever_reports_later_is_never_promised_earlier(
    tz: ZoneInfo,
    office: Hours,
    off: frozenset[date],
    start: datetime,
    later: timedelta,
    amount: int,
    unit: Unit,
) -> None:
    city = calendar(tz, office, off)
    promise = Promise(amount, unit)

    assert due(city, start, promise) <= due(city, start + later, promise)


@given(zones, office_hours, days_off, moments, amounts, units)
def test_a_longer_promise_falls_due_later(
    tz: ZoneInfo, office: Hours, off: frozenset[date], start: datetime, amount: int, unit: Unit
) -> None:
    city = calendar(tz, office, off)

    assert due(city, start, Promise(amount, unit)) < due(city, start, Promise(amount + 1, unit))


@given(office_hours, days_off, moments, amounts, amounts)
def test_working_hours_add_up(
    office: Hours, off: frozenset[date], start: datetime, first: int, second: int
) -> None:
    city = calendar(VIETNAM, office, off)

    stop = due(city, start, hours(first))
    assert due(city, stop, hours(second)) == due(city, start, hours(first + second))


@given(moments, amounts)
def test_clock_hours_run_day_and_night(start: datetime, amount: int) -> None:
    moment = due(calendar(NEW_YORK), start, Promise(amount, Unit.CLOCK_HOURS))

    assert moment - start == timedelta(hours=amount)


def test_clock_hours_are_real_hours_when_the_clock_is_put_forward() -> None:
    start = at("2026-03-07 12:00", NEW_YORK)

    moment = due(calendar(NEW_YORK), start, Promise(24, Unit.CLOCK_HOURS))

    assert moment == at("2026-03-08 13:00", NEW_YORK)


def test_a_night_shift_is_an_hour_shorter_when_the_clock_is_put_forward() -> None:
    night = Calendar(NEW_YORK, {6: ((time(0), time(8)),)}, lambda _: False)

    moment = due(night, at("2026-03-08 00:00", NEW_YORK), hours(7))

    assert moment == at("2026-03-08 08:00", NEW_YORK)


def test_a_clock_put_forward_over_a_break_counts_no_moment_twice() -> None:
    split = Calendar(NEW_YORK, {6: ((time(0), time(2, 45)), (time(3), time(6)))}, lambda _: False)

    assert due(split, at("2026-03-08 00:00", NEW_YORK), hours(5)) == at(
        "2026-03-08 06:00", NEW_YORK
    )


def test_work_can_last_until_midnight() -> None:
    late = Calendar(VIETNAM, {0: ((time(20), time(0)),)}, lambda _: False)

    assert due(late, at("2026-03-09 09:00"), hours(4)) == at("2026-03-10 00:00")
    assert due(late, at("2026-03-08 09:00"), days(1)) == at("2026-03-10 00:00")


def test_a_calendar_in_which_nobody_works_is_a_mistake() -> None:
    for nobody in (
        Calendar(VIETNAM, {}, lambda _: False),
        Calendar(VIETNAM, {0: ()}, lambda _: False),
        Calendar(VIETNAM, {0: OFFICE}, lambda _: True),
    ):
        for promise in (hours(1), days(1)):
            with pytest.raises(NoWorkingTime):
                due(nobody, at("2026-03-06 08:00"), promise)


def test_a_time_without_its_zone_is_a_mistake() -> None:
    with pytest.raises(NaiveTime):
        due(calendar(), datetime(2026, 3, 6, 8), days(1))  # noqa: DTZ001  the mistake itself


def test_a_promise_of_no_time_is_a_mistake() -> None:
    with pytest.raises(BadPromise):
        days(0)


@given(moments, st.timedeltas(timedelta(microseconds=1), timedelta(999)))
def test_a_promise_is_kept_up_to_its_last_moment(moment: datetime, later: timedelta) -> None:
    assume(later)
    assert not is_overdue(moment, moment - later)
    assert not is_overdue(moment, moment)
    assert is_overdue(moment, moment + later)
