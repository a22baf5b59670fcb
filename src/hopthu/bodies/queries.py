"""Reading the city's set-up."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, time
from functools import lru_cache
from itertools import groupby
from zoneinfo import ZoneInfo

import holidays
from django.db import connection

from hopthu.bodies import configuration as c
from hopthu.bodies import freshness, models
from hopthu.bodies.translated import Translated
from hopthu.core.deadlines import Calendar, Promise, Unit
from hopthu.core.geometry import AreaIndex
from hopthu.core.routing import Rule


class NoCity(Exception):
    """Nobody has set up a city here yet: `hopthu demo`, or `hopthu import`."""


class _Held:
    """What a request has read, for the rest of it."""

    setup: c.Configuration | None = None


_snapshot: c.Configuration | None = None
_lock = threading.Lock()
_held: ContextVar[_Held | None] = ContextVar("held", default=None)


@contextmanager
def one_setup() -> Iterator[None]:
    """Within it the set-up is read once: one answer speaks of one version of the city."""
    token = _held.set(_Held())
    try:
        yield
    finally:
        _held.reset(token)


def configuration() -> c.Configuration:
    """The set-up as it is now, read anew only when something changed (`bodies.freshness`).

    Raises `NoCity`.
    """
    held = _held.get()
    if held is None:
        return _read()
    if held.setup is None:
        held.setup = _read()
    return held.setup


def _read() -> c.Configuration:
    global _snapshot
    # A transaction sees changes of its own, which nobody else may ever see.
    alone = connection.in_atomic_block
    if not alone and _snapshot is not None and freshness.holds():
        return _snapshot
    announcement, version = freshness.announced(), _version()
    with _lock:
        if _snapshot is None or _snapshot.version != version:
            _snapshot = _load()
        if alone:
            freshness.forget()
        else:
            freshness.asked(announcement)
        return _snapshot


def _version() -> int:
    """In plain SQL, as building the query costs ten times its running."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT version FROM {models.City._meta.db_table}")  # noqa: S608  our own table
        row = cursor.fetchone()
    if row is None:
        raise NoCity
    return int(row[0])


def read_anew() -> None:
    """The set-up was changed here: what comes next in this request shall see it."""
    held = _held.get()
    if held is not None:
        held.setup = None


def forget() -> None:
    """Drop the snapshot: for tests, where a rolled-back transaction reuses version numbers."""
    global _snapshot
    _snapshot = None
    freshness.forget()


def _load() -> c.Configuration:
    city = models.City.objects.get()
    areas = list(models.Area.objects.all())
    categories = {category.code: category for category in _categories()}
    return c.Configuration(
        version=city.version,
        city=_city(city),
        groups=_groups(categories),
        categories=categories,
        areas={a.code: c.Area(a.pk, a.code, a.name) for a in areas},
        shapes={a.code: a.shape for a in areas},
        bodies={b.code: c.Body(b.pk, b.code, b.name, b.phone) for b in models.Body.objects.all()},
        rules=tuple(_rules()),
        calendar=_calendar(city),
        area_index=AreaIndex({a.code: a.shape for a in areas}),
    )


def _city(city: models.City) -> c.City:
    numbers = tuple((n["number"], Translated(n["name"])) for n in city.emergency_numbers)
    return c.City(
        name=city.name,
        kind=city.kind,
        about=city.about,
        jurisdiction_id=city.jurisdiction_id,
        time_zone=city.time_zone,
        emergency_numbers=numbers,
        demo=city.demo,
    )


def _categories() -> list[c.Category]:
    rows = models.Category.objects.select_related("group").prefetch_related("questions")
    return [
        c.Category(
            id=row.pk,
            code=row.code,
            group=row.group.code,
            name=row.name,
            description=row.description,
            icon=row.icon,
            place=row.place,
            private=row.private,
            oversight=row.oversight,
            danger=row.danger,
            legal_notice=row.legal_notice,
            active=row.active,
            acknowledge_within=Promise(row.acknowledge_amount, Unit(row.acknowledge_unit)),
            resolve_within=Promise(row.resolve_amount, Unit(row.resolve_unit)),
            questions=tuple(_question(question) for question in row.questions.all()),
        )
        for row in rows
    ]


def _question(row: models.Question) -> c.Question:
    return c.Question(
        code=row.code,
        prompt=row.prompt,
        help=row.help,
        datatype=row.datatype,
        required=row.required,
        public=row.public,
        choices=tuple((key, Translated(words)) for key, words in row.choices),
    )


def _groups(categories: dict[str, c.Category]) -> tuple[c.Group, ...]:
    active = [category for category in categories.values() if category.active]
    active.sort(key=lambda category: category.group)
    members = {code: tuple(rows) for code, rows in groupby(active, key=lambda one: one.group)}
    return tuple(
        c.Group(row.code, row.name, row.icon, members[row.code])
        for row in models.Group.objects.all()
        if row.code in members
    )


def _rules() -> list[Rule]:
    rows = models.Rule.objects.values_list(
        "body__code", "category__code", "group__code", "area__code"
    )
    return [Rule(body, category, group, area) for body, category, group, area in rows]


def _calendar(city: models.City) -> Calendar:
    hours = {
        int(day): tuple((time.fromisoformat(a), time.fromisoformat(b)) for a, b in spans)
        for day, spans in city.working_hours.items()
    }
    return Calendar(tz=ZoneInfo(city.time_zone), hours=hours, days_off=_days_off(city))


def _days_off(city: models.City) -> Callable[[date], bool]:
    """Public holidays of the country; what the city's own table says comes first."""
    public = holidays.country_holidays(city.country)
    own = dict(models.DayOff.objects.values_list("date", "working"))

    # Each promise asks for some twenty days, and asking the library costs more than all the rest.
    @lru_cache(maxsize=1_000)
    def is_off(day: date) -> bool:
        return not own[day] if day in own else day in public

    return is_off
