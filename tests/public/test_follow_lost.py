"""Who lost the code has a new one sent to the address that they left; nobody learns of it."""

import logging
import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hopthu.core.codes import format_follow_code, parse_follow_code
from hopthu.core.terms import Step
from hopthu.outbox.models import Delivery
from hopthu.outbox.sending import deliver
from hopthu.people import follow_codes
from hopthu.people.models import LostCode
from hopthu.reports import new_codes
from hopthu.reports.actions import Received
from hopthu.reports.actions.contacts import leave_contact
from tests import makers
from tests.makers import MONDAY
from tests.outbox.mail_server import DROP, Post
from tests.outbox.test_nowhere import rows
from tests.public import following, wizard

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
NETWORK = {"REMOTE_ADDR": "203.0.113.7"}


@pytest.fixture(autouse=True)
def _english(client: Client) -> None:
    client.cookies["lang"] = "en"


@pytest.fixture
def lost(post: Post) -> Received:
    """A report whose sender left an address and lost the code; one letter is out already."""
    received = makers.send_report(email="an@example.vn", language="en")
    work(MONDAY)
    post.letters.clear()
    return received


def ask(client: Client, number: str, **more: Any) -> HttpResponse:
    response: HttpResponse = client.post("/follow/lost", {"number": number}, **more)  # type: ignore[assignment]
    return response


def work(at: datetime) -> None:
    new_codes.answer(at)
    deliver(at)


def codes(post: Post) -> list[str]:
    """Those in the letters that came, oldest first."""
    found = []
    for letter in post.letters:
        body = letter.get_body(("plain",))
        assert body
        match = re.search(r"New code: ([\d ]{19})\n", body.get_content().replace("\r\n", "\n"))
        found += [parse_follow_code(match[1])] if match else []
    return found


def opens(client: Client, number: str, code: str) -> bool:
    client.cookies.pop("follow", None)
    return client.post("/follow", {"number": number, "code": code}).status_code == 303


def test_a_new_code_comes_by_letter_and_takes_the_place_of_the_old_one(
    client: Client, post: Post, lost: Received
) -> None:
    number = lost.report.number
    elsewhere = Client(headers={"accept-language": "en"})
    following.sign_in(elsewhere, lost)

    said = following.said(client, ask(client, f" {number[:4].lower()}-{number[4:]} "))
    assert "a letter with a new code is on its way" in said
    work(MONDAY)

    (new,) = codes(post)
    assert post.envelopes[-1][1] == ["an@example.vn"]
    assert new != lost.follow_code
    assert opens(client, number, lost.follow_code), "it may be somebody else who asked"
    used = client.post("/follow", {"number": number, "code": format_follow_code(new)})
    assert "This is your code from now on." in following.said(client, used)  # type: ignore[arg-type]
    assert opens(client, number, new)
    assert not opens(client, number, lost.follow_code)
    shown = wizard.text(following.page(elsewhere))
    assert "Open my report" in shown, "whoever came with the old code is out"


def test_everybody_gets_one_answer_after_the_same_work(client: Client, lost: Received) -> None:
    without = makers.make_report()
    answers = []
    for number in (lost.report.number, without.number, "ZZZZZZZZ", lost.report.number):
        with CaptureQueriesContext(connection) as asked:
            response = ask(client, number)
        statements = [query["sql"].replace(number, "…") for query in asked]
        statements = [re.sub(r"\d{4}-\d\d-\d\d[ T][\d:.+]+", "…", one) for one in statements]
        answers.append((response.status_code, response.headers["Location"], statements))
    assert answers[0] == answers[1] == answers[2] == answers[3]
    assert LostCode.objects.count() == 3

    new_codes.answer(MONDAY)

    assert not LostCode.objects.exists()
    assert [one.number for one in Delivery.objects.filter(topic="code")] == [lost.report.number]


def test_trying_a_code_takes_the_same_work_whether_a_new_one_was_sent_or_not(
    client: Client, post: Post, lost: Received, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(client, lost.report.number)
    work(MONDAY)
    other = makers.make_report()
    tried: list[str] = []

    class Counting:
        def verify(self, hashed: str, password: bytes) -> bool:
            tried.append(hashed)
            return hasher.verify(hashed, password)

    hasher = follow_codes._HASHER
    monkeypatch.setattr(follow_codes, "_HASHER", Counting())
    counts = []
    for number in (lost.report.number, other.number, "ZZZZZZZZ"):
        tried.clear()
        assert follow_codes.check(number, "0000000000000000", at=MONDAY) is None
        counts.append(len(tried))
    assert counts == [2, 2, 2]


def test_there_is_one_letter_a_day_and_all_bring_the_same_code_until_it_is_used(
    client: Client, post: Post, lost: Received
) -> None:
    number = lost.report.number
    for hours in (0, 1, 23, 24):
        ask(client, number)
        work(MONDAY + timedelta(hours=hours))
    first, second = codes(post)
    assert first == second
    assert follow_codes.check(number, first, at=MONDAY + 7 * DAY)

    ask(client, number)
    work(MONDAY + 3 * DAY)
    assert codes(post)[2] != first
    assert follow_codes.check(number, first, at=MONDAY + 3 * DAY), "nobody but its holder voids it"


def test_a_letter_that_is_sent_again_brings_the_same_code(
    client: Client, post: Post, lost: Received
) -> None:
    post.on_words = DROP
    ask(client, lost.report.number)
    work(MONDAY)
    post.on_words = "250 OK"
    work(MONDAY + timedelta(hours=1))
    first, again = codes(post)
    assert first == again
    assert follow_codes.check(lost.report.number, first, at=MONDAY)


def test_the_code_is_nowhere_but_in_the_letter(
    client: Client, post: Post, lost: Received, caplog: pytest.LogCaptureFixture
) -> None:
    logging.getLogger("hopthu").addHandler(caplog.handler)
    ask(client, lost.report.number)
    work(MONDAY)
    makers.take(lost.report, Step.START, makers.make_officer())
    work(MONDAY)
    logging.getLogger("hopthu").removeHandler(caplog.handler)

    (new,) = codes(post)
    kept = rows() + caplog.text + "".join(str(post.letters[1]))
    assert new not in kept
    assert format_follow_code(new) not in kept
    assert not lost.report.events.filter(kind="code").exists()
    assert len(post.letters) == 2


def test_a_code_that_nobody_used_is_over_after_a_week(
    client: Client, post: Post, lost: Received
) -> None:
    ask(client, lost.report.number)
    work(MONDAY)
    (new,) = codes(post)
    assert follow_codes.check(lost.report.number, new, at=MONDAY + 8 * DAY) is None
    assert follow_codes.check(lost.report.number, lost.follow_code, at=MONDAY + 8 * DAY)


def test_an_address_that_was_changed_gets_nobody_in(
    client: Client, post: Post, lost: Received
) -> None:
    ask(client, lost.report.number)
    work(MONDAY)
    (sent_to_the_old_one,) = codes(post)
    leave_contact(lost.report, email="binh@example.vn", language="en")
    assert follow_codes.check(lost.report.number, sent_to_the_old_one, at=MONDAY) is None

    ask(client, lost.report.number)
    work(MONDAY + DAY)
    assert post.envelopes[-1][1] == ["binh@example.vn"]
    assert codes(post)[1] != sent_to_the_old_one


def test_a_slip_in_the_number_is_told_beside_it(client: Client, city: None) -> None:
    response = ask(client, "7KQ2")
    assert response.status_code == 422
    assert "8 letters and digits" in wizard.errors(response)["lost-number"]
    assert wizard.summary(response) == ["lost-number"]
    shown = response.content.decode()
    assert 'id="lost-number" name="number" type="text" value="7KQ2"' in shown
    assert '<details class="more" id="lost" open>' in shown
    assert not LostCode.objects.exists()


def test_a_flood_from_one_network_is_asked_to_wait_and_nobody_else(
    client: Client, city: None
) -> None:
    last = [ask(client, f"AAAAAA{n:02}", **NETWORK) for n in range(31)][-1]
    assert last.status_code == 429
    assert 0 < int(last.headers["Retry-After"]) <= 60
    assert "try again in 1 minute" in wizard.errors(last)["lost-number"]
    assert ask(client, "AAAAAA00", REMOTE_ADDR="198.51.100.7").status_code == 303
