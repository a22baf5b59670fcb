"""The slip with the follow-up code, on paper alone and once."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client

from hopthu.core.codes import parse_follow_code
from hopthu.people.follow_codes import check
from hopthu.people.models import Staff
from hopthu.reports.models import Report
from tests.desk.browsing import Browser, html, page, sign_in
from tests.desk.test_new import whole
from tests.makers import MONDAY

CODE = re.compile(r"\d{4} \d{4} \d{4} \d{4}")


@pytest.fixture
def clerk(an: Staff) -> Browser:
    return sign_in(an)


@pytest.fixture
def saved(clerk: Browser) -> str:
    url: str = clerk.post("/desk/new", whole()).url
    return url


def slip_of(saved: str) -> str:
    return saved.replace("/saved/", "/slip/")


def code_on(response: Any) -> str:
    found = CODE.search(response.content.decode())
    assert found
    return parse_follow_code(found.group(0))


def test_the_slip_carries_the_number_and_the_code_that_opens_the_report(
    clerk: Browser, saved: str
) -> None:
    response = clerk.get(slip_of(saved))

    number = Report.objects.get().number
    assert check(number, code_on(response), at=MONDAY)
    assert f"{number[:4]}-{number[4:]}" in page(response)
    assert re.search(r'<img class="qr" src="data:image/png', html(response))
    assert "no-store" in response["Cache-Control"]


def test_it_opens_once(clerk: Browser, saved: str) -> None:
    clerk.get(slip_of(saved))

    again = clerk.get(slip_of(saved))

    assert again.status_code == 410
    assert not CODE.search(html(again))
    assert "The slip was printed. It is made once only." in page(clerk.get(saved))


def test_a_browser_that_only_asks_whether_it_is_there_uses_it_up_for_nobody(
    clerk: Browser, saved: str
) -> None:
    clerk.head(slip_of(saved))

    assert CODE.search(html(clerk.get(slip_of(saved))))


def test_it_lives_a_quarter_of_an_hour(clerk: Browser, saved: str) -> None:
    with time_machine.travel(MONDAY + timedelta(minutes=16), tick=False):
        assert clerk.get(slip_of(saved)).status_code == 404
        assert clerk.get(saved).status_code == 404


def test_it_is_the_clerks_own(clerk: Browser, saved: str, anh: Staff) -> None:
    assert sign_in(anh).get(slip_of(saved)).status_code == 404
    assert CODE.search(html(clerk.get(slip_of(saved))))


def test_sending_the_form_again_prints_no_second_slip(clerk: Browser, saved: str) -> None:
    clerk.get(slip_of(saved))

    again = clerk.post("/desk/new", whole()).url

    assert again == saved
    assert clerk.get(slip_of(again)).status_code == 410


def test_nor_does_another_session_of_the_same_clerk(clerk: Browser, saved: str, an: Staff) -> None:
    other = sign_in(an)

    again = other.post("/desk/new", whole()).url

    assert other.get(slip_of(again)).status_code == 410


def test_the_screen_never_shows_the_code_nor_what_leads_to_it(clerk: Browser, saved: str) -> None:
    report = Report.objects.get()
    seen = html(clerk.get(saved)) + html(clerk.get(f"/desk/reports/{report.number}"))
    form_id = whole()["form"]

    assert not CODE.search(seen)
    # Whoever sends the public form with the id of the clerk's form makes another report.
    Client().post("/report/new", {"submission": form_id, **whole(page="check")})
    assert Report.objects.count() == 2
    assert clerk.get(slip_of(saved)).status_code == 200


def test_the_database_holds_no_code(clerk: Browser, saved: str) -> None:
    code = code_on(clerk.get(slip_of(saved)))

    for session in Session.objects.all():
        assert code not in str(session.get_decoded())


def test_the_slip_is_in_the_language_of_the_sender(clerk: Browser, saved: str) -> None:
    response = clerk.get(slip_of(saved) + "?language=km")

    assert '<html lang="km"' in html(response)


def test_an_unknown_language_prints_that_of_the_clerk(clerk: Browser, saved: str) -> None:
    assert '<html lang="en"' in html(clerk.get(slip_of(saved) + "?language=xx"))


def test_an_unknown_slip_is_not_found(clerk: Browser) -> None:
    assert clerk.get("/desk/slip/guessed").status_code == 404
