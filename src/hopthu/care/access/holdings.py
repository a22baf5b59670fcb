"""`report.json`: the rows about one report, field by field, as `parts` has it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Model

from hopthu.bodies.models import Area, Body, Category
from hopthu.care.access.parts import SECTIONS, told
from hopthu.outbox.queries import letters_about
from hopthu.people import contacts, telephones
from hopthu.reports.models import Event, Report
from hopthu.reports.queries.erasures import requests_of_sender
from hopthu.reports.queries.whole import whole

FORMAT: Final = "hopthu report v1"
FILE: Final = "file"
"""Of a photo: where it lies in the package."""


@dataclass(frozen=True)
class Holdings:
    """What `report.json` tells, and the names of the photos in the order of its list."""

    told: dict[str, Any]
    photos: tuple[str, ...]


def holdings(number: str, *, at: datetime) -> Holdings:
    """Raises `Report.DoesNotExist`."""
    found = whole(number)
    rows: dict[str, Iterable[Model]] = {
        "events": found.events,
        "photos": found.photos,
        "notes": found.notes,
        "requests": requests_of_sender(found.report),
        "letters": letters_about(number),
    }
    tables = {name: [_row(row, SECTIONS[name]) for row in these] for name, these in rows.items()}
    answer = {
        "format": FORMAT,
        "made_at": at.isoformat(),
        "contact_held": contacts.exists(number),
        "telephone_held": telephones.exists(number),
        "report": _row(found.report, SECTIONS["report"]),
        **tables,
    }
    return Holdings(answer, tuple(photo.name for photo in found.photos))


def _row(row: Model, model: str) -> dict[str, Any]:
    return {name: _value(getattr(row, name)) for name in told(model)}


def _value(value: object) -> object:
    """As JSON has it: times in ISO 8601, other rows by the name that everybody knows them by."""
    match value:
        case datetime() | date():
            return value.isoformat()
        case Area() | Body() | Category():
            return value.code
        case Report():
            return value.number
        case Event():
            return value.seq
    return value
