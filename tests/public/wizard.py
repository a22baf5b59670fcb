"""Filling in `/report/new` as a browser without JavaScript does: by what the page shows."""

import json
import re
from hashlib import sha256
from html import unescape
from html.parser import HTMLParser
from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.test import Client

from tests import makers

URL = "/report/new"


def whole(**changes: Any) -> dict[str, Any]:
    """Every field of a good report, as its last page sends them; None leaves a field out."""
    fields = {
        "page": "check",
        "submission": uuid4().hex,
        "category": "lamp",
        "lat": str(makers.IN_EAST.lat),
        "lon": str(makers.IN_EAST.lon),
        "text": "Đèn đường hư ba đêm nay.",
        **changes,
    }
    return {name: value for name, value in fields.items() if value is not None}


def send(client: Client, **changes: Any) -> HttpResponse:
    response: HttpResponse = client.post(URL, whole(**changes))  # type: ignore[assignment]
    return response


def fields(response: HttpResponse) -> dict[str, Any]:
    """What the form of a page would send: hidden inputs and what is filled in or chosen."""
    reader = _FormReader()
    reader.feed(response.content.decode())
    return reader.fields


def page(response: HttpResponse) -> str:
    """The name of the page that is shown; empty for the last one, which has no form."""
    found = fields(response).get("page", "")
    return str(found[0]) if found else ""


def errors(response: HttpResponse) -> dict[str, str]:
    """Field → the message that stands beside it."""
    html = response.content.decode()
    found = re.findall(r'<p class="error" id="([\w-]+)-error">(.*?)</p>', html, re.DOTALL)
    return {name: words(message).removeprefix("Lỗi:").strip() for name, message in found}


def summary(response: HttpResponse) -> list[str]:
    """The fields that the error summary leads to."""
    html = response.content.decode()
    box = re.search(r'<div class="error-summary".*?</div>', html, re.DOTALL)
    return re.findall(r'href="#([\w-]+)"', box[0]) if box else []


def words(html: str) -> str:
    """Text without tags, on one line."""
    plain = re.sub(r"<svg.*?</svg>|<[^>]+>", " ", html, flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(plain)).strip()


def text(response: HttpResponse) -> str:
    main = re.search(r"<main.*?</main>", response.content.decode(), re.DOTALL)
    return words(main[0]) if main else ""


def solved(puzzle: str) -> str:
    """The number that the page asks for while much comes in, found as a browser finds it."""
    given = json.loads(puzzle)
    for number in map(str, range(given["most"] + 1)):
        if sha256((given["salt"] + number).encode()).hexdigest() == given["challenge"]:
            return number
    raise AssertionError("no number fits")


class _FormReader(HTMLParser):
    """The fields of the form with the id `form`."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, list[str]] = {}
        self._inside = False
        self._area: str | None = None
        self._select: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = given.get("id") == "form"
        if not self._inside:
            return
        match tag:
            case "input":
                self._input(given)
            case "textarea":
                self._area = given["name"]
                self.fields[self._area] = [""]
            case "select":
                self._select = given["name"]
                self.fields.setdefault(self._select, [""])
            case "option" if self._select and "selected" in given:
                self.fields[self._select] = [given.get("value", "")]

    def _input(self, given: dict[str, str]) -> None:
        kind = given.get("type", "text")
        if kind == "file" or (kind in {"radio", "checkbox"} and "checked" not in given):
            return
        self.fields.setdefault(given["name"], []).append(given.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self._inside and self._area:
            value = self.fields[self._area][0] + data
            # The first line break of a textarea is not part of its value.
            self.fields[self._area] = [value.removeprefix("\n")]

    def handle_endtag(self, tag: str) -> None:
        match tag:
            case "form":
                self._inside = False
            case "textarea":
                self._area = None
            case "select":
                self._select = None
