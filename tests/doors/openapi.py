"""The site as an OpenAPI document, so that programs that read such documents can knock everywhere.

Made of what there is: the addresses of the resolver, and the names that each was seen to ask its
query or form for. Each value is a good one, an odd one, or anything at all.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final, NamedTuple

import pytest
from django.http import QueryDict

from hopthu.core.codes import format_number
from hopthu.core.terms import Step
from hopthu.reports.models import Report
from tests.doors.doors import FORM

HOLE: Final = re.compile(r"<(?:\w+:)?(\w+)>")
ODD: Final = ("\0", "1" * 5_000, "٣\u202e'\"%00{{<&../x")
GOOD: Final[Mapping[str, tuple[str, ...]]] = {
    "action": ("add_words", "reply", "withdraw"),
    "area": ("east", "west"),
    "box": ("100,100,200,200", "0,0,1000,1000"),
    "category": ("lamp", "noise", "papers", "service", "wires"),
    "concerned": ("works", "office"),
    "date": ("2026-11-20", "9999-12-31", "0001-01-01"),
    "decision": ("withhold", "publish"),
    "email": ("an@example.vn",),
    "go": ("what", "where", "describe", "check"),
    "lat": ("10.005", "90", "-1e308", "106.015"),
    "lon": ("106.015", "180", "10.005"),
    "next": ("/reports", "/desk/", "//elsewhere.example"),
    "of": ("body", "mine", "all", "judge", "unrouted"),
    "often": ("now", "daily", "weekly"),
    "outcome": ("done", "answered"),
    "page": ("check", "what", "before", "where", "describe", "nearby"),
    "reason": ("test", "law", "not_found", "personal_data"),
    "seen": ("1000000", "1", "99999999999999999"),
    "state": ("held", "published"),
    "status": ("open", "closed", "done"),
    "submission": ("x" * 22,),
    "username": ("own", "moderator"),
}


class Door(NamedTuple):
    method: str
    path: str
    """With holes."""


Asked = dict[Door, dict[str, str]]
"""Of each door the names that it asks for, and a visitor for whom it does."""


@contextmanager
def names_asked_for() -> Iterator[set[str]]:
    """What queries and forms are asked for meanwhile."""
    found: set[str] = set()
    with pytest.MonkeyPatch.context() as patched:
        for look in ("__getitem__", "getlist", "__contains__"):
            patched.setattr(QueryDict, look, _noting(getattr(QueryDict, look), found))
        yield found


def _noting(look: Any, found: set[str]) -> Any:
    def noting(self: Any, key: str, *rest: Any) -> Any:
        found.add(key)
        return look(self, key, *rest)

    return noting


def good_values(reports: Iterable[Report]) -> dict[str, tuple[str, ...]]:
    """Name or hole → what makes sense there."""
    photos = tuple(report.photos.get().name for report in reports)
    numbers = tuple(format_number(report.number) for report in reports)
    known = {name: (value,) for name, value in FORM.items()} | dict(GOOD)
    return known | {
        **dict.fromkeys(("number", "report", "target", "candidate"), numbers),
        **dict.fromkeys(("name", "photo"), photos),
        "step": tuple(Step),
    }


def document(asked: Asked, values: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
    paths: dict[str, dict[str, Any]] = {}
    for door, names in asked.items():
        operations = paths.setdefault(HOLE.sub(r"{\1}", door.path), {})
        operations[door.method.lower()] = _operation(door, sorted(names), values)
    return {
        "openapi": "3.0.3",
        "info": {"title": "Everything that the site answers to", "version": "1"},
        "paths": paths,
    }


def _operation(
    door: Door, names: list[str], values: Mapping[str, tuple[str, ...]]
) -> dict[str, Any]:
    holes = HOLE.findall(door.path)
    parameters = [
        {"in": "path", "name": hole, "required": True, "schema": _value(values.get(hole, ()))}
        for hole in holes
    ]
    told: dict[str, Any] = {"responses": {"default": {"description": "a page"}}}
    # The same name may come twice.
    fields = {name: _several(_value(values.get(name, ()))) for name in names}
    if door.method == "POST":
        return told | {"parameters": parameters, "requestBody": {"content": _bodies(fields)}}
    parameters += [
        {"in": "query", "name": name, "schema": schema}
        for name, schema in fields.items()
        if name not in holes
    ]
    for name in ("Accept-Language", "Range", "If-None-Match", "X-Forwarded-For"):
        parameters.append({"in": "header", "name": name, "schema": {"type": "string"}})
    return told | {"parameters": parameters}


def _bodies(fields: Mapping[str, Any]) -> dict[str, Any]:
    form = {"schema": {"type": "object", "properties": fields}}
    file = {"photo": {"type": "string", "format": "binary"}}
    return {
        "application/x-www-form-urlencoded": form,
        "multipart/form-data": {"schema": {"type": "object", "properties": {**fields, **file}}},
        "text/plain": {"schema": {"type": "string"}},
    }


def _value(good: tuple[str, ...]) -> dict[str, Any]:
    anything = {"type": "string", "minLength": 1}
    return {"anyOf": [{"type": "string", "enum": [*good, *ODD]}, anything]}


def _several(value: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": value, "minItems": 1, "maxItems": 2}
