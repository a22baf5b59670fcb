"""Somebody new at the desk, in a real browser: from the printed password to the second sign-in."""

from base64 import b32decode
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from hopthu.core.one_time_codes import code_of, step_at
from tests.browser import DESKTOP, PHONE, OpenPage
from tests.live import Server


def sign_in(page: Page, username: str, password: str) -> None:
    page.fill("[name=username]", username)
    page.fill("[name=password]", password)
    page.locator("main form button").click()


def scanned(page: Page) -> bytes:
    """The secret as it is shown for typing."""
    return b32decode(page.locator("#secret").inner_text().replace(" ", ""))


def code_now(secret: bytes) -> str:
    return code_of(secret, step_at(datetime.now(UTC)))


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_new_moderator_sets_up_a_second_step_and_signs_in_with_it(
    live: Server, open_page: OpenPage, scripts: bool
) -> None:
    # Given a moderator with the password that `hopthu staff` printed
    name = f"mai{scripts:d}"
    printed = live.hopthu("staff", name, "--name", "Mai", "--role", "moderator")
    password = printed.split()[-1]
    page = open_page(**(DESKTOP if scripts else PHONE), java_script_enabled=scripts, locale="en")

    # When she signs in, she is led to the second step before anything else
    page.goto(f"{live.url}/desk/photos")
    sign_in(page, name, password)
    expect(page.locator("#owes")).to_contain_text("First, a second step")
    page.get_by_role("link", name="Set it up").click()

    # And a code that is wrong loses nothing
    secret = scanned(page)
    page.fill("[name=code]", "1")
    page.fill("[name=password]", password)
    page.locator(".app-form button").click()
    expect(page.locator("#code-error")).to_be_visible()
    assert scanned(page) == secret
    page.fill("[name=code]", code_now(secret))
    page.fill("[name=password]", password)
    page.locator(".app-form button").click()

    # Then she has her recovery codes, and the desk is open
    codes = page.locator("#codes code").all_inner_texts()
    assert len(set(codes)) == 10
    page.get_by_role("link", name="I have them").click()
    expect(page.locator("main h1")).to_have_text("Reports")

    # When she comes back without her phone
    page.get_by_role("button", name="Sign out").click()
    sign_in(page, name, password)
    expect(page.locator("main h1")).to_have_text("Second step")
    page.fill("[name=code]", codes[0])
    page.locator("main form button").click()

    # Then one of the codes opened, and nine are left
    expect(page.locator("main h1")).to_have_text("Reports")
    page.goto(f"{live.url}/desk/your-sign-in")
    expect(page.locator("main")).to_contain_text("You have 9 left.")


def passkeys_on(page: Page) -> None:
    """Give the browser a device that keeps passkeys, and whose owner always agrees."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_passkey_is_made_and_signs_in(live: Server, open_page: OpenPage) -> None:
    # Given a new administrator, and a computer that keeps passkeys
    printed = live.hopthu("staff", "tam", "--name", "Tâm", "--role", "administrator")
    password = printed.split()[-1]
    page = open_page(**DESKTOP, locale="en")
    passkeys_on(page)
    page.goto(f"{live.url}/desk/")
    sign_in(page, "tam", password)

    # When they make a passkey in place of a code
    page.get_by_role("link", name="Make a passkey").click()
    page.fill("[name=name]", "Máy bàn")
    page.fill("[name=password]", password)
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Ask my device").click()

    # Then they have recovery codes, and the desk is open
    expect(page.locator("#codes code")).to_have_count(10)
    page.get_by_role("link", name="I have them").click()
    expect(page.locator("main h1")).to_have_text("Reports")

    # When they come back, the device is enough, and the page that was wanted opens
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{live.url}/desk/your-sign-in")
    page.get_by_role("link", name="Sign in with a passkey").click()
    page.get_by_role("button", name="Ask my device").click()
    expect(page.locator("main h1")).to_have_text("Your sign-in")
    expect(page.locator("main")).to_contain_text("Máy bàn")
    expect(page.locator("main")).to_contain_text("It opens telephone numbers from")


def test_a_browser_without_that_passkey_is_told(live: Server, open_page: OpenPage) -> None:
    page = open_page(**PHONE, locale="en")
    passkeys_on(page)

    page.goto(f"{live.url}/desk/sign-in/passkey")
    page.get_by_role("button", name="Ask my device").click()

    expect(page.locator("[data-refused]")).to_be_visible()
    page.get_by_role("link", name="With the password instead").click()
    expect(page.locator("[name=password]")).to_be_visible()


def test_without_javascript_the_way_back_to_the_password_is_told(
    live: Server, open_page: OpenPage
) -> None:
    page = open_page(**PHONE, locale="en", java_script_enabled=False)

    page.goto(f"{live.url}/desk/sign-in/passkey")

    words = expect(page.locator("main"))
    words.to_contain_text("Passkeys need JavaScript", use_inner_text=True)
    expect(page.get_by_role("button", name="Ask my device")).to_be_hidden()


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_forgotten_browser_is_signed_out_from_another(
    live: Server, open_page: OpenPage, scripts: bool
) -> None:
    # Given an officer who is signed in on two computers
    name = f"hoa{scripts:d}"
    printed = live.hopthu("staff", name, "--name", "Hoa", "--role", "dispatcher")
    pages = [open_page(**DESKTOP, java_script_enabled=scripts, locale="en") for _ in range(2)]
    for page in pages:
        page.goto(f"{live.url}/desk/")
        sign_in(page, name, printed.split()[-1])
        expect(page.locator("main h1")).to_have_text("Reports")
    forgotten, here = pages

    # When she looks at the list, and ends the other one
    here.goto(f"{live.url}/desk/your-sign-in")
    places = here.get_by_role("region", name="Where you are signed in")
    expect(places).to_contain_text("Here, in this browser.")
    places.get_by_role("button", name="Sign out there").click()
    expect(here.locator("main")).to_contain_text("There you are signed out.")

    # Then the other one has to sign in again, and she is still here
    forgotten.reload()
    expect(forgotten.locator("main h1")).to_have_text("Sign in to the desk")
    expect(places.get_by_role("button", name="Sign out there")).to_have_count(0)
    expect(places).to_contain_text("Here, in this browser.")
