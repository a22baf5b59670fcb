"""Every address of the site, knocked at by everybody, about reports of every kind."""

from collections.abc import Iterator
from copy import deepcopy
from typing import TYPE_CHECKING, Final, NamedTuple

from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from hopthu.core.codes import format_number
from hopthu.core.terms import Step

if TYPE_CHECKING:
    from hopthu.reports.models import Report

METHODS: Final = ("GET", "POST")
WITHOUT_OBJECT: Final = "–"
OF_A_REPORT: Final = ("<number:number>", "<number>", "<photo:name>", "<name>")
"""Holes of an address that say which report it is about, or which photo of it."""


FORM: Final = {
    "seen": "1000000",
    "words": "Đã xem.",
    "note": "Đã xem.",
    "reason": "test",
    "outcome": "answered",
    "date": "2026-11-20",
    "body": "office",
    "category": "lamp",
    "lat": "10.005",
    "lon": "106.015",
    "passage": "Lời",
    "recipient": "Điện lực",
    "phone": "115",
}
"""What is sent everywhere: enough for most steps, so that what refuses them is who asks."""


class Knock(NamedTuple):
    """One request of the table."""

    door: str
    """Name of the address, with what was put into it where that makes a difference."""
    method: str
    about: str
    """Which report; `–` where the address names none."""
    path: str

    @property
    def row(self) -> tuple[str, ...]:
        return self.door, self.method, self.about


def addresses() -> dict[str, str]:
    """Name → path with holes, of all that the site answers to."""
    return dict(_addresses(get_resolver().url_patterns, "", ""))


def _addresses(
    patterns: "list[URLPattern | URLResolver]", namespace: str, before: str
) -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        path = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _addresses(pattern.url_patterns, inner, path)
        else:
            yield f"{namespace}{pattern.name}", f"/{path}"


def knocks(reports: "dict[str, Report]", fillings: dict[str, dict[str, str]]) -> Iterator[Knock]:
    """Each address with each method, once for each report where it is about one."""
    for name, path in addresses().items():
        for filled in _filled(path, fillings.get(name, {})):
            about_one = any(hole in filled for hole in OF_A_REPORT)
            for kind, report in reports.items() if about_one else [(WITHOUT_OBJECT, None)]:
                for method in METHODS:
                    door = name if filled == path else f"{name} {filled}"
                    yield Knock(door, method, kind, _about(filled, report))


def _filled(path: str, fillings: dict[str, str]) -> Iterator[str]:
    """The path, its holes other than the report's filled; once for each step where it takes one."""
    for hole, value in fillings.items():
        path = path.replace(f"<{hole}>", value)
    if "<step>" in path:
        yield from (path.replace("<step>", step) for step in Step)
    else:
        yield path


def _about(path: str, report: "Report | None") -> str:
    if report is not None:
        number, photo = format_number(report.number), report.photos.get().name
        for hole, value in zip(OF_A_REPORT, (number, number, photo, photo), strict=True):
            path = path.replace(hole, value)
    if "<" in path:
        raise AssertionError(f"{path}: say in FILLINGS what belongs there")
    return path


class Answer(NamedTuple):
    status: int
    to: str
    """Where a redirect leads."""
    text: str


def answer(client: Client, knock: Knock) -> Answer:
    """The whole answer, after which everything is as it was before, also whoever signed out."""
    cookies = deepcopy(client.cookies)
    with transaction.atomic():
        response = (
            client.get(knock.path) if knock.method == "GET" else client.post(knock.path, FORM)
        )
        body = response.getvalue() if response.streaming else response.content
        transaction.set_rollback(True)
    client.cookies = cookies
    to = response.headers.get("Location", "")
    return Answer(response.status_code, to, body.decode(errors="replace"))
