"""Somebody is invited to the desk by letter, in a real browser and with a real mail server."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import DESKTOP, PHONE, OpenPage
from tests.journeys.test_staff_signin import code_now, scanned
from tests.live import Server
from tests.mailing_city import letter, link
from tests.makers import PASSWORD
from tests.outbox.mail_server import Post

CHOSEN = "bốn con vịt bơi"
CHIEF = """
from hopthu.core.terms import Role
chief = make_staff("giang", (Role.ADMINISTRATOR, None))
print(give_app(chief).recovery_codes[0])
"""


def come_in(desk: Page, url: str, code: str) -> None:
    desk.goto(f"{url}/desk/invitations")
    desk.fill("[name=username]", "giang")
    desk.fill("[name=password]", PASSWORD)
    desk.locator("main form button").click()
    desk.fill("[name=code]", code)
    desk.locator("main form button").click()


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_from_the_invitation_to_the_desk(
    mailing: Server, mail: Post, open_page: OpenPage, scripts: bool
) -> None:
    # Given an administrator, signed in with both steps
    url = mailing.url
    desk = open_page(**DESKTOP, java_script_enabled=scripts, locale="en")
    come_in(desk, url, mailing.do(CHIEF).strip())

    # When she invites a moderator, after a slip that loses nothing but her password
    desk.fill("[name=email]", "mai@example.vn")
    desk.fill("[name=username]", "mai")
    desk.select_option("[name=role]", "moderator")
    desk.fill("#invite-password", "a slip")
    desk.get_by_role("button", name="Send the invitation").click()
    expect(desk.locator("#invite-password-error")).to_be_visible()
    desk.fill("#invite-password", PASSWORD)
    desk.get_by_role("button", name="Send the invitation").click()
    expect(desk.locator("main")).to_contain_text("The invitation is on its way.")

    # Then one letter goes to that address, with a link
    asking = letter(mail, 0)
    assert mail.envelopes[0][1] == ["mai@example.vn"]
    assert asking["Subject"] == "Your sign-in at the public mailbox"
    phone = open_page(**PHONE, java_script_enabled=scripts, locale="en")
    address = link(asking, f"{url}/desk/invitation/")

    # When Mai opens it and chooses a password, too short a one at first
    phone.goto(address)
    expect(phone.locator("main")).to_contain_text("User name: mai")
    phone.fill("[name=name]", "Lê Thị Mai")
    phone.fill("#password", "short")
    phone.fill("#again", "short")
    phone.get_by_role("button", name="Begin").click()
    expect(phone.locator("#password-error")).to_contain_text("At least 12 characters")
    expect(phone.locator("[name=name]")).to_have_value("Lê Thị Mai")
    phone.fill("#password", CHOSEN)
    phone.fill("#again", CHOSEN)
    phone.get_by_role("button", name="Begin").click()

    # Then she is led to the second step, and from there to the desk
    expect(phone.locator("#owes")).to_contain_text("First, a second step")
    phone.get_by_role("link", name="Set it up").click()
    phone.fill("[name=code]", code_now(scanned(phone)))
    phone.fill("[name=password]", CHOSEN)
    phone.locator(".app-form button").click()
    phone.get_by_role("link", name="I have them").click()
    expect(phone.locator("main h1")).to_have_text("Reports")

    # And the link is over, for her and for whoever finds the letter
    stranger = open_page(**PHONE, java_script_enabled=scripts, locale="en")
    stranger.goto(address)
    expect(stranger.locator("main h1")).to_have_text("This link is not good any more")
    desk.reload()
    expect(desk.get_by_role("region", name=re.compile("not here yet"))).to_contain_text("Nobody.")
