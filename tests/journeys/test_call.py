"""An officer calls whoever sent a report: the number is opened in a real browser, with a passkey.

The browser has a virtual authenticator, whose key is two days old by the public record.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import DESKTOP, PHONE, OpenPage
from tests.journeys.test_report_whole_way import choose, go_on, signs
from tests.live import Cities, Server
from tests.makers import PASSWORD

OLD_PASSKEY = """
import json
from base64 import b64encode
from datetime import UTC, datetime, timedelta
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from hopthu.care.openings import working
from hopthu.record import sequencer
from tests.care.openings.scene import give_passkey
from tests.desk.device import Device

long_ago = datetime.now(UTC) - timedelta(days=2)
an = Staff.objects.get(username="an")
device = Device(host="localhost", origin="http://localhost")
give_passkey(an, device, at=long_ago)
sequencer.run(long_ago)
working.open_numbers(long_ago)
key = device.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
print(json.dumps({"id": b64encode(device.id).decode(), "key": b64encode(key).decode()}))
"""
VIRTUAL = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@dataclass
class Town:
    server: Server
    passkey: dict[str, str]
    uses: int = 0

    def officer(self, open_page: OpenPage, **options: Any) -> Page:
        """An, signed in with the passkey that their computer keeps."""
        # Another computer would count from the start again, as a copy of the key does.
        self.uses += 100
        page = open_page(**DESKTOP, locale="en", **options)
        devtools = page.context.new_cdp_session(page)
        devtools.send("WebAuthn.enable")
        made = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": VIRTUAL})
        credential = {
            "credentialId": self.passkey["id"],
            "privateKey": self.passkey["key"],
            "rpId": "localhost",
            "userHandle": "YW4=",
            "isResidentCredential": True,
            "signCount": self.uses,
        }
        given = {"authenticatorId": made["authenticatorId"], "credential": credential}
        devtools.send("WebAuthn.addCredential", given)
        page.goto(f"{self.server.url}/desk/sign-in/passkey")
        page.get_by_role("button", name="Ask my device").click()
        expect(page.locator("main h1")).to_have_text("Reports")
        return page


@pytest.fixture(scope="module")
def town(cities: Cities) -> Iterator[Town]:
    server = cities.another()
    passkey = json.loads(server.do(OLD_PASSKEY))
    server.start()
    yield Town(server, passkey)
    server.kill()


def report(town: Town, page: Page) -> tuple[str, str]:
    """A resident reports, and allows a call: the tick is forgotten first, and nothing is lost."""
    page.goto(f"{town.server.url}/report/new")
    choose(page, "papers")
    go_on(page)
    page.locator("#text").fill("Quầy số 2 thiếu mẫu đơn.")
    go_on(page)
    page.locator("#phone").fill("0912 345 678")
    go_on(page)
    expect(page.locator("#call_me-error")).to_be_visible()
    expect(page.locator("#phone")).to_have_value("0912 345 678")
    page.locator("#call_me").focus()
    page.keyboard.press("Space")
    go_on(page)
    return signs(page)


def test_a_number_is_opened_and_everybody_was_told(town: Town, open_page: OpenPage) -> None:
    # Given a resident who says that they may be called, and an officer of the office in charge
    resident = open_page(**PHONE, locale="en")
    number, _ = report(town, resident)
    town.server.do(
        "from hopthu.bodies.models import Body\n"
        "Report.objects.update(body=Body.objects.get(code='works'))"
    )
    officer = town.officer(open_page)

    # When the officer says why, first with a slip, and has their passkey sign it, by keyboard
    officer.goto(f"{town.server.url}/desk/reports/{number}")
    officer.get_by_role("link", name="Call the sender").click()
    officer.get_by_label("The place cannot be found").check()
    officer.get_by_label("What everybody will read").fill("Tòa nhà có hai quầy số 2.")
    officer.get_by_role("button", name="Go on").click()
    button = officer.get_by_role("button", name="Open the number with my passkey")
    button.focus()
    officer.keyboard.press("Enter")

    # Then they read the number, on this page alone
    link = officer.locator(".call-number a")
    expect(link).to_have_text("0912345678")
    expect(link).to_have_attribute("href", "tel:0912345678")
    expect(link).to_be_focused()
    assert "0912345678" not in officer.content().replace(link.evaluate("a => a.outerHTML"), "")
    officer.reload()
    expect(officer.locator("body")).not_to_contain_text("0912345678")

    # And the resident reads that it was opened, and why, and not by whom
    resident.locator("a[href^='/follow#']").click()
    told = expect(resident.locator(".timeline"))
    told.to_contain_text("telephone number was opened")
    told.to_contain_text("The place cannot be found.")
    told.to_contain_text("Tòa nhà có hai quầy số 2.")
    told.not_to_contain_text("0912345678")


def test_after_five_in_a_day_the_sixth_is_refused_with_the_time(
    town: Town, open_page: OpenPage
) -> None:
    # Given a report of the streets, and an officer who has opened five numbers today
    number = town.server.do(
        "from django.utils import timezone\n"
        "from hopthu.care.openings import ledger\n"
        "with ledger.held() as book:\n"
        "    an = Staff.objects.get(username='an')\n"
        "    book.opened = [(timezone.now(), an.pk)] * 5\n"
        "    book.save()\n"
        "print(make_report(phone='0987654321', call_me=True).number)"
    ).strip()
    officer = town.officer(open_page)

    # When they ask for one more
    officer.goto(f"{town.server.url}/desk/reports/{number}/call")
    officer.get_by_label("Somebody may be in danger").check()
    officer.get_by_label("What everybody will read").fill("Dây điện rơi.")
    officer.get_by_role("button", name="Go on").click()
    officer.get_by_role("button", name="Open the number with my passkey").click()

    # Then they are told until when
    said = expect(officer.locator(".call-said"))
    said.to_contain_text("You have opened 5 numbers within a day, and can open no more before")
    expect(officer.locator(".call-number")).to_be_hidden()


def test_without_javascript_the_desk_says_that_it_is_needed(
    town: Town, open_page: OpenPage
) -> None:
    # Given a colleague without a passkey, who signs in with the password
    number = town.server.do(
        "make_officer('lan')\nprint(make_report(phone='0987654321', call_me=True).number)"
    ).strip()
    page = open_page(**PHONE, locale="en", java_script_enabled=False)
    page.goto(f"{town.server.url}/desk/reports/{number}/call")
    page.fill("[name=username]", "lan")
    page.fill("[name=password]", PASSWORD)
    page.locator("main form button").click()

    expect(page.locator("main")).to_contain_text("This needs JavaScript", use_inner_text=True)
    expect(page.locator("hopthu-call")).to_have_count(0)
