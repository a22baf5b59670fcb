"""An administrator invites somebody to work for the city, and takes that back."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine

from hopthu.outbox.models import Delivery
from hopthu.people.models import Invitation, Staff
from tests.desk.browsing import english, field, html, page, sign_in
from tests.desk.test_your_signin import with_password
from tests.invited import EMAIL, invite_mai, letters, path_in, plain
from tests.makers import MONDAY, PASSWORD

PATH = "/desk/invitations"
FORM = {"email": EMAIL, "username": "mai", "role": "officer", "body": "works", "password": PASSWORD}


def test_a_letter_with_a_link_is_on_its_way(giang: Staff, sealing: Path) -> None:
    client = sign_in(giang)

    assert client.post(PATH, FORM).url == PATH

    shown = page(client.get(PATH))
    assert "The invitation is on its way." in shown
    assert "mai , officer," in shown
    assert "The letter waits to go out." in shown
    (letter,) = letters(sealing)
    assert letter["Subject"] == "Your sign-in at the public mailbox"
    assert "Your user name: mai" in plain(letter)
    assert "Task: officer, " in plain(letter)
    assert "by 23 November 2026" in plain(letter)
    assert letter["List-Unsubscribe"] is None
    assert english().get(path_in(letter)).status_code == 200
    assert "The letter has gone out." in page(client.get(PATH))


def test_the_address_is_read_nowhere(giang: Staff, sealing: Path) -> None:
    client = sign_in(giang)
    client.post(PATH, FORM)
    letters(sealing)

    assert EMAIL not in html(client.get(PATH))
    row, delivery = Invitation.objects.values().get(), Delivery.objects.values().get()
    assert EMAIL not in f"{row} {delivery} {bytes(row['sealed'])!r}"
    assert all(EMAIL.encode() not in file.read_bytes() for file in (sealing / "mail").iterdir())


BAD: list[tuple[dict[str, str], str, str]] = [
    ({"email": "mai"}, "invite-email", "An e-mail address looks like name@example.com."),
    ({"email": "mai@example.vn\r\nBcc: x@y.vn"}, "invite-email", "Before the @"),
    ({"email": f"{'x' * 320}@example.vn"}, "invite-email", "at most 254 characters"),
    ({"username": ""}, "invite-username", "Letters, digits, dots and dashes"),
    ({"username": "mai le"}, "invite-username", "Letters, digits, dots and dashes"),
    ({"username": "m" * 41}, "invite-username", "Letters, digits, dots and dashes"),
    ({"username": "giang"}, "invite-username", "Somebody signs in with this name already."),
    ({"role": "king"}, "invite-role", "Choose from the list."),
    ({"role": "sender"}, "invite-role", "Choose from the list."),
    ({"body": "moon"}, "invite-body", "Choose from the list."),
    ({"body": ""}, "invite-body", "An officer always works for one office."),
    ({"password": "guessed"}, "invite-password", "This is not your password."),
]


@pytest.mark.parametrize(("changed", "where", "said"), BAD, ids=range(len(BAD)))
def test_what_cannot_be_is_told_beside_its_field(
    giang: Staff, sealing: Path, changed: dict[str, str], where: str, said: str
) -> None:
    answer = sign_in(giang).post(PATH, FORM | changed)

    assert answer.status_code == 422
    assert said in page(answer)
    assert 'aria-invalid="true"' in field(answer, where)
    assert f'href="#{where}"' in html(answer), "the list above the form leads to it"
    assert PASSWORD not in html(answer)
    if "email" not in changed:
        assert f'value="{EMAIL}"' in field(answer, "invite-email"), "nothing typed is lost"
    assert not Invitation.objects.exists()


def test_nobody_is_invited_twice_under_one_name(giang: Staff, sealing: Path) -> None:
    client = sign_in(giang)
    client.post(PATH, FORM)

    assert "Somebody is invited under this name." in page(client.post(PATH, FORM))
    assert Invitation.objects.count() == Delivery.objects.count() == 1
    with time_machine.travel(MONDAY + timedelta(days=7), tick=False):
        later = sign_in(giang)
        assert later.post(PATH, FORM).url == PATH, "the one before is over"
    assert Invitation.objects.count() == Delivery.objects.count() == 1


def test_ones_own_password_is_not_there_to_be_guessed(giang: Staff, sealing: Path) -> None:
    client = sign_in(giang)

    answers = [client.post(PATH, FORM | {"password": "?"}).status_code for _ in range(5)]

    assert answers[-1] == client.post(PATH, FORM).status_code == 429
    assert not Invitation.objects.exists()


def test_what_is_withdrawn_opens_nothing(giang: Staff, sealing: Path) -> None:
    invite_mai()
    path = path_in(letters(sealing)[0])
    client = sign_in(giang)

    client.post(f"{PATH}/withdraw", {"invitation": str(Invitation.objects.get().pk)})

    assert "The invitation is withdrawn" in page(client.get(PATH))
    assert english().get(path).status_code == 410
    assert not Delivery.objects.exists()


@pytest.mark.parametrize("chosen", ["", "x", "-1", "9" * 30, "²"])
def test_what_is_no_invitation_is_withdrawn_by_nobody(
    giang: Staff, sealing: Path, chosen: str
) -> None:
    invite_mai()

    assert sign_in(giang).post(f"{PATH}/withdraw", {"invitation": chosen}).url == PATH
    assert Invitation.objects.exists()


def test_a_letter_that_came_back_is_told(giang: Staff, sealing: Path, post: Any) -> None:
    post.refused = "mai"
    invite_mai()
    letters(sealing)

    assert "The letter could not be delivered" in page(sign_in(giang).get(PATH))


def test_where_nothing_can_be_sealed_it_is_said_and_nothing_is_kept(giang: Staff) -> None:
    answer = sign_in(giang).post(PATH, FORM)

    assert "Addresses cannot be kept safely here just now." in page(answer)
    assert not Invitation.objects.exists()


def test_administrators_need_their_second_step_first(giang: Staff, sealing: Path) -> None:
    client = with_password(giang)

    assert client.get(PATH).url == "/desk/your-sign-in"
    assert client.post(PATH, FORM).status_code == 403
    assert not Invitation.objects.exists()


def test_the_navigation_offers_it_to_them_alone(giang: Staff, dung: Staff) -> None:
    assert f'href="{PATH}"' in html(sign_in(giang).get("/desk/"))
    assert f'href="{PATH}"' not in html(sign_in(dung).get("/desk/"))
