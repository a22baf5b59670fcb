"""Somebody comes in with a second step."""

import re
from datetime import timedelta

import pytest
import time_machine

from hopthu.desk import session, throttle
from hopthu.people.models import Staff
from tests.desk.browsing import Browser, english, page
from tests.desk.test_signin_throttle import Clock
from tests.makers import MONDAY, PASSWORD, App, give_app, make_report

SIGN_IN = "/desk/sign-in"
CODE = "/desk/sign-in/code"


@pytest.fixture
def app(an: Staff) -> App:
    return give_app(an)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(throttle, "time", clock)
    return clock


def at_the_code(**options: str) -> Browser:
    """A browser in which An's password was typed."""
    client = english(**options)
    answer = client.post(SIGN_IN, {"username": "an", "password": PASSWORD})
    assert answer.url.startswith(CODE)
    return client


def test_password_and_code_open_the_page_that_was_wanted(an: Staff, app: App) -> None:
    path = f"/desk/reports/{make_report().number}"
    client = english()

    asked = client.post(SIGN_IN, {"username": "an", "password": PASSWORD, "next": path})
    shown = client.get(asked.url)
    hidden = re.search(r'name="next" value="([^"]+)"', shown.content.decode())
    assert hidden
    answer = client.post(CODE, {"code": app.code(), "next": hidden[1]})

    assert answer.url == path
    assert client.get(path).status_code == 200


def test_the_password_alone_opens_nothing(an: Staff, app: App) -> None:
    client = at_the_code()

    assert client.get("/desk/").url == f"{SIGN_IN}?next=/desk/"
    assert client.get("/desk/your-sign-in").url.startswith(SIGN_IN)


@pytest.mark.parametrize("code", ["", "000000", "abcd-efgh-jkmn", "x" * 300])
def test_a_wrong_code_is_told_beside_the_field(an: Staff, app: App, code: str) -> None:
    client = at_the_code()

    answer = client.post(CODE, {"code": code})

    assert answer.status_code == 422
    assert "This code does not fit" in page(answer)
    assert "no-store" in answer["Cache-Control"]
    assert client.get("/desk/").status_code == 302


def test_a_code_opens_once(an: Staff, app: App) -> None:
    first, second = at_the_code(), at_the_code()

    assert first.post(CODE, {"code": app.code()}).status_code == 302
    assert second.post(CODE, {"code": app.code()}).status_code == 422


def test_a_recovery_code_opens_in_its_place(an: Staff, app: App) -> None:
    client = at_the_code()

    assert client.post(CODE, {"code": app.recovery_codes[0]}).url == "/desk/"
    assert "recovery" not in page(client.get("/desk/"))


def test_whoever_has_few_of_them_left_is_told(an: Staff, app: App) -> None:
    for code in app.recovery_codes[:6]:
        client = at_the_code()
        client.post(CODE, {"code": code})

    assert "You have 4 recovery codes left" in page(client.get("/desk/"))


def test_without_the_password_there_is_no_second_step(an: Staff, app: App) -> None:
    client = english()

    assert client.get(CODE).url.startswith(SIGN_IN)
    assert client.post(CODE, {"code": app.code()}).url.startswith(SIGN_IN)
    assert client.get("/desk/").status_code == 302


def test_after_ten_minutes_the_password_is_asked_again(an: Staff, app: App) -> None:
    client = at_the_code()

    with time_machine.travel(MONDAY + session.PATIENCE + timedelta(seconds=1), tick=False):
        answer = client.post(CODE, {"code": app.recovery_codes[0]})

    assert answer.url.startswith(SIGN_IN)


def test_who_has_left_meanwhile_does_not_come_in(an: Staff, app: App) -> None:
    client = at_the_code()
    Staff.objects.update(is_active=False)

    assert client.post(CODE, {"code": app.code()}).url.startswith(SIGN_IN)


def test_signing_in_never_leads_elsewhere(an: Staff, app: App) -> None:
    client = at_the_code()

    answer = client.post(CODE, {"code": app.code(), "next": "//evil.example/desk/"})

    assert answer.url == "/desk/"


def test_guessing_codes_takes_ever_longer(an: Staff, app: App, clock: Clock) -> None:
    client = at_the_code()

    guesses = [client.post(CODE, {"code": "000000"}).status_code for _ in range(7)]
    waiting = client.post(CODE, {"code": app.code()})

    assert guesses == [422] * 6 + [429]
    assert waiting.status_code == 429
    assert "Too many tries" in page(waiting)
    clock.now += int(waiting.headers["Retry-After"])
    assert client.post(CODE, {"code": app.code()}).status_code == 302


def test_typing_the_password_anew_does_not_start_the_count_anew(
    an: Staff, app: App, clock: Clock
) -> None:
    for _ in range(6):
        at_the_code().post(CODE, {"code": "000000"})

    assert at_the_code().post(CODE, {"code": app.code()}).status_code == 429


def test_a_browser_that_came_in_before_is_held_up_by_nobody(
    an: Staff, app: App, clock: Clock
) -> None:
    mine = at_the_code()
    mine.post(CODE, {"code": app.recovery_codes[0]})
    mine.post("/desk/sign-out")
    for _ in range(8):
        at_the_code(REMOTE_ADDR="203.0.113.7").post(CODE, {"code": "000000"})

    mine.post(SIGN_IN, {"username": "an", "password": PASSWORD})
    assert mine.post(CODE, {"code": app.code()}).status_code == 302


def test_a_password_alone_makes_no_browser_known(an: Staff, app: App) -> None:
    assert "desk-known" not in at_the_code().cookies
