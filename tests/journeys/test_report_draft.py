"""What was typed outlives a reload, a dead battery and a lost network, and then it goes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import PHONE, OpenPage
from tests.live import Server
from tests.reports.photos import pictures

WORDS = "Đèn đường hư ba đêm nay."


def go_on(page: Page) -> None:
    page.locator("#form .buttons button").last.click()


def to_describe(page: Page, live: Server) -> None:
    """Up to "what is wrong?", with the place given in words."""
    page.goto(f"{live.url}/report/new?category=lamp")
    page.locator("#area").select_option("west")
    page.locator("#landmark").fill("Đầu hẻm 12")
    go_on(page)
    page.locator("#text").wait_for()


def reports(live: Server) -> int:
    return int(live.do("print(Report.objects.count())"))


def test_a_reload_loses_nothing(live: Server, phone: Page, tmp_path: Path) -> None:
    to_describe(phone, live)
    phone.locator("#text").fill(WORDS)
    (tmp_path / "den.jpg").write_bytes(pictures.jpeg())
    phone.locator("#photo").set_input_files(tmp_path / "den.jpg")
    expect(phone.locator("input[name=upload]")).to_have_count(1, timeout=30_000)

    phone.reload()

    expect(phone.locator("#text")).to_have_value(WORDS)
    expect(phone.locator("input[name=upload]")).to_have_count(1, timeout=30_000)
    expect(phone.locator(".upload img")).to_be_visible()
    expect(phone.locator("[data-kept]")).to_be_visible()


def test_a_dead_battery_loses_nothing(live: Server, open_page: OpenPage) -> None:
    before = open_page(**PHONE)
    to_describe(before, live)
    before.locator("#text").fill(WORDS)
    phone = before.context.storage_state()
    before.context.close()

    after = open_page(**PHONE, storage_state=phone)
    after.goto(f"{live.url}/report/new")
    expect(after.locator("[data-kept]")).to_be_visible()
    expect(after.locator("input[value=lamp]")).to_be_checked()
    after.locator("[data-resume]").click()

    expect(after.locator("#text")).to_have_value(WORDS)
    go_on(after)
    expect(after.locator(".summary")).to_contain_text(WORDS)
    expect(after.locator(".summary")).to_contain_text("Đầu hẻm 12")


def test_whoever_goes_on_page_by_page_finds_it_too(live: Server, open_page: OpenPage) -> None:
    before = open_page(**PHONE)
    to_describe(before, live)
    before.locator("#text").fill(WORDS)
    phone = before.context.storage_state()

    after = open_page(**PHONE, storage_state=phone)
    after.goto(f"{live.url}/report/new")
    go_on(after)
    expect(after.locator("#landmark")).to_have_value("Đầu hẻm 12")
    go_on(after)
    expect(after.locator("#text")).to_have_value(WORDS)


def test_it_can_be_cleared(live: Server, phone: Page) -> None:
    to_describe(phone, live)
    phone.locator("#text").fill(WORDS)
    phone.goto(f"{live.url}/report/new")

    phone.locator("[data-clear]").click()

    expect(phone.locator("[data-kept]")).to_be_hidden()
    expect(phone.locator("input[value=lamp]")).not_to_be_checked()
    assert WORDS not in phone.evaluate("JSON.stringify(localStorage)")


def test_after_a_day_it_is_gone(live: Server, phone: Page) -> None:
    to_describe(phone, live)
    phone.locator("#text").fill(WORDS)
    phone.goto(f"{live.url}/principles")
    phone.evaluate(
        """() => {
            const draft = JSON.parse(localStorage["hopthu-draft"]);
            localStorage["hopthu-draft"] = JSON.stringify({...draft, at: draft.at - 86400001});
        }"""
    )

    phone.goto(f"{live.url}/report/new")

    expect(phone.locator("[data-kept]")).to_be_hidden()
    assert WORDS not in phone.evaluate("JSON.stringify(localStorage)")


def test_back_in_the_browser_loses_nothing(live: Server, phone: Page) -> None:
    to_describe(phone, live)
    phone.locator("#text").fill(WORDS)
    go_on(phone)
    phone.locator(".summary").wait_for()

    phone.go_back()
    expect(phone.locator("#text")).to_have_value(WORDS)
    phone.go_back()
    expect(phone.locator("#landmark")).to_have_value("Đầu hẻm 12")
    go_on(phone)

    expect(phone.locator("#text")).to_have_value(WORDS)


@pytest.fixture
def flaky(browser: Browser) -> Iterator[Page]:
    """A phone that will lose its network, which its console complains of."""
    context = browser.new_context(**PHONE)
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


def test_a_lost_network_at_the_last_step_costs_nothing(live: Server, flaky: Page) -> None:
    to_describe(flaky, live)
    flaky.locator("#text").fill(WORDS)
    go_on(flaky)
    flaky.locator(".summary").wait_for()
    before = reports(live)

    flaky.context.set_offline(True)
    go_on(flaky)
    expect(flaky.locator("[data-offline]")).to_be_visible()
    expect(flaky.locator(".summary")).to_contain_text(WORDS)

    flaky.context.set_offline(False)
    expect(flaky.locator("#report-id")).to_be_visible()
    assert reports(live) == before + 1
    assert flaky.evaluate("localStorage.length") == 0


def test_a_lost_network_on_the_way_keeps_the_page(live: Server, flaky: Page) -> None:
    to_describe(flaky, live)
    flaky.locator("#text").fill(WORDS)

    flaky.context.set_offline(True)
    go_on(flaky)
    expect(flaky.locator("[data-offline]")).to_be_visible()
    expect(flaky.locator("#text")).to_have_value(WORDS)

    flaky.context.set_offline(False)
    expect(flaky.locator("[data-offline]")).to_be_hidden()
    go_on(flaky)
    expect(flaky.locator(".summary")).to_contain_text(WORDS)


def test_a_photo_without_a_network_goes_with_the_form(
    live: Server, flaky: Page, tmp_path: Path
) -> None:
    to_describe(flaky, live)
    (tmp_path / "den.jpg").write_bytes(pictures.jpeg())
    flaky.context.set_offline(True)
    flaky.locator("#photo").set_input_files(tmp_path / "den.jpg")
    expect(flaky.locator(".upload-wrong")).to_be_visible()

    flaky.context.set_offline(False)
    go_on(flaky)

    expect(flaky.locator(".thumbs img")).to_be_visible()


def test_pressing_send_twice_sends_once(live: Server, phone: Page) -> None:
    to_describe(phone, live)
    phone.locator("#text").fill(WORDS)
    go_on(phone)
    phone.locator(".summary").wait_for()
    before = reports(live)

    phone.locator("#form .buttons button").dblclick()

    expect(phone.locator("#report-id")).to_be_visible()
    assert reports(live) == before + 1


def test_after_sending_nothing_is_left_to_restore(live: Server, phone: Page) -> None:
    to_describe(phone, live)
    phone.locator("#text").fill(WORDS)
    go_on(phone)
    phone.locator(".summary").wait_for()
    go_on(phone)
    expect(phone.locator("#report-id")).to_be_visible()

    phone.go_back()
    expect(phone.locator("#text")).to_be_visible()
    phone.goto(f"{live.url}/report/new")

    expect(phone.locator("[data-kept]")).to_be_hidden()
    assert WORDS not in phone.evaluate("JSON.stringify(localStorage)")


def test_a_mistake_found_at_the_last_step_is_put_right(live: Server, phone: Page) -> None:
    to_describe(phone, live)
    phone.locator("#text").fill(WORDS)
    go_on(phone)
    phone.locator(".summary").wait_for()
    phone.locator("input[name=text]").evaluate("input => { input.value = ' '; }")

    go_on(phone)

    expect(phone.locator(".error-summary")).to_be_focused()
    phone.locator("#text").fill("Chỉ vài chữ.")
    go_on(phone)
    expect(phone.locator(".summary")).to_contain_text("Chỉ vài chữ.")
    go_on(phone)
    expect(phone.locator("#report-id")).to_be_visible()
