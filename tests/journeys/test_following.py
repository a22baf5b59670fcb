"""Following a ward by e-mail, from the form to the last letter, with a real mail server."""

import time
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Page, expect

from tests.browser import DESKTOP, PHONE, OpenPage
from tests.journeys.test_whole_story import take
from tests.live import Server
from tests.mailing_city import letter, link
from tests.makers import PASSWORD
from tests.outbox.mail_server import Post


def sign_in(desk: Page, url: str) -> None:
    desk.goto(f"{url}/desk/")
    desk.fill("[name=username]", "an")
    desk.fill("[name=password]", PASSWORD)
    desk.locator("main form button").click()
    desk.locator("main a", has_text="Đèn đường").first.wait_for()


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_ward_is_followed_until_it_is_not(
    mailing: Server, mail: Post, open_page: OpenPage, scripts: bool
) -> None:
    number = mailing.do("print(make_report().number)").strip()
    url, shown = mailing.url, f"{number[:4]}-{number[4:]}"
    phone = open_page(**PHONE, java_script_enabled=scripts, locale="en")
    desk = open_page(**DESKTOP, java_script_enabled=scripts, locale="en")

    # Given a neighbour who asks for letters about the ward
    phone.goto(f"{url}/areas/east")
    phone.locator("#letters summary").click()
    phone.fill("#letters [name=email]", "lan@example.vn")
    phone.locator("#letters [name=often]").select_option("now")
    phone.locator("#letters button").click()
    expect(phone.locator("h1")).to_contain_text("Please look into your mail")

    # When she opens the letter and presses the button
    asking = letter(mail, 0)
    phone.goto(link(asking, f"{url}/letters/confirm/"))
    phone.locator("main form button").click()
    expect(phone.locator("h1")).to_contain_text("From now on you hear what happens.")

    # And an officer answers a report there
    sign_in(desk, url)
    desk.goto(f"{url}/desk/reports/{number}")
    take(desk, shown, "answer", words="Mai có người đến.")

    # Then one letter tells her where to read it
    news = letter(mail, 1)
    assert mail.envelopes[1][1] == ["lan@example.vn"]
    assert news["Subject"] == f"Report {shown}"
    phone.goto(link(news, f"{url}/reports/"))
    expect(phone.locator("main")).to_contain_text("Mai có người đến.")

    # When her mail program ends it by one click, as it does without a browser
    ending = news["List-Unsubscribe"].strip("<>")
    with urlopen(Request(ending, data=b"List-Unsubscribe=One-Click")) as answer:
        assert answer.status == 200

    # Then she hears nothing more
    desk.reload()
    take(desk, shown, "resolve", outcome="done", words="Đã thay bóng đèn.")
    time.sleep(4)
    assert len(mail.letters) == 2
    phone.goto(link(news, f"{url}/letters/"))
    expect(phone.locator("h1")).to_contain_text("These letters have ended.")
