"""A resident follows a report: by its link, by typing, and through everything that can come."""

import json
import re
from dataclasses import dataclass
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page, expect

from tests.browser import PHONE, OpenPage
from tests.live import Server
from tests.public import wizard


@dataclass(frozen=True)
class Sent:
    number: str
    code: str

    @property
    def fragment(self) -> str:
        return f"#{self.number[:4]}-{self.number[4:]}-{self.code}"


def send(live: Server, text: str = "Đèn đường hư.") -> Sent:
    fields = wizard.whole(text=text)
    with urlopen(f"{live.url}/report/new", urlencode(fields).encode()) as response:
        shown = response.read().decode()
    number, code = re.findall(r'<output class="code" id="[\w-]+">(.*?)</output>', shown)
    return Sent(number.replace("-", ""), code.replace(" ", ""))


def city(live: Server, sent: Sent, **steps: dict[str, str]) -> None:
    """What the city does, in order: each step with what it requires."""
    live.do(
        "import sys, json, django.utils.timezone as tz\n"
        f"r = Report.objects.get(number={sent.number!r})\n"
        "for step, given in json.load(sys.stdin).items():\n"
        "    take(r, Step(step), Actor(roles=frozenset({Role.DISPATCHER})), tz.now(), **given)",
        given=json.dumps(steps),
    )


def type_in(page: Page, live: Server, sent: Sent) -> None:
    page.goto(f"{live.url}/follow")
    page.locator("#number").fill(sent.number)
    page.locator("#code").fill(sent.code)
    page.locator("hopthu-follow .buttons button").click()


def test_the_link_opens_the_report_and_leaves_no_trace_of_the_code(
    live: Server, phone: Page
) -> None:
    sent = send(live, "Những lời này.")
    phone.goto(f"{live.url}/follow{sent.fragment}")

    expect(phone.locator("#sent")).to_be_visible()
    assert phone.url == f"{live.url}/follow"
    assert sent.code not in phone.content()
    phone.go_back()
    assert sent.code not in phone.url


def test_the_link_of_another_report_opens_that_one(live: Server, phone: Page) -> None:
    first, second = send(live, "Cái thứ nhất."), send(live, "Cái thứ hai.")
    phone.goto(f"{live.url}/follow{first.fragment}")
    expect(phone.locator(".letter").first).to_contain_text("Cái thứ nhất.")

    phone.goto(f"{live.url}/follow{second.fragment}")

    expect(phone.locator(".letter").first).to_contain_text("Cái thứ hai.")
    assert phone.url == f"{live.url}/follow"


def test_a_slip_in_the_code_is_caught_on_the_phone(live: Server, phone: Page) -> None:
    sent = send(live)
    requests: list[str] = []
    slip = sent.code[:-1] + str((int(sent.code[-1]) + 1) % 10)
    phone.goto(f"{live.url}/follow")
    phone.on("request", lambda request: requests.append(request.method))

    phone.locator("#number").fill(sent.number)
    phone.locator("#code").fill(slip)
    phone.locator("hopthu-follow .buttons button").click()

    expect(phone.locator("[data-slip-words]")).to_be_visible()
    expect(phone.locator("#code")).to_be_focused()
    assert "POST" not in requests
    phone.locator("#code").fill(sent.code)
    expect(phone.locator("[data-slip-words]")).to_be_hidden()
    phone.locator("hopthu-follow .buttons button").click()
    expect(phone.locator("#sent")).to_be_visible()


def test_clearing_traces_leaves_nothing_on_the_phone(live: Server, phone: Page) -> None:
    sent = send(live, "Không ai được đọc.")
    phone.goto(f"{live.url}/report/new?category=lamp")
    phone.locator("#landmark").fill("Đầu hẻm 12")
    type_in(phone, live, sent)
    expect(phone.locator("#sent")).to_be_visible()

    phone.locator("form[action='/follow/forget'] button").click()

    expect(phone.locator("#number")).to_be_visible()
    assert phone.context.cookies() == []
    assert phone.evaluate("localStorage.length") == 0
    phone.goto(f"{live.url}/follow")
    expect(phone.locator("#number")).to_be_visible()


@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without"])
def test_asked_and_answered_disputed_and_confirmed(
    live: Server, open_page: OpenPage, script: bool
) -> None:
    page = open_page(**PHONE, java_script_enabled=script)
    sent = send(live)
    type_in(page, live, sent)

    city(live, sent, accept={}, ask={"words": "Trụ số mấy?"})
    page.goto(f"{live.url}/follow")
    expect(page.locator("#question ~ .letter")).to_contain_text("Trụ số mấy?")
    page.locator("#reply-words").fill("Trụ 12.")
    page.locator("form[action='/follow/reply'] .buttons button").click()
    expect(page.locator(".panel-done")).to_be_visible()
    expect(page.locator(".timeline")).to_contain_text("Trụ 12.")

    city(live, sent, resolve={"outcome": "done", "words": "Đã thay bóng."})
    page.goto(f"{live.url}/follow")
    page.locator("details:has(#dispute-words) summary").click()
    page.locator("#dispute-words").fill("Vẫn tắt.")
    page.locator("form[action='/follow/dispute'] .buttons button").click()
    expect(page.locator(".panel-done")).to_be_visible()
    expect(page.locator(".tag-hand")).to_be_visible()

    city(live, sent, resolve={"outcome": "done", "words": "Đã thay cả đui đèn."})
    page.goto(f"{live.url}/follow")
    page.locator("form[action='/follow/confirm'] button").click()
    expect(page.locator(".panel-done")).to_be_visible()
    expect(page.locator("form[action='/follow/confirm']")).to_have_count(0)


def test_words_are_covered_and_a_report_is_taken_back(live: Server, phone: Page) -> None:
    sent = send(live, "Gọi 0912 345 678 giúp tôi.")
    type_in(phone, live, sent)

    phone.locator("details:has(#redact-passage) summary").click()
    phone.locator("#redact-passage").fill("0912 345 678")
    phone.locator("form[action='/follow/redact'] .buttons button").click()
    expect(phone.locator("section:has(#sent) .letter").first).not_to_contain_text("0912")

    phone.locator("details:has(form[action='/follow/withdraw']) summary").click()
    phone.locator("form[action='/follow/withdraw'] button").click()
    expect(phone.locator(".tag-quiet")).to_be_visible()
    phone.locator("form[action='/follow/reopen'] button").click()
    expect(phone.locator(".tag-new")).to_be_visible()


def test_whoever_lost_the_code_asks_for_a_new_one_by_keyboard(live: Server, phone: Page) -> None:
    phone.goto(f"{live.url}/follow")

    phone.locator("#lost summary").press("Enter")
    phone.locator("#lost-number").fill("7KQ2")
    phone.locator("#lost-number").press("Enter")
    expect(phone.locator("#lost-number-error")).to_be_visible()
    expect(phone.locator("#lost-number")).to_have_value("7KQ2")
    phone.locator("#lost-number").fill(send(live).number)
    phone.locator("#lost-number").press("Enter")

    expect(phone.locator(".panel [role=status]")).to_be_visible()
    assert phone.url == f"{live.url}/follow?done=lost"
