"""The city's set-up as the record tells it: in the clear, since all of it is public anyway.

`docs/record-format.md` gives the fields of each kind. Every definition is read anew from its row,
so that it says what is stored and not what somebody meant to store.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

from django.db.models import QuerySet
from django.utils import timezone

from hopthu.bodies.models import Area, Body, Category, City, DayOff, Group, Question, Rule
from hopthu.core.canonical import Json, canonical
from hopthu.core.entries import EntryTooLong, city_entry
from hopthu.core.tiles import MAX_ENTRY
from hopthu.record.actions import append

Told = dict[str, Json]

_PLACES: Final = 7
"""Decimal places of a coordinate in the text that is hashed: about a centimetre."""


class DefinitionTooLong(EntryTooLong):
    """The names, questions and choices are more than an entry of the record holds."""

    def __init__(self, kind: str, told: Told) -> None:
        what = kind.partition(".")[0]
        super().__init__(
            f"{what} {told.get(what, '')}: its words take more than the {MAX_ENTRY:,} bytes"
            " that an entry of the public record holds; shorten them"
        )


@contextmanager
def recorded(kind: str, rows: QuerySet[Any], *, at: datetime | None) -> Iterator[None]:
    """Append what became of the one row of `rows`, unless it is what it was.

    `at` is now if nobody says otherwise. Raises `DefinitionTooLong`.
    """
    before = _defined(kind, rows)
    yield
    after = _defined(kind, rows)
    if after is None or after == before:
        return
    try:
        append(city_entry(kind, at=at or timezone.now(), told={"defined": after}))
    except EntryTooLong as error:
        raise DefinitionTooLong(kind, after) from error


def _defined(kind: str, rows: QuerySet[Any]) -> Told | None:
    row = rows.first()
    return None if row is None else DEFINITIONS[kind](row)


def _city(row: City) -> Told:
    return {
        "name": row.name,
        "kind": row.kind,
        "about": row.about,
        "jurisdiction_id": row.jurisdiction_id,
        "time_zone": row.time_zone,
        "country": row.country,
        "working_hours": row.working_hours,
        "emergency_numbers": row.emergency_numbers,
        "refused_words": row.refused_words,
        "demo": row.demo,
    }


def _area(row: Area) -> Told:
    return {
        "area": row.code,
        "name": row.name,
        "position": row.position,
        "shape_sha256": shape_sha256(row.shape),
    }


def _body(row: Body) -> Told:
    return {"body": row.code, "name": row.name, "phone": row.phone, "position": row.position}


def _group(row: Group) -> Told:
    return {"group": row.code, "name": row.name, "icon": row.icon, "position": row.position}


def _category(row: Category) -> Told:
    return {
        "category": row.code,
        "group": row.group.code,
        "name": row.name,
        "description": row.description,
        "icon": row.icon,
        "place": row.place,
        "private": row.private,
        "oversight": row.oversight,
        "danger": row.danger,
        "legal_notice": row.legal_notice,
        "acknowledge": {"amount": row.acknowledge_amount, "unit": row.acknowledge_unit},
        "resolve": {"amount": row.resolve_amount, "unit": row.resolve_unit},
        "active": row.active,
        "position": row.position,
        "questions": [_question(question) for question in row.questions.all()],
    }


def _question(row: Question) -> Told:
    return {
        "code": row.code,
        "prompt": row.prompt,
        "help": row.help,
        "datatype": row.datatype,
        "required": row.required,
        "public": row.public,
        "choices": row.choices,
    }


def _rule(row: Rule) -> Told:
    """What the rule does not ask about is left out."""
    fits = {"category": row.category, "group": row.group, "area": row.area}
    return {"body": row.body.code, **{name: one.code for name, one in fits.items() if one}}


def _day_off(row: DayOff) -> Told:
    return {"date": row.date.isoformat(), "working": row.working, "name": row.name}


DEFINITIONS: Final[Mapping[str, Callable[[Any], Told]]] = {
    "city.changed": _city,
    "area.changed": _area,
    "body.changed": _body,
    "group.changed": _group,
    "category.changed": _category,
    "rule.changed": _rule,
    "calendar.changed": _day_off,
}


def shape_sha256(shape: dict[str, Any]) -> str:
    """SHA-256 of the RFC 8785 bytes of the border, its coordinates as text of seven decimals."""
    return sha256(canonical(_without_floats(shape))).hexdigest()


def _without_floats(value: Any) -> Json:
    match value:
        case bool() | str() | None:
            return value
        case int() | float():
            return f"{value:.{_PLACES}f}"
        case dict():
            return {name: _without_floats(one) for name, one in value.items()}
        case _:
            return [_without_floats(one) for one in value]
