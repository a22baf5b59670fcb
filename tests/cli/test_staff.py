"""`hopthu staff`: somebody is taken on."""

import pytest
from django.test import Client

from hopthu.cli.main import main
from hopthu.core.terms import Role
from hopthu.people.models import Staff
from hopthu.people.queries import actor

pytestmark = pytest.mark.django_db


def test_the_printed_password_signs_in(
    city: None, client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    status = main(["staff", "mai", "--name", "Mai", "--role", "dispatcher"])

    username, password = capsys.readouterr().out.split()[-2:]
    response = client.post("/desk/sign-in", {"username": username, "password": password})
    assert status == 0
    assert response.status_code == 302
    assert actor(Staff.objects.get()).roles == {Role.DISPATCHER}


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["an", "--role", "officer"], "an officer works for one body"),
        (["an", "--role", "officer", "--body", "moon"], "no body moon; there are: "),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(
    city: None, capsys: pytest.CaptureFixture[str], words: list[str], why: str
) -> None:
    status = main(["staff", *words, "--name", "An"])

    assert status == 1
    assert why in capsys.readouterr().err
    assert not Staff.objects.exists()


def test_a_username_is_given_once(city: None, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["staff", "mai", "--name", "Mai", "--role", "moderator"]
    main(words)

    assert main(words) == 1
    assert "there is a mai already" in capsys.readouterr().err


def test_without_a_city_there_is_nothing_to_work_for(
    db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["staff", "mai", "--name", "Mai", "--role", "moderator"]) == 1
    assert "no city" in capsys.readouterr().err
