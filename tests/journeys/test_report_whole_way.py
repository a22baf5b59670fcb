"""A resident reports from a phone, from the first page to the number and the code, and follows."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import PHONE, OpenPage
from tests.live import Server
from tests.reports.photos import pictures


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "den.jpg"
    path.write_bytes(pictures.jpeg((3000, 2000)))
    return path


def go_on(page: Page) -> None:
    page.locator("#form .buttons button").last.click()


def choose(page: Page, category: str) -> None:
    page.locator(f"input[value={category}]").check()
    go_on(page)


def mine_is_different(page: Page) -> None:
    """Where something was reported nearby, as by an earlier test."""
    page.locator(".summary").or_(page.locator(".nearby")).first.wait_for()
    if page.locator(".nearby").count():
        go_on(page)
    expect(page.locator(".summary")).to_be_visible()


def signs(page: Page) -> tuple[str, str]:
    expect(page.locator("#report-id")).to_be_visible()
    return page.locator("#report-id").inner_text(), page.locator("#follow-code").inner_text()


def test_with_the_map_and_a_photo(live: Server, phone: Page, photo: Path) -> None:
    phone.goto(f"{live.url}/report/new")
    choose(phone, "lamp")

    phone.locator("hopthu-map[data-ready]").wait_for()
    phone.locator("[data-map-place]").click()
    expect(phone.locator("[data-map-said]")).not_to_be_empty()
    go_on(phone)

    phone.locator("#text").fill("Đèn đường hư ba đêm nay.")
    phone.locator("#photo").set_input_files(photo)
    expect(phone.locator(".upload img")).to_be_visible()
    expect(phone.locator("input[name=upload]")).to_have_count(1, timeout=30_000)
    go_on(phone)
    mine_is_different(phone)

    expect(phone.locator(".summary")).to_contain_text("Đèn đường hư ba đêm nay.")
    expect(phone.locator(".thumbs img")).to_be_visible()
    go_on(phone)

    number, _ = signs(phone)
    assert phone.evaluate("localStorage.length") == 0
    phone.locator("a[href^='/follow#']").click()

    expect(phone.locator(".follow-number")).to_contain_text(number)
    assert phone.url == f"{live.url}/follow"
    expect(phone.locator(".own-photos img")).to_be_visible()


def test_without_a_script(live: Server, open_page: OpenPage, photo: Path) -> None:
    page = open_page(**PHONE, java_script_enabled=False)
    page.goto(f"{live.url}/report/new")
    choose(page, "wires")

    expect(page.locator(".stop-numbers a")).to_have_attribute("href", "tel:114")
    go_on(page)

    expect(page.locator("hopthu-map")).to_be_hidden()
    page.locator("#area").select_option("west")
    page.locator("#landmark").fill("Đầu hẻm 12")
    go_on(page)

    page.locator("#photo").set_input_files(photo)
    go_on(page)
    page.locator(".summary button[value=describe]").first.click()
    page.locator("#text").fill("Dây điện thòng xuống lề.")
    go_on(page)
    expect(page.locator(".thumbs img")).to_be_visible()
    go_on(page)

    number, code = signs(page)
    page.goto(f"{live.url}/follow")
    page.locator("#number").fill(number)
    page.locator("#code").fill(code)
    page.locator("hopthu-follow .buttons button").click()
    expect(page.locator(".follow-number")).to_contain_text(number)

    page.locator("details:has(#add_words-words) summary").click()
    page.locator("#add_words-words").fill("Tối qua cũng vậy.")
    page.locator("form[action='/follow/add_words'] .buttons button").click()
    expect(page.locator(".timeline")).to_contain_text("Tối qua cũng vậy.")


def test_with_the_keyboard_alone(live: Server, desktop: Page) -> None:
    def tab_to(selector: str) -> None:
        desktop.locator(selector).first.wait_for(state="attached")
        for _ in range(60):
            if desktop.evaluate("s => document.activeElement?.matches(s) ?? false", selector):
                return
            desktop.keyboard.press("Tab")
        raise AssertionError(f"no way to {selector}")

    desktop.goto(f"{live.url}/report/new")
    tab_to("input[name=category]")
    desktop.keyboard.press("Space")
    desktop.keyboard.press("Enter")

    desktop.locator("hopthu-map[data-ready]").wait_for()
    tab_to("[data-map-canvas]")
    desktop.keyboard.press("Enter")
    expect(desktop.locator("[data-map-said]")).not_to_be_empty()
    tab_to("#landmark")
    desktop.keyboard.type("Canh cho")
    desktop.keyboard.press("Enter")

    tab_to("#text")
    desktop.keyboard.type("Den hu.")
    tab_to("#form .buttons button")
    desktop.keyboard.press("Enter")
    mine_is_different(desktop)
    tab_to("#form .buttons button")
    desktop.keyboard.press("Enter")

    signs(desktop)


def test_nothing_scrolls_sideways_on_a_small_phone(live: Server, phone: Page) -> None:
    def fits(shown: str) -> bool:
        phone.locator(shown).first.wait_for()
        wide: bool = phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
        return wide

    phone.goto(f"{live.url}/report/new")
    assert fits("#category")
    choose(phone, "lamp")
    assert fits("#area")
    phone.locator("#area").select_option("west")
    phone.locator("#landmark").fill("a" * 200)
    go_on(phone)
    assert fits("#text")
    phone.locator("#text").fill("a" * 400)
    go_on(phone)
    assert fits(".summary")
    go_on(phone)
    assert fits("#report-id")
