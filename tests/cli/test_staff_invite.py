"""`hopthu staff NAME --invite ADDRESS`: a letter in place of a printed password."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client

from hopthu.cli.main import main
from hopthu.people.models import Invitation, Staff
from tests.invited import EMAIL, invite_mai, letters, path_in
from tests.makers import make_officer

pytestmark = pytest.mark.django_db
CHOSEN = "bốn con vịt bơi"


def test_the_letter_has_a_link_and_nothing_is_printed_that_signs_in(
    sealing: Path, client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    status = main(["staff", "mai", "--role", "officer", "--body", "works", "--invite", EMAIL])

    printed = capsys.readouterr().out
    (letter,) = letters(sealing, at=datetime.now(UTC))
    path = path_in(letter)
    form = {"name": "Mai", "password": CHOSEN, "again": CHOSEN}
    assert status == 0
    assert EMAIL not in printed
    assert letter["Content-Language"] == "vi"
    assert client.post(path, form).status_code == 302
    assert Staff.objects.get().memberships.get().body is not None


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["mai", "--role", "moderator", "--invite", "mai"], "that is no e-mail address"),
        (["m i", "--role", "moderator", "--invite", EMAIL], "a user name has letters"),
        (["an", "--role", "moderator", "--invite", EMAIL], "there is a an already"),
        (["binh", "--role", "moderator", "--invite", EMAIL, "--name", "Bình"], "needs --role"),
        (["binh", "--role", "officer", "--invite", EMAIL], "an officer works for one body"),
        (["an", "--lost", "--invite", EMAIL], "--lost changes how somebody signs in"),
        (["mai", "--role", "editor", "--invite", EMAIL], "or they are invited already"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(
    sealing: Path, capsys: pytest.CaptureFixture[str], words: list[str], why: str
) -> None:
    make_officer()
    invite_mai(at=datetime.now(UTC))

    assert main(["staff", *words]) == 1
    assert why in capsys.readouterr().err
    assert Invitation.objects.count() == 1


def test_where_nothing_can_be_sealed_it_says_so(
    city: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["staff", "mai", "--role", "editor", "--invite", EMAIL]) == 1
    assert "cannot be sealed" in capsys.readouterr().err
