"""How one signs in, seen and changed by oneself."""

import re
from base64 import b32decode
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from hopthu.bodies.models import City
from hopthu.bodies.queries import forget
from hopthu.core.one_time_codes import code_of, step_at
from hopthu.desk import throttle
from hopthu.people.models import Staff
from hopthu.people.second_step import steps_of
from tests.desk.browsing import Browser, english, field, html, page, sign_in
from tests.desk.test_signin_throttle import Clock
from tests.makers import MONDAY, PASSWORD, give_app, make_report

YOURS = "/desk/your-sign-in"
APP = f"{YOURS}/app"
SIGN_IN = "/desk/sign-in"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(throttle, "time", clock)
    return clock


def with_password(staff: Staff) -> Browser:
    """Signed in with the password and nothing else."""
    client = english()
    client.post(SIGN_IN, {"username": staff.username, "password": PASSWORD})
    return client


def scan(shown: Any) -> tuple[str, bytes]:
    """What the page for an app has: the form's signed secret, and the secret to type."""
    signed = re.search(r'name="secret" value="([^"]+)"', html(shown))
    secret = re.search(r'id="secret">([^<]+)<', html(shown))
    assert signed
    assert secret
    return signed[1], b32decode(secret[1].replace(" ", ""))


def set_up(client: Browser, **changed: str) -> Any:
    signed, secret = scan(client.get(APP))
    form = {"secret": signed, "code": code_of(secret, step_at(MONDAY)), "password": PASSWORD}
    return client.post(APP, form | changed)


def test_an_app_is_set_up_and_asked_for_from_then_on(an: Staff) -> None:
    client = with_password(an)

    done = set_up(client)

    assert (
        len(re.findall(r"<li><code>[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}</code>", html(done))) == 10
    )
    assert "no-store" in done["Cache-Control"]
    assert client.get("/desk/").status_code == 200, "one stays signed in"
    again = with_password(an)
    assert again.get("/desk/").status_code == 302


def test_the_picture_is_there_for_the_camera_and_the_secret_for_the_keyboard(an: Staff) -> None:
    shown = with_password(an).get(APP)

    assert 'class="qr" src="data:image/png;base64,' in html(shown)
    assert len(scan(shown)[1]) == 20
    assert scan(shown) != scan(with_password(an).get(APP))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"code": "000000x"}, "This is not the code that the app shows now"),
        ({"password": "guessed"}, "This is not your password"),
    ],
)
def test_what_does_not_fit_is_told_and_the_picture_stays(
    an: Staff, changed: dict[str, str], said: str
) -> None:
    client = with_password(an)

    answer = set_up(client, **changed)

    assert answer.status_code == 422
    assert said in page(answer)
    assert not steps_of(an.pk).app
    signed, secret = scan(answer)
    form = {"secret": signed, "code": code_of(secret, step_at(MONDAY)), "password": PASSWORD}
    assert "Recovery codes" in page(client.post(APP, form))


def test_a_secret_is_ours_and_for_this_person(an: Staff, binh: Staff) -> None:
    signed, secret = scan(with_password(binh).get(APP))
    form = {"code": code_of(secret, step_at(MONDAY)), "password": PASSWORD}
    client = with_password(an)

    for given in (signed, "", "made:up:secret"):
        assert client.post(APP, form | {"secret": given}).url == APP
    assert "open too long" in page(client.get(APP))
    assert not steps_of(an.pk).app


def test_a_page_that_was_open_for_hours_shows_a_new_picture(an: Staff) -> None:
    client = with_password(an)
    signed, secret = scan(client.get(APP))

    with time_machine.travel(MONDAY + timedelta(hours=2), tick=False):
        code = code_of(secret, step_at(MONDAY + timedelta(hours=2)))
        answer = client.post(APP, {"secret": signed, "code": code, "password": PASSWORD})

    assert answer.url == APP
    assert not steps_of(an.pk).app


def test_setting_up_signs_out_everywhere_else(an: Staff) -> None:
    elsewhere, client = with_password(an), with_password(an)

    set_up(client)

    assert elsewhere.get("/desk/").status_code == 302
    assert client.get("/desk/").status_code == 200


def test_one_signs_out_everywhere_else(an: Staff) -> None:
    elsewhere, client = with_password(an), with_password(an)

    client.post(f"{YOURS}/elsewhere")

    assert elsewhere.get("/desk/").status_code == 302
    assert "You are signed in here alone." in page(client.get(YOURS))


def test_new_recovery_codes_are_shown_for_the_password(an: Staff) -> None:
    old = give_app(an).recovery_codes
    client = sign_in(an)

    refused = client.post(f"{YOURS}/codes", {"password": "guessed"})
    shown = client.post(f"{YOURS}/codes", {"password": PASSWORD})

    assert "This is not your password" in page(refused)
    assert 'aria-invalid="true"' in field(refused, "codes-password")
    assert html(shown).count("<li><code>") == 10
    assert not any(code in html(shown) for code in old)


def test_an_officer_switches_it_off_with_the_password(an: Staff) -> None:
    give_app(an)
    client = sign_in(an)

    refused = client.post(f"{YOURS}/off", {"password": "guessed"})
    assert (refused.status_code, steps_of(an.pk).app) == (422, True)
    client.post(f"{YOURS}/off", {"password": PASSWORD})

    assert not steps_of(an.pk).any
    assert with_password(an).get("/desk/").status_code == 200
    assert client.get(YOURS).status_code == 200


def test_ones_own_password_is_not_there_to_be_guessed(an: Staff, clock: Clock) -> None:
    give_app(an)
    client = sign_in(an)

    guesses = [client.post(f"{YOURS}/off", {"password": "?"}).status_code for _ in range(5)]

    assert guesses == [422] * 4 + [429]
    assert client.post(f"{YOURS}/off", {"password": PASSWORD}).status_code == 429
    assert steps_of(an.pk).app


@pytest.mark.parametrize("who", ["dung", "giang"])
def test_whoever_takes_words_away_sets_it_up_before_anything_else(
    dung: Staff, giang: Staff, who: str
) -> None:
    client = with_password(Staff.objects.get(username=who))
    pages = ["/desk/", f"/desk/reports/{make_report().number}", f"{YOURS}/codes"]

    assert {client.get(path).url for path in pages} == {YOURS}
    assert "First, a second step" in page(client.get(YOURS))
    set_up(client)
    assert client.get("/desk/").status_code == 200
    assert "First, a second step" not in page(client.get(YOURS))


def test_nothing_is_taken_away_before(dung: Staff) -> None:
    report = make_report()
    client = with_password(dung)

    answer = client.post(
        f"/desk/reports/{report.number}/hide", {"seen": 1, "reason": "test", "words": "Là thử."}
    )

    report.refresh_from_db()
    assert (answer.status_code, report.seq) == (403, 1)
    assert "Là thử.</textarea>" in html(answer), "nothing typed is lost"


def test_they_cannot_switch_it_off(dung: Staff) -> None:
    give_app(dung)
    client = sign_in(dung)

    client.post(f"{YOURS}/off", {"password": PASSWORD})

    assert steps_of(dung.pk).app
    assert "Your task needs a second step." in page(client.get(YOURS))
    assert f"{YOURS}/off" not in html(client.get(YOURS))


@pytest.mark.parametrize("who", ["an", "binh", "chi", "em"])
def test_others_may_do_without(an: Staff, binh: Staff, chi: Staff, em: Staff, who: str) -> None:
    client = with_password(Staff.objects.get(username=who))

    assert client.get("/desk/").status_code == 200
    assert "First, a second step" not in page(client.get(YOURS))


def test_in_an_invented_city_nobody_has_to(dung: Staff) -> None:
    City.objects.update(demo=True)
    forget()
    client = with_password(dung)

    assert client.get("/desk/").status_code == 200
    assert "This city is invented" in page(client.get(YOURS))


def test_no_public_page_has_a_session(an: Staff) -> None:
    client = sign_in(an)

    for path in ("/", "/reports", "/follow"):
        response = client.get(path)
        assert not hasattr(response.wsgi_request, "session")
        assert "desk" not in response.cookies
