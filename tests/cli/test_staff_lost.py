"""`hopthu staff NAME --lost`: somebody lost what they sign in with."""

import pytest
from django.test import Client

from hopthu.cli.main import main
from hopthu.people.models import Staff
from hopthu.people.second_step import steps_of
from tests.makers import PASSWORD, give_app, make_officer

pytestmark = pytest.mark.django_db
SIGN_IN = "/desk/sign-in"


def test_a_new_password_alone_signs_in_and_the_old_one_no_more(
    city: None, client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    an = make_officer()
    give_app(an)
    client.force_login(Staff.objects.get())

    status = main(["staff", "an", "--lost"])

    username, password = capsys.readouterr().out.split()[-2:]
    assert status == 0
    assert not steps_of(an.pk).any
    assert client.get("/desk/").status_code == 302, "who was signed in is signed out"
    old = client.post(SIGN_IN, {"username": "an", "password": PASSWORD})
    new = client.post(SIGN_IN, {"username": username, "password": password})
    assert (old.status_code, new.status_code) == (422, 302)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["binh", "--lost"], "there is no binh"),
        (["an", "--lost", "--role", "officer"], "--lost changes how somebody signs in"),
        (["an"], "taking somebody on needs --role ROLE, and --name NAME or"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(
    city: None, capsys: pytest.CaptureFixture[str], words: list[str], why: str
) -> None:
    make_officer()

    assert main(["staff", *words]) == 1
    assert why in capsys.readouterr().err
