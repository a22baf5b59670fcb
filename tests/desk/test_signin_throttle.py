"""Guessing passwords takes ever longer, and locks nobody out."""

import pytest

from hopthu.desk import throttle
from hopthu.people.models import Staff
from tests.desk.browsing import Browser, english, page
from tests.makers import PASSWORD

SIGN_IN = "/desk/sign-in"
STRANGER = "203.0.113.7"
OFFICE = "198.51.100.1"


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(throttle, "time", clock)
    return clock


def from_(address: str) -> Browser:
    return english(REMOTE_ADDR=address)


def guess(client: Browser, times: int, *, name: str = "an") -> list[int]:
    answers = (client.post(SIGN_IN, {"username": name, "password": "?"}) for _ in range(times))
    return [answer.status_code for answer in answers]


def enter(client: Browser) -> int:
    status: int = client.post(SIGN_IN, {"username": "an", "password": PASSWORD}).status_code
    return status


@pytest.mark.parametrize("name", ["an", "nobody"])
def test_after_some_wrong_passwords_there_is_a_wait(an: Staff, clock: Clock, name: str) -> None:
    """For a name that nobody has as well: the wait tells nothing."""
    client = from_(STRANGER)

    assert guess(client, 7, name=name) == [422] * 6 + [429]
    waiting = client.post(SIGN_IN, {"username": name, "password": PASSWORD})

    assert waiting.status_code == 429
    assert int(waiting.headers["Retry-After"]) in (2, 3)
    assert "Too many tries" in page(waiting)
    assert f'value="{name}"' in waiting.content.decode()


def test_the_wait_grows_and_hammering_makes_it_no_longer(an: Staff, clock: Clock) -> None:
    client = from_(STRANGER)
    guess(client, 6)
    waits = []
    for _ in range(9):
        guess(client, 3)
        waiting = client.post(SIGN_IN, {"username": "an", "password": "?"})
        waits.append(int(waiting.headers["Retry-After"]) - 1)
        clock.now += waits[-1]
        assert guess(client, 1) == [422]

    assert waits == [2, 4, 8, 16, 32, 64, 128, 256, 300]


def test_the_right_password_after_the_wait_opens(an: Staff, clock: Clock) -> None:
    client = from_(STRANGER)
    guess(client, 6)
    clock.now += 3

    assert enter(client) == 302


def test_a_stranger_holds_nobody_up_for_more_than_seconds(an: Staff, clock: Clock) -> None:
    for number in range(40):
        guess(from_(f"203.0.{number}.7"), 3)

    colleague = from_(OFFICE)
    waiting = colleague.post(SIGN_IN, {"username": "an", "password": PASSWORD})
    assert waiting.status_code == 429
    assert int(waiting.headers["Retry-After"]) <= 11
    clock.now += 11
    assert enter(colleague) == 302


def test_a_browser_that_was_here_before_is_held_up_by_no_stranger(an: Staff, clock: Clock) -> None:
    office = from_(OFFICE)
    assert enter(office) == 302
    office.post("/desk/sign-out")
    for number in range(40):
        guess(from_(f"203.0.{number}.7"), 3)
    guess(from_(OFFICE), 50)

    assert enter(office) == 302


def test_that_browser_has_a_wait_of_its_own_and_is_none_for_another_name(
    an: Staff, clock: Clock
) -> None:
    office = from_(OFFICE)
    enter(office)
    office.post("/desk/sign-out")

    assert guess(office, 8) == [422] * 6 + [429] * 2
    assert guess(office, 8, name="binh") == [422] * 6 + [429] * 2


def test_the_cookie_names_nobody_and_goes_to_the_sign_in_alone(an: Staff) -> None:
    client = english()

    cookie = client.post(SIGN_IN, {"username": "an", "password": PASSWORD}).cookies["desk-known"]

    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (SIGN_IN, True, "Strict")
    assert '"an"' not in cookie.value


@pytest.mark.parametrize("value", ["", "x", "a:b:c", "e30:1x:y"])
def test_a_cookie_that_is_not_ours_makes_nothing_known(an: Staff, clock: Clock, value: str) -> None:
    client = from_(STRANGER)
    client.cookies["desk-known"] = value

    assert guess(client, 7) == [422] * 6 + [429]


def test_one_network_tries_many_names_no_faster(an: Staff, clock: Clock) -> None:
    client = from_(STRANGER)

    answers = [guess(client, 1, name=f"name{number}")[0] for number in range(40)]

    assert answers[:31] == [422] * 31
    assert set(answers[31:]) == {429}
