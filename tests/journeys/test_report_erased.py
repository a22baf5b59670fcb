"""Somebody named in a report has it deleted: they ask, one person proposes, another one decides."""

import json

from playwright.sync_api import Page, expect

from tests.browser import DESKTOP, PHONE, OpenPage
from tests.journeys.test_report_follow import send
from tests.live import Server
from tests.makers import PASSWORD

STAFF = """
import json
from django.utils import timezone
two = [make_staff(name, *CHIEF) for name in ("giang", "hoa")]
print(json.dumps([give_app(one, at=timezone.now()).recovery_codes[0] for one in two]))
"""
NAME = "bà Tư bán nước mía"


def at_the_desk(open_page: OpenPage, live: Server, name: str, code: str) -> Page:
    page = open_page(**DESKTOP)
    page.goto(f"{live.url}/desk/erasures")
    page.fill("[name=username]", name)
    page.fill("[name=password]", PASSWORD)
    page.locator("main form button").click()
    page.fill("[name=code]", code)
    page.locator("main form button").click()
    page.locator(".queue-what a").click()
    return page


def test_without_scripts_a_name_is_asked_for_agreed_on_and_gone(
    live: Server, open_page: OpenPage
) -> None:
    sent = send(live, f"Nước thải chảy trước nhà {NAME}.")
    codes = json.loads(live.do(STAFF))
    phone = open_page(**PHONE, java_script_enabled=False)

    phone.goto(f"{live.url}/reports/{sent.number}")
    phone.get_by_role("link", name="Are you named here? Ask for it to be deleted.").click()
    phone.fill("[name=passage]", NAME)
    phone.locator("label", has=phone.locator("input[value=name]")).click()
    phone.locator("main .button-big").click()
    reference = phone.locator("#erasure-reference").inner_text()

    giang = at_the_desk(open_page, live, "giang", codes[0])
    giang.locator("label", has=giang.locator("input[value=erase]")).click()
    giang.fill("[name=words]", "Đã xóa tên của bà.")
    giang.locator("button[value=propose]").click()
    giang.locator(".queue-what a").click()
    expect(giang.locator("button[value=decide]")).to_have_count(0)
    hoa = at_the_desk(open_page, live, "hoa", codes[1])
    expect(hoa.locator("main")).to_contain_text(NAME)
    hoa.locator("button[value=decide]").click()
    expect(hoa.locator(".queue-empty")).to_be_visible()

    phone.goto(f"{live.url}/erasure")
    phone.fill("[name=reference]", reference.lower())
    phone.locator("main form button").click()
    expect(phone.locator("main")).to_contain_text("Đã xóa tên của bà.")
    phone.goto(f"{live.url}/reports/{sent.number}")
    expect(phone.locator(".report-text")).to_have_text("Nước thải chảy trước nhà █████.")
    expect(phone.locator("main")).to_contain_text("Somebody named in the text asked for it")
