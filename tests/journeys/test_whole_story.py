"""One report from a broken lamp to "yes, it is done", on a phone and at a desk.

Told twice: with JavaScript, and without any.
"""

from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser import DESKTOP, PHONE, OpenPage
from tests.live import Server
from tests.makers import IN_EAST, PASSWORD

TEXT = "Đèn trước cổng trường tắt đã ba đêm."
QUESTION = "Trụ đèn số mấy ạ?"
REPLY = "Trụ số 14, sơn đỏ."


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "lamp.jpg"
    Image.effect_noise((1600, 1200), 40).convert("RGB").save(path)
    return path


def send_report(phone: Page, url: str, photo: Path, *, scripts: bool) -> tuple[str, str]:
    """Through the form, one question after another; gives the number and the code."""
    phone.goto(f"{url}/report/new")
    phone.locator("label", has=phone.locator("input[value=lamp]")).click()
    forward(phone)
    phone.locator("details.more summary").first.click()
    phone.fill("[name=lat]", str(IN_EAST.lat))
    phone.fill("[name=lon]", str(IN_EAST.lon))
    phone.fill("[name=landmark]", "Cổng trường")
    forward(phone)
    phone.fill("[name=text]", TEXT)
    phone.set_input_files("[name=photo]", photo)
    if scripts:  # it is uploaded at once; otherwise it goes with the page
        expect(phone.locator("input[name=upload]")).to_have_count(1, timeout=30_000)
    forward(phone)
    phone.locator(".summary, .nearby").first.wait_for()
    if phone.locator(".nearby").count():  # the report of the story that was told before
        forward(phone)
    expect(phone.locator(".summary")).to_contain_text(TEXT)
    forward(phone)
    number = phone.locator("#report-id").inner_text()
    code = phone.locator("#follow-code").inner_text()
    return number.strip(), code.strip()


def forward(phone: Page) -> None:
    """The one big button of the page."""
    phone.locator("#form .button-big, #form button.button:not(.button-quiet)").last.click()


def follow(phone: Page, url: str, number: str, code: str) -> None:
    phone.goto(f"{url}/follow")
    phone.fill("[name=number]", number)
    phone.fill("[name=code]", code)
    phone.locator("main form button.button").first.click()
    expect(phone.locator("main")).to_contain_text(TEXT)


def say(phone: Page, action: str, words: str = "") -> None:
    """Take a step on the private page, opening the fold it stands in."""
    form = phone.locator(f'form[action="/follow/{action}"]')
    fold = phone.locator("details", has=form)
    if fold.count() and fold.get_attribute("open") is None:
        fold.locator("summary").click()
    if words:
        form.locator("[name=words]").fill(words)
    form.locator("button.button").last.click()


def take(desk: Page, number: str, step: str, **fields: str) -> None:
    """A step on the officer's page of the report, with what it needs."""
    form = desk.locator(f'form[action*="/{step}"]')
    for _ in range(3):
        fold = desk.locator("details:not([open])", has=form).first
        if not fold.count():
            break
        fold.locator("summary").first.click()
    for name, value in fields.items():
        field = form.locator(f'[name="{name}"]').first
        if field.get_attribute("type") == "radio":
            form.locator(f'label:has([name="{name}"][value="{value}"])').click()
        elif field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    form.locator("button.button").click()
    expect(desk.locator("h1")).to_contain_text(number)


def status(desk: Page) -> str:
    tag = desk.locator(".folder-state .tag").first
    return tag.inner_text().strip()


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_from_a_broken_lamp_to_a_confirmed_repair(
    live: Server, open_page: OpenPage, photo: Path, scripts: bool
) -> None:
    phone = open_page(**PHONE, java_script_enabled=scripts, locale="en")
    desk = open_page(**DESKTOP, java_script_enabled=scripts, locale="en")

    # Given a report with a photo, and its sender who follows it
    number, code = send_report(phone, live.url, photo, scripts=scripts)
    follow(phone, live.url, number, code)

    # When the officer takes it on and asks
    desk.goto(f"{live.url}/desk/")
    desk.fill("[name=username]", "an")
    desk.fill("[name=password]", PASSWORD)
    desk.locator("main form button").click()
    desk.locator("main a", has_text="Đèn đường").first.wait_for()
    desk.goto(f"{live.url}/desk/reports/{number.replace('-', '')}")
    take(desk, number, "accept")
    assert status(desk) == "In hand"
    take(desk, number, "ask", words=QUESTION)

    # Then the sender sees the question and replies
    phone.reload()
    expect(phone.locator("main")).to_contain_text(QUESTION)
    say(phone, "reply", REPLY)
    expect(phone.locator("main")).to_contain_text(REPLY)

    # When the officer says it is fixed, and the sender says that it is not
    desk.reload()
    expect(desk.locator("main")).to_contain_text(REPLY)
    take(desk, number, "resolve", outcome="done", words="Đã thay bóng đèn.")
    assert status(desk) == "Fixed"
    phone.reload()
    say(phone, "dispute", "Tối qua vẫn tắt.")

    # Then the report is open again
    desk.reload()
    assert status(desk) == "In hand"
    expect(desk.locator("main")).to_contain_text("Tối qua vẫn tắt.")

    # When it is fixed once more, the sender confirms, and everybody reads it
    take(desk, number, "resolve", outcome="done", words="Đã thay chấn lưu, đèn sáng.")
    phone.reload()
    say(phone, "confirm")
    phone.goto(f"{live.url}/reports/{number.replace('-', '')}")
    for words in (TEXT, QUESTION, REPLY, "Đã thay chấn lưu, đèn sáng."):
        expect(phone.locator("main")).to_contain_text(words)
    expect(phone.locator("main img[src*='/photos/']")).to_have_count(0)
