"""A map that helps whoever has it, and that nobody needs."""

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, Request, expect

from tests.browser import PHONE, OpenPage
from tests.live import Server

MAX_SCRIPTS = 60 * 1024
"""Bytes of scripts on the wire of a page with a map."""
RAW = {"latitude": 10.0051234567, "longitude": 106.0149876543, "accuracy": 8}
"""In the eastern ward, far finer than the city wants to know it."""


@pytest.fixture(scope="module")
def town(live: Server) -> Server:
    live.do(
        "for _ in range(2): make_report('lamp', point=IN_EAST)\n"
        "make_report('wires', text='Dây điện rơi xuống đường.', point=IN_WEST)"
    )
    return live


def to_where(page: Page, server: Server) -> None:
    """The page of the form that asks for the place."""
    page.goto(f"{server.url}/report/new")
    page.get_by_label("Đèn đường").check()
    page.locator("form .button").last.click()
    page.wait_for_selector("hopthu-map[data-ready]")


def canvas(page: Page) -> Any:
    return page.locator("[data-map-canvas]")


def said(page: Page) -> Any:
    return page.locator("[data-map-said]")


def coordinates(page: Page) -> tuple[str, str]:
    return page.input_value("[name=lat]"), page.input_value("[name=lon]")


def test_a_keyboard_puts_the_pin_and_hears_the_ward(page: Page, town: Server) -> None:
    to_where(page, town)

    canvas(page).focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(500)
    page.keyboard.press("Enter")

    expect(said(page)).to_contain_text("Phường Đông")
    lat, lon = coordinates(page)
    assert re.fullmatch(r"10\.00\d\d", lat)
    assert re.fullmatch(r"106\.01\d\d", lon)

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") in {"A", "BUTTON"}


def test_a_tap_puts_the_pin_and_a_drag_moves_it(page: Page, town: Server) -> None:
    to_where(page, town)
    box = canvas(page).bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.46, box["y"] + box["height"] * 0.5)
    expect(said(page)).to_contain_text("Phường Tây")
    before = coordinates(page)

    pin = page.locator(".map-pin").bounding_box()
    assert pin
    page.mouse.move(pin["x"] + 20, pin["y"] + 20)
    page.mouse.down()
    page.mouse.move(pin["x"] + 60, pin["y"] + 20, steps=5)
    page.mouse.move(pin["x"] + 100, pin["y"] + 20, steps=5)
    page.mouse.up()

    expect(said(page)).to_contain_text("Phường Đông")
    assert coordinates(page) != before

    page.locator("[data-map-clear]").click()
    assert coordinates(page) == ("", "")


def test_a_place_outside_the_city_is_told_at_once(page: Page, town: Server) -> None:
    to_where(page, town)

    canvas(page).click(position={"x": 160, "y": 20})

    expect(said(page)).to_have_class(re.compile("map-said-wrong"))


def test_near_me_moves_the_map_and_tells_nobody(open_page: OpenPage, town: Server) -> None:
    page = open_page(**PHONE, geolocation=RAW, permissions=["geolocation"])
    sent: list[str] = []

    def note(request: Request) -> None:
        sent.append(f"{request.url} {request.post_data or ''}")

    to_where(page, town)
    page.on("request", note)
    page.locator("[data-map-locate]").click()
    expect(said(page)).not_to_be_empty()
    page.wait_for_timeout(500)
    assert coordinates(page) == ("", "")

    page.locator("[data-map-place]").click()
    expect(said(page)).to_contain_text("Phường Đông")
    assert coordinates(page) == ("10.0051", "106.0150")

    page.locator("form .button-big").click()
    page.wait_for_selector("[name=text]")
    assert sent
    assert not [each for each in sent if "10.00512" in each or "106.01498" in each]
    kept = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert "10.00512" not in kept


def test_typed_coordinates_move_the_pin(page: Page, town: Server) -> None:
    to_where(page, town)
    page.locator("details:has([name=lat]) summary").click()

    page.fill("[name=lat]", "10,0051234")
    page.fill("[name=lon]", "106.0051")
    page.locator("[name=lon]").blur()

    expect(said(page)).to_contain_text("Phường Tây")
    assert coordinates(page) == ("10.0051", "106.0051")


def test_a_reader_finds_a_report_on_the_map(page: Page, town: Server) -> None:
    page.goto(f"{town.url}/reports")
    page.locator("hopthu-map").scroll_into_view_if_needed()
    page.locator(".map-bubble, .map-spot").first.wait_for()

    page.locator(".map-spot").first.focus()
    page.keyboard.press("Enter")
    card = page.locator("[data-map-card]")
    expect(card).to_contain_text("Dây điện rơi xuống đường.")
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(page.locator(".map-spot").first).to_be_focused()

    page.keyboard.press("Enter")
    card.get_by_role("link").click()
    expect(page.locator("main")).to_contain_text("Dây điện rơi xuống đường.")


def test_several_reports_of_one_corner_share_a_card(page: Page, town: Server) -> None:
    page.goto(f"{town.url}/reports?category=lamp")
    page.locator("hopthu-map").scroll_into_view_if_needed()
    bubble = page.locator(".map-bubble")
    expect(bubble).to_have_text("2")

    while page.locator("[data-map-card]").is_hidden():
        bubble.first.focus()
        page.keyboard.press("Enter")
        page.wait_for_timeout(700)

    expect(page.locator("[data-map-card] a")).to_have_count(2)


def test_the_map_follows_the_filters_of_the_list(page: Page, town: Server) -> None:
    asked: list[dict[str, list[str]]] = []

    def note(request: Request) -> None:
        if "/tiles/reports/" in request.url:
            asked.append(parse_qs(urlsplit(request.url).query))

    page.on("request", note)
    page.goto(f"{town.url}/reports?category=wires&status=open")
    page.locator("hopthu-map").scroll_into_view_if_needed()
    expect(page.locator(".map-spot")).to_have_count(1)

    assert asked
    assert all(each == {"category": ["wires"], "status": ["open"]} for each in asked)


def test_without_scripts_there_is_no_map_and_nothing_is_missing(
    open_page: OpenPage, town: Server
) -> None:
    page = open_page(**PHONE, java_script_enabled=False)
    page.goto(f"{town.url}/reports")
    expect(page.locator("hopthu-map")).to_be_hidden()
    expect(page.locator("main")).to_contain_text("Dây điện rơi xuống đường.")

    page.goto(f"{town.url}/report/new")
    page.get_by_label("Đèn đường").check()
    page.locator("form .button").last.click()
    expect(page.locator("hopthu-map")).to_be_hidden()
    expect(page.locator("[name=area]")).to_be_visible()


def test_a_broken_map_says_that_one_can_do_without_it(page: Page, town: Server) -> None:
    page.route("**/areas.geojson", lambda route: route.fulfill(status=404, body=""))
    page.goto(f"{town.url}/reports")
    page.locator("hopthu-map").scroll_into_view_if_needed()

    expect(canvas(page)).not_to_be_empty()
    expect(page.locator(".leaflet-container")).to_have_count(0)


def test_the_scripts_of_a_map_are_small(page: Page, town: Server) -> None:
    scripts: dict[str, int] = {}

    def note(request: Request) -> None:
        if request.resource_type == "script":
            scripts[urlsplit(request.url).path] = request.sizes()["responseBodySize"]

    page.on("requestfinished", note)
    page.goto(f"{town.url}/reports")
    page.locator("hopthu-map").scroll_into_view_if_needed()
    page.locator(".map-bubble, .map-spot").first.wait_for()

    assert not [path for path in scripts if "protomaps" in path]
    assert 0 < sum(scripts.values()) < MAX_SCRIPTS
