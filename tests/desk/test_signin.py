"""Somebody of the staff comes in, and goes out."""

from datetime import timedelta

import pytest

from hopthu.people.models import Staff
from tests.desk.browsing import english, field, html, page, sign_in
from tests.makers import PASSWORD, make_report

SIGN_IN = "/desk/sign-in"


def test_a_name_and_its_password_open_the_queue(an: Staff) -> None:
    client = english()

    response = client.post(SIGN_IN, {"username": "an", "password": PASSWORD})

    assert response.url == "/desk/"
    assert page(client.get("/desk/")).count("Reports")


@pytest.mark.parametrize(("name", "password"), [("an", "guessed"), ("nobody", PASSWORD), ("", "")])
def test_a_wrong_one_is_told_without_saying_which(an: Staff, name: str, password: str) -> None:
    response = english().post(SIGN_IN, {"username": name, "password": password})

    assert response.status_code == 422
    assert "User name and password do not belong together" in page(response)
    assert f'value="{name}"' in field(response, "username")
    assert password not in field(response, "password") or not password


def test_who_has_left_cannot_come_in(an: Staff) -> None:
    Staff.objects.filter(pk=an.pk).update(is_active=False)

    response = english().post(SIGN_IN, {"username": "an", "password": PASSWORD})

    assert response.status_code == 422


def test_one_comes_back_to_the_page_that_one_wanted(an: Staff) -> None:
    path = f"/desk/reports/{make_report().number}"
    client = english()

    asked = client.get(path)
    response = client.post(SIGN_IN, {"username": "an", "password": PASSWORD, "next": path})

    assert asked.url == f"{SIGN_IN}?next={path}"
    assert response.url == path


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/desk/", "//evil.example/desk/", "/reports", "javascript:alert(1)", ""],
)
def test_signing_in_never_leads_elsewhere(an: Staff, elsewhere: str) -> None:
    data = {"username": "an", "password": PASSWORD, "next": elsewhere}

    assert english().post(SIGN_IN, data).url == "/desk/"


def test_what_was_written_when_the_session_ended_is_not_lost(an: Staff) -> None:
    report = make_report()
    path = f"/desk/reports/{report.number}"
    client = english()

    late = client.post(f"{path}/answer", {"seen": 1, "words": "Mai có <người> tới."})
    client.post(SIGN_IN, {"username": "an", "password": PASSWORD})

    assert (late.status_code, report.events.count()) == (403, 1)
    assert "Mai có &lt;người&gt; tới.</textarea>" in html(late)
    assert f'href="{path}/answer"' in html(late)
    assert client.get(f"{path}/answer").url == path


def test_nor_is_it_when_one_signed_in_anew_in_another_window(an: Staff) -> None:
    report = make_report()
    client = sign_in(an, enforce_csrf_checks=True)

    late = client.post(f"/desk/reports/{report.number}/answer", {"words": "Mai có người tới."})

    assert (late.status_code, report.events.count()) == (403, 1)
    assert "This form had become too old" in page(late)
    assert "Mai có người tới.</textarea>" in html(late)


def test_signing_out_ends_the_session(an: Staff) -> None:
    client = sign_in(an)

    assert client.post("/desk/sign-out").url == SIGN_IN
    assert client.get("/desk/").url == f"{SIGN_IN}?next=/desk/"


def test_a_link_signs_nobody_out(an: Staff) -> None:
    client = sign_in(an)

    assert client.get("/desk/sign-out").status_code == 405
    assert client.get("/desk/").status_code == 200


def test_the_session_is_the_desks_alone_and_nothing_of_it_is_kept(an: Staff) -> None:
    client = english()

    cookie = client.post(SIGN_IN, {"username": "an", "password": PASSWORD}).cookies["desk"]

    assert (cookie["path"], cookie["httponly"]) == ("/desk/", True)
    assert cookie["max-age"] == timedelta(hours=12).total_seconds()
    assert "no-store" in client.get("/desk/")["Cache-Control"]
    assert "no-store" in client.get(SIGN_IN).headers.get("Cache-Control", "no-store")


def test_forms_of_the_desk_carry_a_token(an: Staff) -> None:
    client = sign_in(an, enforce_csrf_checks=True)

    assert client.post("/desk/sign-out").status_code == 403
