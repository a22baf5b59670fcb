"""An officer's morning in a browser: by keyboard alone, and without JavaScript."""

import json

import pytest
from playwright.sync_api import Page, expect

from tests.browser import DESKTOP, PHONE, OpenPage
from tests.live import Server
from tests.makers import PASSWORD

FIRST = ".queue-what a"


@pytest.fixture
def numbers(live: Server) -> list[str]:
    """Three reports that just came in for An."""
    story = (
        "import json\n"
        "print(json.dumps([make_report(text=f'Trụ {n} tắt.').number for n in range(3)]))"
    )
    made: list[str] = json.loads(live.do(story))
    return made


def reach(page: Page, selector: str) -> None:
    """Press Tab until the focus stands on what fits, and can be seen there."""
    page.locator(selector).first.wait_for(state="attached")
    page.wait_for_load_state()
    for _ in range(50):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            assert page.evaluate(
                "() => [null, '::after'].some(part => "
                "getComputedStyle(document.activeElement, part).outlineStyle !== 'none')"
            )
            return
    raise AssertionError(f"no way to {selector} by Tab")


def sign_in(page: Page, live: Server) -> None:
    page.goto(f"{live.url}/desk/")
    reach(page, "[name=username]")
    page.keyboard.type("an")
    reach(page, "[name=password]")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.locator(".queue").wait_for()


def test_three_reports_by_keyboard_alone(
    live: Server, numbers: list[str], open_page: OpenPage
) -> None:
    # Given an officer who has no mouse
    page = open_page(**DESKTOP, locale="en")
    keys = page.keyboard
    sign_in(page, live)

    # When they take on the first report and answer it
    reach(page, FIRST)
    keys.press("Enter")
    page.wait_for_url(f"**/{numbers[0]}")
    reach(page, "#step-accept button")
    keys.press("Enter")
    expect(page.locator(".panel-done")).to_be_visible()
    reach(page, "#step-answer > summary")
    keys.press("Enter")
    reach(page, "#answer-words")
    keys.type("Chiều nay tổ điện tới.")
    reach(page, "#step-answer .button")
    keys.press("Enter")

    # Then the answer stands in the timeline, and the next one due is at hand
    expect(page.locator(".letter-city")).to_have_text("Chiều nay tổ điện tới.")
    page.keyboard.press("Control+Home")
    reach(page, "a[rel=next]")
    keys.press("Enter")
    page.wait_for_url(f"**/{numbers[1]}")

    # When they close that one and forget to say what came of it
    reach(page, "#step-resolve > summary")
    keys.press("Enter")
    reach(page, "#resolve-words")
    keys.type("Đã thay bóng.")
    reach(page, "#step-resolve .button")
    keys.press("Enter")

    # Then the focus is at the list of what is wrong, and one key leads to the field
    expect(page.locator("#what-to-do:has(.error-summary)")).to_be_focused()
    reach(page, ".error-summary a")
    keys.press("Enter")
    expect(page.locator("#resolve-words")).to_have_value("Đã thay bóng.")
    reach(page, "[name=outcome]")
    keys.press("Space")
    reach(page, "#step-resolve .button")
    keys.press("Enter")
    expect(page.locator(".tag-done")).to_be_visible()


@pytest.mark.parametrize("device", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_without_javascript_everything_is_there(
    live: Server, numbers: list[str], open_page: OpenPage, device: dict[str, object]
) -> None:
    page = open_page(**device, locale="en", java_script_enabled=False)
    page.goto(f"{live.url}/desk/")
    page.fill("[name=username]", "an")
    page.fill("[name=password]", PASSWORD)
    page.click("main button")

    # Search by a spoken number, correct the place in words, merge
    page.fill("#q", " ".join(numbers[1]))
    page.click(".queue-search button")
    page.click(".steps-more > summary")
    page.click("#step-merge > summary")
    page.check(f"#step-merge [value='{numbers[2]}']")
    page.click("#step-merge .button")
    expect(page.locator(".panel-done")).to_contain_text("The report is merged.")

    # Take a report down; the slip opens in a tab of its own and shows no code
    page.click("text=Take down a report")
    page.select_option("[name=category]", "lamp")
    page.select_option("[name=area]", "east")
    page.fill("[name=landmark]", "Chợ Bến Đò")
    page.fill("[name=text]", "Đèn tắt.")
    page.click(".take-down-form button.button:not([type])")
    expect(page.locator("#report-id")).to_be_visible()
    with page.context.expect_page() as opened:
        page.click(".slip-languages a >> nth=1")
    slip = opened.value
    expect(slip.locator("#follow-code")).to_be_hidden()
    slip.emulate_media(media="print")
    expect(slip.locator("#follow-code")).to_be_visible()
