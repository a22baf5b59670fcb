"""Where one is signed in: seen by oneself, and ended."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.models import Session

from hopthu.people.models import SignIn, Staff
from tests.desk.browsing import Browser, english, html, page
from tests.desk.test_your_signin import SIGN_IN, YOURS, set_up, with_password
from tests.makers import MONDAY, PASSWORD

ELSEWHERE = f"{YOURS}/elsewhere"


def later(**much: int) -> Any:
    return time_machine.travel(MONDAY + timedelta(**much), tick=False)


def places(client: Browser) -> list[str]:
    """Each line of the list, and which button it has."""
    section = (
        html(client.get(YOURS)).partition('id="elsewhere-title"')[2].partition("</section>")[0]
    )
    lines = re.findall(r"<form.*?</form>", section, flags=re.S)[:-1]
    return [" ".join(re.sub(r"<[^>]+>", " ", line).split()) for line in lines]


def test_each_browser_is_a_line_and_one_of_them_is_here(an: Staff) -> None:
    elsewhere = with_password(an)
    with later(hours=1, minutes=20):
        here = with_password(an)
    with later(hours=2, minutes=50):
        elsewhere.get("/desk/")
        mine, other = places(here)

    assert mine.startswith("Here, in this browser. Signed in 16 November 2026 at 10:20")
    assert "last used about 16 November 2026 at 11:00" in mine, "this page is a use of it"
    assert "Sign out there" not in mine
    assert other.startswith("Signed in 16 November 2026 at 09:00")
    assert "last used about 16 November 2026 at 11:00" in other
    assert "Sign out there" in other


def test_one_is_ended_and_the_others_stay(an: Staff) -> None:
    forgotten = with_password(an)
    with later(hours=1):
        here = with_password(an)
        phone = with_password(an)
        forgotten_place = str(SignIn.objects.earliest("began_at").pk)
        here.post(ELSEWHERE, {"place": forgotten_place})

        assert "There you are signed out." in page(here.get(YOURS))
        assert forgotten.get("/desk/").status_code == 302
        assert (here.get("/desk/").status_code, phone.get("/desk/").status_code) == (200, 200)
        assert len(places(here)) == 2


def test_all_others_are_ended_and_gone_from_the_list(an: Staff) -> None:
    others = [with_password(an), with_password(an)]
    here = with_password(an)

    here.post(ELSEWHERE)

    assert [other.get("/desk/").status_code for other in others] == [302, 302]
    (mine,) = places(here)
    assert mine.startswith("Here, in this browser. Signed in 16 November 2026 at 09:00")
    assert SignIn.objects.count() == 1


def test_since_when_stays_when_the_sign_in_is_changed(an: Staff) -> None:
    here = with_password(an)

    with later(minutes=20):
        set_up(here)
        (mine,) = places(here)

    assert "Signed in 16 November 2026 at 09:00" in mine


def test_signing_out_takes_it_off_the_list(an: Staff) -> None:
    gone, here = with_password(an), with_password(an)

    gone.post("/desk/sign-out")

    assert len(places(here)) == SignIn.objects.count() == 1


def test_what_has_run_out_is_not_listed(an: Staff) -> None:
    with_password(an)

    with later(hours=13):
        assert len(places(with_password(an))) == 1


@pytest.mark.parametrize("chosen", ["", "x", "-1", "9" * 30, "²"])
def test_what_is_nobodys_place_ends_nothing(an: Staff, chosen: str) -> None:
    here, other = with_password(an), with_password(an)

    assert here.post(ELSEWHERE, {"place": chosen}).url == YOURS
    assert other.get("/desk/").status_code == 200


def test_nobody_ends_what_is_a_colleagues_or_what_they_sit_at(an: Staff, binh: Staff) -> None:
    colleague, here = with_password(binh), with_password(an)

    for row in SignIn.objects.all():
        here.post(ELSEWHERE, {"place": str(row.pk)})

    assert (colleague.get("/desk/").status_code, here.get("/desk/").status_code) == (200, 200)


def test_neither_address_nor_browser_is_kept_and_no_key_is_shown(an: Staff) -> None:
    client = english(REMOTE_ADDR="203.0.113.77", HTTP_USER_AGENT="Sentinel 5e17")
    client.post(SIGN_IN, {"username": "an", "password": PASSWORD})
    shown = html(client.get(YOURS))

    row, kept = SignIn.objects.values().get(), Session.objects.get()
    assert set(row) == {"id", "staff_id", "session_id", "began_at", "used_at"}
    assert (row["used_at"].minute, row["used_at"].second) == (0, 0)
    decoded = kept.get_decoded()
    assert "203.0.113.77" not in f"{row} {decoded}"
    assert "5e17" not in f"{row} {decoded}"
    assert kept.session_key not in shown


def test_looking_at_pages_writes_once_an_hour(an: Staff) -> None:
    client = with_password(an)
    client.get(YOURS)
    SignIn.objects.update(used_at=MONDAY - timedelta(hours=3))

    client.get(YOURS)
    assert SignIn.objects.get().used_at == MONDAY - timedelta(hours=3)
    with later(hours=1):
        client.get(YOURS)

    assert SignIn.objects.get().used_at == MONDAY + timedelta(hours=1)
