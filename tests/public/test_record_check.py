"""`/record/check`: the page that checks a receipt in the reader's own browser."""

import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from hopthu.core.entries import CITY_TYPES, ERASURE
from hopthu.core.terms import CallReason, DeclineReason, HideReason, Outcome, Role, Status, Step
from hopthu.reports.models.event import PHOTO_PUBLISHED, PHOTO_WITHHELD, RECEIVED

pytestmark = pytest.mark.django_db
SCRIPT = "public/record/check.js"


def page(client: Client, language: str = "en") -> str:
    return client.get("/record/check", headers={"accept-language": language}).content.decode()


def words(client: Client, language: str = "en") -> dict[str, Any]:
    found = re.search(r'<script id="check-words"[^>]*>(.*?)</script>', page(client, language))
    assert found
    told: dict[str, Any] = json.loads(found[1])
    return told


def scripts() -> str:
    """All of the checker's own modules."""
    folder = Path(str(finders.find(SCRIPT))).parent
    return "\n".join(path.read_text() for path in folder.glob("*.js"))


def test_the_page_carries_the_keys_that_the_city_publishes(log: Path, client: Client) -> None:
    shown = unescape(page(client))

    assert f'data-keys="{(log / "vkey").read_text().strip()}"' in shown
    assert f'data-promise-keys="{(log / "promise-vkey").read_text().strip()}"' in shown


@pytest.mark.parametrize("language", ["vi", "en", "km"])
def test_whatever_the_script_may_have_to_say_has_words(
    log: Path, client: Client, language: str
) -> None:
    told = words(client, language)
    thrown = re.findall(r"(?:new Fault|\bor)\(([^\n;]*)", scripts())
    faults = {code for call in thrown for code in re.findall(r'"(\w+)"', call)}
    # The form for a key says beside its field that this is none.
    faults.remove("vkey")
    said = set(re.findall(r'\bsay\("(\w+)"', scripts()))

    assert faults > {"crlf", "cutShort", "otherLog", "path", "signature", "unknownKey"}
    assert faults - set(told["faults"]) == set()
    assert said > {"standing", "sealed"}
    assert said - set(told["say"]) == set()
    assert all(text for table in told.values() for text in table)


def test_every_code_of_an_entry_has_a_name(log: Path, client: Client) -> None:
    told = words(client)
    photos = {PHOTO_PUBLISHED, PHOTO_WITHHELD, "photo.replaced"}

    assert set(told["types"]) >= {RECEIVED, ERASURE, *photos, *Step, *CITY_TYPES}
    assert set(told["statuses"]) == set(Status)
    assert set(told["actors"]) == set(Role)
    assert set(told["outcomes"]) == set(Outcome)
    assert set(told["reasons"]) == {*DeclineReason, *HideReason, *CallReason}
    assert told["categories"]["lamp"] == "Đèn đường (en)"


@pytest.mark.parametrize("path", ["/", "/record", "/reports", "/follow", "/report/new"])
def test_no_other_page_loads_what_checks(log: Path, client: Client, path: str) -> None:
    assert SCRIPT in page(client)
    assert SCRIPT not in client.get(path).content.decode()


def test_without_a_script_it_says_how_to_check(log: Path, client: Client) -> None:
    assert "hopthu verify http://testserver/record --receipt" in page(client)
