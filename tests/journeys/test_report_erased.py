"""Something is deleted for good: its sender or somebody named asks, one proposes, another decides.

Both stories end where a reader would look: on the report's page, in the search, at the photo's
address, in the public record.
"""

import json
import time
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.browser import DESKTOP, PHONE, OpenPage
from tests.journeys.test_report_follow import Sent, send, type_in
from tests.live import Server
from tests.makers import PASSWORD

STAFF = """
import json
from django.utils import timezone
two = {name: make_staff(name, *CHIEF) for name in ("giang", "hoa")}
codes = {name: give_app(one, at=timezone.now()).recovery_codes for name, one in two.items()}
print(json.dumps(codes))
"""
WITH_PHOTO = """
import json, sys
from django.utils import timezone
from hopthu.reports.actions.photos import add_upload, publish_photo
from tests.reports.photos.pictures import jpeg
now = timezone.now()
upload = add_upload(jpeg(), at=now)
sent = send_report(text=json.load(sys.stdin), at=now, uploads=(upload.token,))
photo = sent.report.photos.get()
publish_photo(photo, actor=actor(make_staff("mai", (Role.MODERATOR, None))), at=now)
print(json.dumps([sent.report.number, sent.follow_code, photo.name]))
"""
NAME = "bà Tư bán nước mía"
SENTINEL = "Xà lan chìm 7f3e"
PATIENCE = 30
"""Seconds until the record has an entry, on a busy machine."""


@dataclass
class Administrator:
    """Somebody at a desk, with recovery codes on paper; each opens once."""

    page: Page
    codes: list[str]

    def come_in(self, live: Server, name: str) -> None:
        self.page.goto(f"{live.url}/desk/erasures")
        self.page.fill("[name=username]", name)
        self.page.fill("[name=password]", PASSWORD)
        self.page.locator("main form button").click()
        self.page.fill("[name=code]", self.codes[0])
        self.page.locator("main form button").click()

    def open(self) -> None:
        """The one request that waits."""
        self.page.locator(".queue-what a").click()

    def propose(self, words: str) -> None:
        self.open()
        self.page.locator("label", has=self.page.locator("input[value=erase]")).click()
        self.page.fill("[name=words]", words)
        self.page.locator("button[value=propose]").click()

    def decide(self, code: str) -> None:
        self.page.fill("[name=again]", code)
        self.page.locator("button[value=decide]").click()


@pytest.fixture(scope="module")
def codes(live: Server) -> dict[str, list[str]]:
    """What Giang and Hoa have on paper, and use up."""
    told: dict[str, list[str]] = json.loads(live.do(STAFF))
    return told


def at_the_desk(live: Server, page: Page, name: str, codes: list[str]) -> Administrator:
    one = Administrator(page, codes)
    one.come_in(live, name)
    del codes[0]
    return one


def wait_for_entry(live: Server, phone: Page, sent: Sent, kind: str, reason: str) -> None:
    """Until the public record says that it was taken away, and why."""
    address = f"{live.url}/reports/{sent.number[:4]}-{sent.number[4:]}.json"
    end = time.monotonic() + PATIENCE
    while (kind, reason) not in _entries(phone, address):
        assert time.monotonic() < end, live.output
        time.sleep(0.2)


def _entries(phone: Page, address: str) -> list[tuple[str, str]]:
    """Those that have their place in the record."""
    entries = phone.request.get(address).json()["entries"]
    told = [one["entry"] for one in entries if one["index"] is not None]
    return [(entry["type"], entry.get("reason", "")) for entry in told]


def test_without_scripts_a_name_is_asked_for_agreed_on_and_gone(
    live: Server, open_page: OpenPage, codes: dict[str, list[str]]
) -> None:
    # Given a report that names somebody
    sent = send(live, f"Nước thải chảy trước nhà {NAME}.")
    phone = open_page(**PHONE, java_script_enabled=False)

    # When she asks for her name to go, without account, and gets a number and a date
    phone.goto(f"{live.url}/reports/{sent.number}")
    phone.get_by_role("link", name="Are you named here? Ask for it to be deleted.").click()
    phone.fill("[name=passage]", NAME)
    phone.locator("label", has=phone.locator("input[value=name]")).click()
    phone.locator("main .button-big").click()
    expect(phone.locator("main .lead")).to_contain_text("Two people decide about it by")
    reference = phone.locator("#erasure-reference").inner_text()

    # And one administrator proposes it, who cannot decide, and another one agrees
    desk = open_page(**DESKTOP, java_script_enabled=False)
    giang = at_the_desk(live, desk, "giang", codes["giang"])
    giang.propose("Đã xóa tên của bà.")
    giang.open()
    expect(giang.page.locator("button[value=decide]")).to_have_count(0)
    desk = open_page(**DESKTOP, java_script_enabled=False)
    hoa = at_the_desk(live, desk, "hoa", codes["hoa"])
    hoa.open()
    expect(hoa.page.locator("main")).to_contain_text(NAME)
    hoa.decide(codes["hoa"].pop())
    expect(hoa.page.locator(".queue-empty")).to_be_visible()

    # Then she hears of it, and everybody sees that it was done and why
    phone.goto(f"{live.url}/erasure")
    phone.fill("[name=reference]", reference.lower())
    phone.locator("main form button").click()
    expect(phone.locator("main")).to_contain_text("Đã xóa tên của bà.")
    phone.goto(f"{live.url}/reports/{sent.number}")
    expect(phone.locator(".report-text")).to_have_text("Nước thải chảy trước nhà █████.")
    expect(phone.locator("main")).to_contain_text("Somebody named in the text asked for it")
    wait_for_entry(live, phone, sent, "redact", "person_named")


def test_a_sender_has_the_whole_report_deleted_with_its_photo(
    live: Server, open_page: OpenPage, codes: dict[str, list[str]]
) -> None:
    # Given a report with a photo, which the search finds
    number, code, photo = json.loads(live.do(WITH_PHOTO, given=json.dumps(f"{SENTINEL}, bốc mùi.")))
    sent = Sent(number, code)
    phone = open_page(**PHONE)
    search = f"{live.url}/reports?q={SENTINEL}"
    phone.goto(search)
    expect(phone.locator("main")).to_contain_text("bốc mùi")
    assert phone.request.get(f"{live.url}/photos/{photo}").status == 200

    # When the sender asks for it to go
    type_in(phone, live, sent)
    phone.locator("#erasure-top summary").click()
    phone.locator("#erasure-top label", has=phone.locator("input[value=report]")).click()
    phone.locator("form[action='/follow/erasure'] .buttons button").click()
    expect(phone.locator("main")).to_contain_text("The city has not decided yet")
    expect(phone.locator("main")).to_contain_text("Two people decide by")

    # And a lone administrator can do no more than propose it
    giang = at_the_desk(live, open_page(**DESKTOP), "giang", codes["giang"])
    expect(giang.page.locator(".queue-due")).to_be_visible()
    giang.propose("Theo yêu cầu của bạn.")
    giang.open()
    expect(giang.page.locator("main")).to_contain_text("Somebody else of the administrators")
    expect(giang.page.locator("button[value=decide]")).to_have_count(0)
    phone.goto(search)
    expect(phone.locator("main")).to_contain_text("bốc mùi")

    # And the second one agrees, with a code that was not used before
    hoa_codes = codes["hoa"]
    used = hoa_codes[0]
    hoa = at_the_desk(live, open_page(**DESKTOP), "hoa", hoa_codes)
    hoa.open()
    hoa.decide(used)
    expect(hoa.page.locator("#again-error")).to_be_visible()
    hoa.decide(hoa_codes.pop())
    expect(hoa.page.locator(".queue-empty")).to_be_visible()

    # Then nothing of it is left but that it was there, and that its sender wanted it gone
    phone.goto(search)
    expect(phone.locator("main")).not_to_contain_text("bốc mùi")
    assert phone.request.get(f"{live.url}/photos/{photo}").status == 404
    phone.goto(f"{live.url}/reports/{number}")
    expect(phone.locator("main")).to_contain_text("The sender asked for it, and two people")
    assert SENTINEL not in phone.content()
    phone.goto(f"{live.url}/follow")
    expect(phone.locator("main")).to_contain_text("Theo yêu cầu của bạn.")
    assert SENTINEL not in phone.content()
    wait_for_entry(live, phone, sent, "erasure", "sender")
    live.hopthu("verify", f"{live.url}/record")
