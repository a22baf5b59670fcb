"""The pages that letters lead to, and those that no other file looks at: axe-core, and 320 px."""

import json
import re
from urllib.parse import urlsplit

import pytest
from django.urls import resolve
from playwright.sync_api import Page

from tests.browser import OpenPage
from tests.doors.doors import addresses
from tests.journeys.test_accessibility import PUBLIC, faults
from tests.live import Server

NARROW = {"viewport": {"width": 320, "height": 640}}
STORY = """
import json
from urllib.parse import urlsplit
from django.utils import timezone
from hopthu.core.sealing import Reachable
from hopthu.outbox import unsubscribing
from hopthu.outbox.following import links, subscribing
from hopthu.outbox.following.things import Thing
from hopthu.outbox.models import Often
from hopthu.people.models import Contact
now = timezone.now()
lan = Reachable("lan@example.vn", "vi")
waiting, wanted = (subscribing.ask(lan, Thing(area="east"), Often.DAILY, at=now) for _ in "12")
subscribing.confirm(wanted, at=now)
report = send_report(email="an@example.vn", language="vi").report
print(json.dumps({
    "confirm": links.path(links.CONFIRM, waiting),
    "used": links.path(links.CONFIRM, wanted),
    "change": links.path(links.CHANGE, wanted),
    "end": links.path(links.END, wanted),
    "erasure": f"/reports/{report.number[:4]}-{report.number[4:]}/erasure",
    "unsubscribe": urlsplit(unsubscribing.link(Contact.objects.latest("pk"))).path,
}))
"""
LOOKED_AT = [
    "/letters?area=east",
    "/letters?sent=1",
    "{confirm}",
    "{used}",
    "{change}",
    "{change}?changed=1",
    "{end}",
    "{unsubscribe}",
    "/privacy",
    "/erasure",
    "{erasure}",
    "/reports?status=nothing",
    "/follow?done=lost",
    "/nowhere",
]
PRESSED = [
    "/letters?area=east",
    "/erasure",
    "{erasure}",
    "{confirm}",
    "{change}",
    "{end}",
    "{unsubscribe}",
]
"""Their last button is pressed; the first three with nothing filled in."""
BY_A_FORM = {"new", "follow"}
"""Filled in, page by page, in `test_report_accessible`."""
NO_PAGE = {
    "a file or data": {
        "areas_geojson", "basemap", "basemap_sketch", "follow_export", "follow_photo",
        "follow_proof", "photo", "photo_thumb", "receipt", "report_json", "tile", "values",
    },
    "leads back to a page": {
        "follow_contact", "follow_erasure", "follow_forget", "follow_lost", "follow_step",
        "follow_telephone", "language", "photo_upload", "support",
    },
    "looked at where it is used": {"follow_cover"},
}  # fmt: skip


class Look:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.found: list[str] = []

    def at(self, name: str) -> None:
        self.found += [f"{name}: {fault}" for fault in faults(self.page)]
        if self.page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            self.found.append(f"{name}: scrolls sideways")


@pytest.mark.parametrize("language", ["vi", "km"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(live: Server, open_page: OpenPage, scheme: str, language: str) -> None:
    links: dict[str, str] = json.loads(live.do(STORY))
    page = open_page(**NARROW, color_scheme=scheme, locale=language)
    look = Look(page)

    for path in LOOKED_AT:
        page.goto(live.url + path.format(**links))
        look.at(path)
    for path in PRESSED:
        page.goto(live.url + path.format(**links))
        page.locator("main form button").last.click()
        page.wait_for_load_state()
        look.at(f"{path}, pressed")

    assert look.found == []


def test_every_page_of_residents_is_looked_at() -> None:
    numbers = (re.sub(r"\{\w+\}", "7KQ2-M9XD", path) for path in PUBLIC)
    links = (path.format(**dict.fromkeys(LINKS, "")) for path in LOOKED_AT if path[0] == "/")
    paths = [urlsplit(path).path for path in (*numbers, *links) if path != "/nowhere"]
    seen = {resolve(path).view_name for path in paths} | {f"public:{name}" for name in BY_A_FORM}
    seen |= {f"public:{LINKS[path[1:-1]]}" for path in LOOKED_AT if path[1:-1] in LINKS}
    without = {f"public:{name}" for names in NO_PAGE.values() for name in names}

    there = {name for name in addresses() if name.startswith("public:")}
    assert seen | without == there
    assert seen & without == set()


LINKS = {
    "confirm": "subscription_confirm",
    "used": "subscription_confirm",
    "change": "subscription",
    "end": "subscription_end",
    "erasure": "erasure",
    "unsubscribe": "unsubscribe",
}
