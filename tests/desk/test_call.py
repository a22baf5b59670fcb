"""Calling the sender, as far as the desk's pages go: `tests/care/openings` has the rest."""

from base64 import b64encode
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from pytest_django import Settings

from hopthu.care.openings import working
from hopthu.care.openings.limits import LIFE, SILENCE
from hopthu.core.encoding import decode64
from hopthu.core.limits import MAX_CALL_WORDS
from hopthu.core.terms import Step
from hopthu.people import seal_keys
from hopthu.people.models import Opening, Staff
from hopthu.record import sequencer
from hopthu.reports.models import Report
from tests.care.openings.scene import LONG_AGO, PHONE, Page, give_passkey
from tests.desk.browsing import Browser, english, html, page, sign_in
from tests.desk.device import Device
from tests.makers import MONDAY, make_report, open_log, take

WISH = {"reason": "place", "words": "Không thấy cột đèn này."}


@pytest.fixture
def report(city: None, tmp_path: Path, settings: Settings) -> Report:
    """Its sender may be called."""
    open_log(tmp_path, settings)
    seal_keys.make(tmp_path, tell=lambda _: None)
    return make_report(phone=PHONE, call_me=True)


@pytest.fixture
def phone(an: Staff, report: Report) -> Device:
    """On which An has an old passkey."""
    device = Device()
    give_passkey(an, device, at=LONG_AGO)
    sequencer.run(LONG_AGO)
    working.open_numbers(LONG_AGO)
    return device


def address(report: Report) -> str:
    return f"/desk/reports/{report.number}/call"


def ask(client: Browser, report: Report, **changes: Any) -> Any:
    key = b64encode(Page().public).decode()
    return client.post(f"{address(report)}/ask", {**WISH, "page_key": key, **changes})


def asked(client: Browser, report: Report) -> str:
    return f"{address(report)}/{ask(client, report).json()['opening']}"


def test_an_officer_of_the_office_in_charge_may_call(an: Staff, report: Report) -> None:
    client = sign_in(an)

    assert f'href="{address(report)}"' in html(client.get(f"/desk/reports/{report.number}"))
    shown = page(client.get(address(report)))
    assert "Call the sender" in shown
    assert PHONE not in shown


def test_without_javascript_and_without_a_passkey_the_page_says_so(
    an: Staff, report: Report
) -> None:
    shown = page(sign_in(an).get(address(report)))

    assert "This needs JavaScript" in shown
    assert "First, a passkey" in shown


def test_nobody_else_learns_whether_there_is_a_number(
    an: Staff, binh: Staff, chi: Staff, dung: Staff, giang: Staff, report: Report
) -> None:
    without = make_report()
    for staff in (binh, chi, dung, giang):
        client = sign_in(staff)
        for one in (report, without):
            assert "/call" not in html(client.get(f"/desk/reports/{one.number}"))
            assert client.get(address(one)).status_code == 404
            assert client.post(address(one), WISH).status_code == 404
            assert ask(client, one).status_code == 404
    assert sign_in(an).get(address(without)).status_code == 404
    assert not Opening.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("reason", "", "Choose the reason for the call."),
        ("reason", "curiosity", "Choose the reason for the call."),
        ("words", "  ", "Say why you need to call"),
        ("words", "x" * (MAX_CALL_WORDS + 2), "Please say it with 2 characters less."),
    ],
)
def test_a_slip_is_told_beside_its_field_and_nothing_typed_is_lost(
    an: Staff, report: Report, field: str, value: str, said: str
) -> None:
    client = sign_in(an)

    response = client.post(address(report), {**WISH, field: value})

    assert response.status_code == 422
    assert f'id="{field}-error"' in html(response)
    assert said in page(response)
    if field == "reason":
        assert WISH["words"] in html(response)
    assert ask(client, report, **{field: value}).status_code == 422
    assert not Opening.objects.exists()


def test_reason_and_words_are_shown_once_more_and_can_be_changed(an: Staff, report: Report) -> None:
    client = sign_in(an)

    ready = client.post(address(report), WISH)
    assert ready.status_code == 200
    assert "Open the number with my passkey" in page(ready)
    assert "The place cannot be found" in page(ready)

    again = client.post(address(report), {**WISH, "change": "1"})
    assert WISH["words"] in html(again)
    assert "Open the number with my passkey" not in page(again)


@pytest.mark.parametrize("key", ["", "x", b64encode(b"\x04" + bytes(64)).decode(), "é" * 300])
def test_what_is_no_key_of_a_page_asks_nothing(an: Staff, report: Report, key: str) -> None:
    assert ask(sign_in(an), report, page_key=key).status_code == 422
    assert not Opening.objects.exists()


def test_the_way_of_an_opening(an: Staff, report: Report, phone: Device) -> None:
    client, mine = sign_in(an), Page()
    key = b64encode(mine.public).decode()
    opening = ask(client, report, page_key=key).json()["opening"]
    where = f"{address(report)}/{opening}"
    assert client.get(where).json()["state"] == "asked"

    working.open_numbers(MONDAY)
    told = client.get(where).json()
    assert told["message"] == "Your device asks for your finger, your face or a PIN."
    told = client.post(where, {"answer": phone.sign(told["question"])}).json()
    assert told["state"] == "answered"
    working.open_numbers(MONDAY)
    told = client.get(where).json()
    assert told["message"] == "The opening is being published. The number comes after that."
    sequencer.run(MONDAY)
    working.open_numbers(MONDAY)

    told = client.get(where)
    assert told.headers["Cache-Control"].startswith("max-age=0")
    assert mine.open(decode64(told.json()["sealed"]), opening) == PHONE
    timeline = page(client.get(f"/desk/reports/{report.number}"))
    assert "telephone number was opened, to call them" in timeline


def test_the_public_reads_why_and_not_who(an: Staff, report: Report, phone: Device) -> None:
    client = sign_in(an)
    where = asked(client, report)
    working.open_numbers(MONDAY)
    question = client.get(where).json()["question"]
    client.post(where, {"answer": phone.sign(question)})
    working.open_numbers(MONDAY)

    shown = page(english().get(f"/reports/{report.number}", follow=True))

    assert "The place cannot be found." in shown
    assert WISH["words"] in shown
    assert "Phòng Đô thị (en)" in shown
    assert an.name not in shown.split()
    assert PHONE not in shown


def test_nobody_else_sees_how_it_stands_or_answers(
    an: Staff, anh: Staff, report: Report, phone: Device
) -> None:
    where = asked(sign_in(an), report)
    working.open_numbers(MONDAY)
    other = sign_in(anh)

    assert other.get(where).status_code == 404
    assert other.get(where).json()["question"] is None
    assert other.post(where, {"answer": "{}"}).status_code == 404
    assert Opening.objects.get().state == "question"
    assert sign_in(an).get(where.replace(report.number, make_report().number)).status_code == 404


@pytest.mark.parametrize("answer", ["", "no json", "[" * 100_000])
def test_an_answer_that_is_none_changes_nothing(
    an: Staff, report: Report, phone: Device, answer: str
) -> None:
    client = sign_in(an)
    where = asked(client, report)
    working.open_numbers(MONDAY)

    assert client.post(where, {"answer": answer}).status_code == 422
    assert client.get(where).json()["state"] == "question"


def test_when_work_does_not_run_that_is_said_and_then_it_is_over(an: Staff, report: Report) -> None:
    client = sign_in(an)
    where = asked(client, report)

    with time_machine.travel(MONDAY + SILENCE + timedelta(seconds=1), tick=False):
        told = client.get(where).json()
        assert (told["state"], "hopthu work" in told["message"]) == ("silent", True)
    with time_machine.travel(MONDAY + LIFE, tick=False):
        told = client.get(where)
        assert (told.status_code, told.json()["state"]) == (404, "gone")
        assert "Ten minutes are over" in told.json()["message"]


def test_a_new_passkey_and_a_limit_are_told_with_their_time(an: Staff, report: Report) -> None:
    give_passkey(an, Device(), at=MONDAY)
    sequencer.run(MONDAY)
    working.open_numbers(LONG_AGO)
    client = sign_in(an)
    where = asked(client, report)
    working.open_numbers(MONDAY)

    told = client.get(where).json()["message"]

    assert told == ("Your passkey is new, and opens no number before 17 November 2026 at 09:00.")


@pytest.mark.parametrize("why", ["not_in_charge", "task_new", "no_passkey", "passkey_new",
                                 "no_telephone", "officer_limit", "city_limit", "bad_request",
                                 "wrong_answer", "expired", "unreadable"])  # fmt: skip
def test_every_refusal_has_words_of_its_own(an: Staff, report: Report, why: str) -> None:
    client = sign_in(an)
    where = asked(client, report)
    Opening.objects.update(state="refused", refusal=why)

    told = client.get(where).json()

    assert told["state"] == "refused"
    generic = "This could not be understood. Please begin again."
    assert (told["message"] == generic) is (why == "bad_request")


def test_a_report_that_another_office_has_now_is_asked_for_in_vain(
    an: Staff, report: Report
) -> None:
    client = sign_in(an)
    where = asked(client, report)
    take(report, Step.ROUTE, an, body="office")

    working.open_numbers(MONDAY)

    assert "Another office has this report now" in client.get(where).json()["message"]
    assert client.get(address(report)).status_code == 404


def test_a_page_that_goes_mad_fills_no_table(an: Staff, report: Report) -> None:
    client = sign_in(an)

    answers = [ask(client, report).status_code for _ in range(25)]

    assert answers == [200] * 20 + [422] * 5


def test_a_page_that_was_left_open_leads_back(an: Staff, report: Report) -> None:
    assert sign_in(an).get(f"{address(report)}/ask").url == address(report)
