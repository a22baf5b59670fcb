"""Number and code open one report, for a while, on this phone."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hopthu.core.codes import check_digit, format_follow_code, format_number
from hopthu.core.terms import Role, Step
from tests import makers
from tests.public import following, wizard

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english(client: Client) -> None:
    client.cookies["lang"] = "en"


def wrong_code(code: str) -> str:
    """Another code, with a good check digit."""
    other = ("1" if code[0] != "1" else "2") + code[1:15]
    return other + check_digit(other)


def test_it_opens_and_stays_open_for_this_report_alone(client: Client, city: None) -> None:
    received = makers.send_report(text="Đèn hư.", at=timezone.now())
    makers.send_report(text="Của người khác.", at=timezone.now())

    response = client.post(
        "/follow",
        {
            "number": f" {format_number(received.report.number).lower()} ",
            "code": format_follow_code(received.follow_code),
        },
    )

    assert response.status_code == 303
    assert response.headers["Location"] == "/follow"
    shown = following.page(client)
    assert "Đèn hư." in wizard.text(shown)
    assert "Của người khác." not in wizard.text(shown)
    assert shown.headers["Cache-Control"] == "no-store"


def test_the_cookie_goes_nowhere_else_and_is_out_of_reach_of_scripts(
    client: Client, city: None
) -> None:
    following.followed(client)

    cookie = client.cookies["follow"]
    assert cookie["path"] == "/follow"
    assert cookie["httponly"]
    assert cookie["samesite"] == "Strict"
    assert cookie["max-age"] == 12 * 3600


def test_after_twelve_hours_it_is_closed(client: Client, city: None) -> None:
    following.followed(client)

    with time_machine.travel(timezone.now() + timedelta(hours=12, minutes=1)):
        assert "Open my report" in wizard.text(following.page(client))


def test_a_cookie_that_somebody_made_up_opens_nothing(client: Client, city: None) -> None:
    report = makers.make_report()
    client.cookies["follow"] = f"{report.number}:1vabc:signature"

    assert "Open my report" in wizard.text(following.page(client))


def test_a_wrong_number_and_a_wrong_code_are_told_alike(client: Client, city: None) -> None:
    received = makers.send_report()

    answers = [
        client.post("/follow", {"number": number, "code": code})
        for number, code in (
            (received.report.number, wrong_code(received.follow_code)),
            ("00000000", received.follow_code),
        )
    ]

    for response in answers:
        assert response.status_code == 422
        assert "do not belong together" in wizard.errors(response)["code"]  # type: ignore[arg-type]
        assert "follow" not in response.cookies


@pytest.mark.parametrize(
    ("number", "code", "field", "message"),
    [
        ("7KQ2", "1234 5678 9012 3456", "number", "8 letters and digits"),
        ("", "", "number", "8 letters and digits"),
        ("7KQ2-M9XD", "1234", "code", "16 digits"),
        ("7KQ2-M9XD", "abcd efgh ijkl mnop", "code", "16 digits"),
        ("7KQ2-M9XD", "0000 0000 0000 0001", "code", "slip in this code"),
        ("\x00" * 900, "\u202e" * 900, "number", "8 letters and digits"),
    ],
)
def test_what_cannot_be_one_is_told_beside_its_field(
    client: Client, city: None, number: str, code: str, field: str, message: str
) -> None:
    response = client.post("/follow", {"number": number, "code": code})

    assert response.status_code == 422
    assert message in wizard.errors(response)[field]  # type: ignore[arg-type]
    assert number[:4] in response.content.decode()


def test_after_many_wrong_codes_it_asks_to_wait(client: Client, city: None) -> None:
    received = makers.send_report()
    wrong = {"number": received.report.number, "code": wrong_code(received.follow_code)}
    with time_machine.travel(makers.MONDAY, tick=False):
        for _ in range(7):
            response = client.post("/follow", wrong)

    assert response.status_code == 429
    assert int(response.headers["Retry-After"]) >= 1
    assert "try again in" in wizard.errors(response)["code"]  # type: ignore[arg-type]
    with time_machine.travel(makers.MONDAY + timedelta(hours=1)):
        right = {"number": received.report.number, "code": received.follow_code}
        assert client.post("/follow", right).status_code == 303


def test_it_shows_the_promise_the_answer_and_what_happened(client: Client, city: None) -> None:
    report = following.followed(client)
    assert "Result or answer by" in wizard.text(following.page(client))

    following.city_resolves(report)

    shown = wizard.text(following.page(client))
    assert "Đã thay bóng đèn." in shown
    assert "Is it done?" in shown


def test_a_promise_that_was_not_kept_is_said(client: Client, city: None) -> None:
    received = makers.send_report(at=timezone.now())

    with time_machine.travel(received.report.resolve_by + timedelta(days=1)):
        following.sign_in(client, received)
        assert "The city is late." in wizard.text(following.page(client))


def test_the_sender_reads_a_report_that_was_hidden_and_why(client: Client, city: None) -> None:
    moderator = makers.make_staff("mai", (Role.MODERATOR, None))
    report = following.followed(client, text="Những lời của tôi.")
    makers.take(report, Step.HIDE, moderator, timezone.now(), reason="threat", words="Vì đe dọa.")

    shown = wizard.text(following.page(client))

    assert "Others do not see your report now." in shown
    assert "It threatens somebody" in shown
    assert "Những lời của tôi." in shown


def test_the_page_asks_the_database_as_much_for_three_events_as_for_one(
    client: Client, city: None
) -> None:
    report = following.followed(client)
    following.page(client)
    with CaptureQueriesContext(connection) as one:
        following.page(client)
    following.city_does(report, Step.ACCEPT)
    following.city_does(report, Step.START)
    with CaptureQueriesContext(connection) as three:
        following.page(client)

    assert len(three) == len(one) <= 9


def test_once_the_city_answered_the_first_promise_is_kept(client: Client, city: None) -> None:
    officer = makers.make_officer()
    report = following.followed(client)
    assert "Taken in hand by" in wizard.text(following.page(client))

    makers.take(report, Step.ANSWER, officer, words="Chúng tôi sẽ đến xem.")

    assert "Taken in hand by" not in wizard.text(following.page(client))
