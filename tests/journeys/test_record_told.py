"""What a verdict tells of a report that the city changed, and a record without scripts."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser import PHONE, OpenPage
from tests.journeys.test_record_check import Checker, Town
from tests.live import Cities, Server

COVERED = """
import json
from datetime import date
from hopthu.core.orders import Order
from hopthu.core.terms import Role, Step
from hopthu.public.proof import proof
from hopthu.record import sequencer
mod = make_staff("hoa", (Role.MODERATOR, None))
covered = send_report(text="Gặp bà Tư ở hẻm 12.").report
waiting = proof(covered)
take(covered, Step.REDACT, mod, passage="bà Tư", words="Tên người.")
hidden = take(covered, Step.HIDE, mod, reason="advertising", words="Quảng cáo.")
chief = make_staff("tam", (Role.ADMINISTRATOR, None))
ordered = take(
    send_report(text="Quán lấn vỉa hè.").report,
    Step.HIDE,
    chief,
    reason="order",
    words="Theo lệnh.",
    second_person=mod.pk,
    order=Order("Tòa án khu vực 3", "12/QĐ", date(2026, 11, 13), date(2027, 2, 16)),
)
open = send_report(text="Cống nghẹt.").report
sequencer.run(MONDAY)
told = {"number": open.number, "covered": covered.number, "waiting": waiting}
print(json.dumps({**told, "proof": proof(hidden), "ordered": proof(ordered)}))
"""


class Covered(Town):
    """A city that covered words of a report, and then hid it."""

    def __init__(self, server: Server) -> None:
        self.url = server.url
        told: dict[str, str] = json.loads(server.do(COVERED))
        self.proof, self.waiting, self.number = told["proof"], told["waiting"], told["number"]
        self.ordered = told["ordered"]
        self.report = f"{told['covered'][:4]}-{told['covered'][4:]}"


@pytest.fixture(scope="module")
def town(cities: Cities) -> Iterator[Covered]:
    server = cities.another()
    server.start()
    yield Covered(server)
    server.kill()


def test_covered_words_are_not_passed_off_as_what_was_said(
    town: Covered, open_page: OpenPage
) -> None:
    phone = Checker(open_page(**PHONE, locale="en"), town)

    phone.choose(town.proof, "proof.json")

    verdict = phone.page.locator(".verdict")
    expect(verdict).to_contain_text("Gặp █████ ở hẻm 12.")
    expect(verdict).to_contain_text("Covered or changed afterwards: What was reported.")
    expect(verdict).not_to_contain_text("letter for letter")


def test_what_was_reported_stands_first(town: Covered, open_page: OpenPage) -> None:
    phone = Checker(open_page(**PHONE, locale="en"), town)

    phone.choose(town.proof, "proof.json")

    expect(phone.page.locator(".verdict h3").first).to_have_text("What was reported")


def test_a_step_tells_its_reason(town: Covered, open_page: OpenPage) -> None:
    phone = Checker(open_page(**PHONE, locale="en"), town)

    phone.choose(town.proof, "proof.json")

    expect(phone.page.locator(".verdict-steps > li").last).to_contain_text(
        "advertising", ignore_case=True
    )


def test_an_order_is_told_with_who_gave_it_and_when_it_is_looked_at_again(
    town: Covered, open_page: OpenPage
) -> None:
    phone = Checker(open_page(**PHONE, locale="en"), town)

    phone.choose(town.ordered, "proof.json")

    hidden = phone.page.locator(".verdict-steps > li").last
    for words in (
        "Ordered by: Tòa án khu vực 3",
        "Number of the order: 12/QĐ",
        "Day of the order: 13 November 2026",
        "To be looked at again on: 16 February 2027",
    ):
        expect(hidden).to_contain_text(words)


def test_a_promise_says_of_which_report_and_to_keep_it(town: Covered, open_page: OpenPage) -> None:
    page = open_page(**PHONE, locale="en")
    page.add_init_script("Date.now = () => Date.UTC(2026, 10, 16, 3);")
    phone = Checker(page, town)

    phone.choose(town.waiting, "proof.json")

    phone.says("The city has promised to put this into the public record")
    expect(page.locator(".verdict")).to_contain_text(town.report)
    expect(page.locator(".verdict")).to_contain_text("Keep this file as well")


def test_a_browser_without_khmer_writes_no_months_of_another_language(
    town: Covered, open_page: OpenPage
) -> None:
    page = open_page(**PHONE, locale="vi")
    page.context.add_cookies([{"name": "lang", "value": "km", "url": town.url}])
    page.add_init_script("Intl.DateTimeFormat.supportedLocalesOf = () => [];")
    phone = Checker(page, town)

    phone.choose(town.proof, "proof.json")

    expect(page.locator("html")).to_have_attribute("lang", "km")
    expect(page.locator(".verdict-steps")).to_contain_text("16/11/2026")
    expect(page.locator(".verdict-steps")).not_to_contain_text("tháng")


@pytest.mark.parametrize("path", ["/record", "/reports/{number}"])
def test_without_scripts_no_button_stands_there_that_does_nothing(
    town: Covered, open_page: OpenPage, path: str
) -> None:
    page = open_page(**PHONE, java_script_enabled=False)

    page.goto(town.url + path.format(number=town.number))

    assert page.locator("button[type=button]:visible").all_inner_texts() == []
