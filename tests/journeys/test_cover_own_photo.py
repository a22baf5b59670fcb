"""A resident covers a number plate before sending and another later, with and without scripts."""

import io
from pathlib import Path
from urllib.parse import urljoin

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser import PHONE, OpenPage
from tests.journeys.test_accessibility import WCAG
from tests.journeys.test_cover_photo import is_covered
from tests.live import Server

FINGER = 44
"""CSS pixels that a target is high and wide."""


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """Stripes all over: one sees where they are gone."""
    picture = Image.new("RGB", (1600, 1200), "red")
    for left in range(0, 1600, 40):
        picture.paste("blue", (left, 0, left + 20, 1200))
    picture.save(tmp_path / "ho.png")
    return tmp_path / "ho.png"


def go_on(page: Page) -> None:
    page.locator("#form .buttons button").last.click()


def to_the_photos(page: Page, live: Server) -> None:
    """Up to "what is wrong?", with some words there."""
    page.goto(f"{live.url}/report/new?category=lamp")
    page.locator("#area").select_option("west")
    page.locator("#landmark").fill("Đầu hẻm 12")
    go_on(page)
    page.locator("#text").fill("Đèn đường hư ba đêm nay.")


def look(page: Page) -> None:
    """Nothing that axe finds, that scrolls sideways, or that a finger misses."""
    found = Axe().run(page, options={"runOnly": WCAG, "resultTypes": ["violations"]})
    assert [fault["id"] for fault in found.response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    targets = page.locator("hopthu-cover button:visible, hopthu-cover a, .buttons button")
    for target in targets.all():
        box = target.bounding_box()
        assert box is not None
        assert box["height"] > FINGER - 1, target.inner_text()


def drag(page: Page, *corners: tuple[float, float]) -> None:
    """Across the photo, in parts of it."""
    page.locator(".cover-frame").scroll_into_view_if_needed()
    frame = page.locator(".cover-frame").bounding_box()
    assert frame is not None
    places = [
        (frame["x"] + x * frame["width"], frame["y"] + y * frame["height"]) for x, y in corners
    ]
    page.mouse.move(*places[0])
    page.mouse.down()
    page.mouse.move(*places[1], steps=4)
    page.mouse.up()


def picture(page: Page, address: str | None) -> Image.Image:
    """What this browser gets there."""
    answer = page.request.get(urljoin(page.url, address))
    assert answer.ok
    return Image.open(io.BytesIO(answer.body())).convert("RGB")


def own_photo(page: Page) -> Image.Image:
    return picture(page, page.locator(".own-photos li > a").first.get_attribute("href"))


def send(page: Page) -> None:
    go_on(page)
    page.locator(".summary").or_(page.locator(".nearby")).first.wait_for()
    if page.locator(".nearby").count():
        go_on(page)
    go_on(page)
    expect(page.locator("#report-id")).to_be_visible()


def test_drawn_before_sending_and_with_the_keyboard_later(
    live: Server, open_page: OpenPage, photo: Path
) -> None:
    before = kept_files(live)
    page = open_page(**PHONE, locale="en")
    to_the_photos(page, live)
    page.locator("#photo").set_input_files(photo)
    expect(page.locator("input[name=upload]")).to_have_count(1, timeout=60_000)

    page.get_by_role("button", name="Cover something").click()
    expect(page.locator(".cover-draws")).to_be_visible()
    drag(page, (0.4, 0.3), (0.6, 0.7))
    expect(page.locator(".cover-box")).to_have_count(1)
    look(page)
    go_on_covering(page)

    expect(page.locator("#text")).to_have_value("Đèn đường hư ba đêm nay.")
    small = picture(page, page.locator(".upload img").get_attribute("src"))
    assert is_flat(small, 0.5, 0.5)
    assert not is_flat(small, 0.2, 0.5)
    send(page)
    page.locator("a[href^='/follow#']").click()
    seen = own_photo(page)
    assert all(is_covered(seen, x, y) for x in (0.43, 0.57) for y in (0.32, 0.68))
    assert not any(is_covered(seen, x, y) for x, y in ((0.5, 0.2), (0.35, 0.5), (0.8, 0.5)))

    page.locator(".own-photos .link-button").click()
    page.locator("[data-add]").press("Enter")
    for _ in range(28):
        page.keyboard.press("ArrowUp")
    page.get_by_role("button", name="Up").click()
    expect(page.locator(".cover-box input")).to_have_value("400,100,200,200")
    look(page)
    go_on_covering(page)

    expect(page.locator(".panel-done")).to_contain_text("is covered")
    seen = own_photo(page)
    assert all(is_covered(seen, x, y) for x, y in ((0.5, 0.12), (0.5, 0.28), (0.5, 0.5)))
    assert len(kept_files(live)) == len(before) + 2


def test_ticked_without_scripts(live: Server, open_page: OpenPage, photo: Path) -> None:
    page = open_page(**PHONE, locale="en", java_script_enabled=False)
    to_the_photos(page, live)
    page.locator("#photo").set_input_files(photo)
    go_on(page)
    page.locator("button[name=go][value=describe]").first.click()

    page.get_by_role("button", name="Cover something").click()
    cell = page.locator(".cover-cell").first
    box = cell.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) > FINGER - 1
    cell.check()
    page.locator(".cover-cell").nth(54).check()
    go_on_covering(page)

    expect(page.locator("#text")).to_have_value("Đèn đường hư ba đêm nay.")
    seen = picture(page, f"{page.locator('.upload img').get_attribute('src')}?size=large")
    # The first square is a corner; number 54 lies right of the middle, in the middle row.
    assert is_covered(seen, 0.04, 0.05)
    assert is_covered(seen, 0.54, 0.5)
    assert not is_covered(seen, 0.46, 0.5)


def go_on_covering(page: Page) -> None:
    page.get_by_role("button", name="Cover it for good").click()


def is_flat(small: Image.Image, x: float, y: float) -> bool:
    """Of the small picture: one colour, some pixels around there."""
    left, top = int(x * small.width), int(y * small.height)
    bands = small.crop((left - 12, top - 3, left + 12, top + 3)).getextrema()
    return all(high - low < 20 for low, high in bands)  # type: ignore[misc]


def kept_files(live: Server) -> list[Path]:
    return [path for path in (live.data / "photos").rglob("*") if path.is_file()]
