"""A moderator covers a number plate: with the mouse, the keyboard, and without scripts."""

import io
import json
from collections.abc import Iterator
from typing import NamedTuple
from urllib.request import urlopen

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser import DESKTOP, OpenPage
from tests.journeys.test_accessibility import WCAG
from tests.live import Cities, Server
from tests.makers import PASSWORD

STORY = """
import io, json
from PIL import Image
from django.utils import timezone
from hopthu.core.terms import Role
from hopthu.reports.actions.photos import add_upload
codes = give_app(make_staff("mai", (Role.MODERATOR, None))).recovery_codes
file = io.BytesIO()
picture = Image.new("RGB", (1600, 1200), "red")
for left in range(0, 1600, 40):
    picture.paste("blue", (left, 0, left + 20, 1200))
picture.save(file, "PNG")
numbers = []
for _ in range(3):
    upload = add_upload(file.getvalue(), at=timezone.now())
    numbers.append(make_report(at=timezone.now(), uploads=(upload.token,)).number)
print(json.dumps([*zip(numbers, codes)]))
"""


class Case(NamedTuple):
    server: Server
    number: str
    """Of a report whose photo nobody has looked at."""
    code: str
    """That the moderator types after the password: each holds once."""


@pytest.fixture(scope="module")
def cases(cities: Cities) -> Iterator[Iterator[Case]]:
    """A served city with a case for each test."""
    server = cities.another()
    told = json.loads(server.do(STORY))
    server.start()
    yield (Case(server, number, code) for number, code in told)
    server.kill()


@pytest.fixture
def case(cases: Iterator[Case]) -> Case:
    return next(cases)


def moderate(page: Page, case: Case) -> None:
    """Sign in, and go to the photo."""
    page.goto(f"{case.server.url}/desk/")
    page.fill("[name=username]", "mai")
    page.fill("[name=password]", PASSWORD)
    page.locator("main form button").click()
    page.fill("[name=code]", case.code)
    page.locator("main form button").click()
    page.wait_for_url("**/desk/")
    page.goto(f"{case.server.url}/desk/reports/{case.number}")
    page.locator(".photo-decide").click()
    page.locator(".cover-frame img").wait_for()


def show(page: Page) -> None:
    page.locator("[name=decision][value=publish]").click()
    page.wait_for_url("**/desk/photos")


def published(page: Page, case: Case) -> Image.Image:
    """The photo as everybody gets it."""
    page.goto(f"{case.server.url}/reports/{case.number}")
    address = page.locator(".photos a").get_attribute("href")
    with urlopen(f"{case.server.url}{address}") as answer:
        return Image.open(io.BytesIO(answer.read())).convert("RGB")


def is_covered(picture: Image.Image, x: float, y: float) -> bool:
    """Whether the stripes that are everywhere in it are not to be seen there."""
    left, top = int(x * picture.width), int(y * picture.height)
    bands = picture.crop((left - 30, top - 5, left + 30, top + 5)).getextrema()
    return all(high - low < 20 for low, high in bands)  # type: ignore[misc]


def test_drawn_with_the_mouse(open_page: OpenPage, case: Case) -> None:
    page = open_page(**DESKTOP, locale="en")
    moderate(page, case)
    frame = page.locator(".cover-frame").bounding_box()
    assert frame is not None

    def drag(*corners: tuple[float, float]) -> None:
        places = [
            (frame["x"] + x * frame["width"], frame["y"] + y * frame["height"]) for x, y in corners
        ]
        page.mouse.move(*places[0])
        page.mouse.down()
        page.mouse.move(*places[1], steps=4)
        page.mouse.up()

    # One is drawn over the middle, one is drawn below it and dragged to the top, a click draws none
    drag((0.6, 0.3), (0.4, 0.7))
    drag((0.4, 0.75), (0.6, 0.85))
    drag((0.5, 0.8), (0.5, 0.1))
    page.mouse.click(frame["x"] + 9, frame["y"] + 9)
    expect(page.locator(".cover-box")).to_have_count(2)
    faults = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}}).response
    assert [fault["id"] for fault in faults["violations"]] == []
    show(page)

    seen = published(page, case)
    assert all(is_covered(seen, x, y) for x in (0.43, 0.57) for y in (0.32, 0.68))
    assert is_covered(seen, 0.5, 0.1)
    assert not any(is_covered(seen, x, y) for x, y in ((0.5, 0.8), (0.37, 0.5), (0.5, 0.75)))
    expect(page.locator("main")).to_contain_text("A part of a photo was covered")


def test_placed_with_the_keyboard(open_page: OpenPage, case: Case) -> None:
    page = open_page(**DESKTOP, locale="en")
    moderate(page, case)
    add = page.locator("[data-add]")

    add.press("Enter")
    expect(page.locator(".cover-box")).to_be_focused()
    page.keyboard.press("Delete")
    expect(page.locator(".cover-box")).to_have_count(0)
    expect(add).to_be_focused()
    page.keyboard.press("Enter")
    for _ in range(10):
        page.keyboard.press("ArrowUp")
    for _ in range(20):
        page.keyboard.press("Shift+ArrowDown")
    expect(page.locator(".cover-box input")).to_have_value("400,300,200,400")
    show(page)

    seen = published(page, case)
    assert all(is_covered(seen, x, y) for x in (0.43, 0.57) for y in (0.32, 0.68))
    assert not any(is_covered(seen, x, y) for x, y in ((0.5, 0.28), (0.5, 0.72), (0.37, 0.5)))


def test_ticked_without_scripts(open_page: OpenPage, case: Case) -> None:
    page = open_page(**DESKTOP, locale="en", java_script_enabled=False)
    moderate(page, case)

    for cell in (page.locator(".cover-cell").nth(at) for at in (0, 54)):
        cell.focus()
        page.keyboard.press("Space")
        expect(cell).to_be_checked()
    show(page)

    # The first square is a corner; number 54 lies right of the middle, in the middle row.
    seen = published(page, case)
    assert is_covered(seen, 0.04, 0.05)
    assert is_covered(seen, 0.54, 0.5)
    assert not is_covered(seen, 0.46, 0.5)
