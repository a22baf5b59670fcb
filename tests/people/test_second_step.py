"""The second step of a sign-in: codes of an app and of the paper, each of them once."""

import logging
from datetime import timedelta

import pytest
from pytest_django import Settings

from hopthu.people import second_step
from hopthu.people.models import AuthenticatorApp, RecoveryCode, Staff
from hopthu.people.second_step import Steps, WrongCode, set_up_app, steps_of, take
from tests.makers import MONDAY, App, give_app, make_officer
from tests.together import together

pytestmark = pytest.mark.django_db


@pytest.fixture
def an(city: None) -> Staff:
    return make_officer()


@pytest.fixture
def app(an: Staff) -> App:
    return give_app(an)


def fits(staff: Staff, code: str) -> bool:
    try:
        take(staff.pk, code, at=MONDAY)
    except WrongCode:
        return False
    return True


def test_an_app_that_shows_a_wrong_code_is_not_set_up(an: Staff) -> None:
    with pytest.raises(WrongCode):
        set_up_app(an.pk, second_step.new_secret(), "000000x", at=MONDAY)

    assert steps_of(an.pk) == Steps(app=False, passkeys=0, codes_left=0)


def test_a_code_opens_once(an: Staff, app: App) -> None:
    assert [fits(an, app.code()) for _ in range(2)] == [True, False]
    assert not fits(an, app.code(steps=0)), "it was used to set the app up"


def test_a_recovery_code_opens_once_however_it_is_typed(an: Staff, app: App) -> None:
    first = app.recovery_codes[0]

    assert fits(an, first.upper().replace("-", " "))
    assert not fits(an, first)
    assert steps_of(an.pk).codes_left == 9


def test_codes_are_nobody_elses(an: Staff, app: App) -> None:
    binh = make_officer("binh", body="office")
    give_app(binh)

    assert not fits(binh, app.code())
    assert not fits(binh, app.recovery_codes[0])


def test_an_app_that_was_moved_in_the_database_to_another_name_opens_nothing(
    an: Staff, app: App, caplog: pytest.LogCaptureFixture
) -> None:
    binh = make_officer("binh", body="office")
    AuthenticatorApp.objects.update(staff=binh)

    with caplog.at_level(logging.ERROR):
        assert not fits(binh, app.code())
    assert "another keys/web/secret_key" in caplog.text


def test_new_recovery_codes_end_the_old_ones(an: Staff, app: App) -> None:
    new = second_step.new_recovery_codes(an.pk)

    assert not fits(an, app.recovery_codes[0])
    assert fits(an, new[0])


def test_a_new_app_ends_the_old_one_and_its_recovery_codes(an: Staff, app: App) -> None:
    give_app(an)

    assert not fits(an, app.code())
    assert not fits(an, app.recovery_codes[0])


def test_nothing_in_the_database_opens_without_the_key_of_the_web_process(
    an: Staff, app: App, settings: Settings
) -> None:
    kept = bytes(AuthenticatorApp.objects.get().secret)
    hashes = set(RecoveryCode.objects.values_list("hash", flat=True))
    settings.SECRET_KEY = "another"

    assert app.secret not in kept
    assert not any(code in hashes for code in app.recovery_codes)
    assert not fits(an, app.code())
    assert not fits(an, app.recovery_codes[0])


def test_without_an_app_no_code_fits(an: Staff) -> None:
    assert not any(fits(an, code) for code in ("", "123456", "abcd-efgh-jkmn"))


def test_a_code_of_two_minutes_ago_is_refused(an: Staff, app: App) -> None:
    with pytest.raises(WrongCode):
        take(an.pk, app.code(), at=MONDAY + timedelta(minutes=2))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", ["app", "paper"])
def test_of_four_at_once_with_one_code_one_comes_in(city: None, kind: str) -> None:
    an = make_officer()
    app = give_app(an)
    code = app.code() if kind == "app" else app.recovery_codes[0]

    raised = together(*[lambda: take(an.pk, code, at=MONDAY)] * 4)

    assert [type(error) for error in raised] == [WrongCode] * 3
