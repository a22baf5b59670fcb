"""Somebody who is invited chooses name and password, once and in time."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine

from hopthu.core.commitments import Opening, commit
from hopthu.core.encoding import decode64
from hopthu.core.terms import Role
from hopthu.outbox.models import Delivery
from hopthu.outbox.sending import deliver
from hopthu.people.actions import create_staff
from hopthu.people.invitations import LIFE
from hopthu.people.models import Invitation, Membership, Staff
from tests.desk.browsing import english, field, html, page, sign_in
from tests.invited import invite_mai, letters, path_in, path_of_mai
from tests.makers import MONDAY
from tests.recorded import city_entries

pytestmark = pytest.mark.django_db
CHOSEN = "bốn con vịt bơi"
FORM = {"name": "Lê Thị Mai", "password": CHOSEN, "again": CHOSEN}


def test_the_link_makes_a_sign_in_of_ones_own(sealing: Path) -> None:
    client, path = english(), path_of_mai(sealing, Role.DISPATCHER)

    shown = page(client.get(path))
    assert "User name: mai" in shown
    assert "Task: dispatcher" in shown
    answer = client.post(path, FORM)

    assert answer.url == "/desk/your-sign-in"
    assert "Welcome." in page(client.get(answer.url))
    assert "Lê Thị Mai" in page(client.get("/desk/"))
    assert not Invitation.objects.exists()
    assert not Delivery.objects.exists()
    again = english().post("/desk/sign-in", {"username": "mai", "password": CHOSEN})
    assert again.url == "/desk/"


def test_the_role_is_in_the_record_without_a_name_and_only_then(sealing: Path) -> None:
    path = path_of_mai(sealing)
    assert city_entries("staff.changed") == []

    english().post(path, FORM)

    (entry,) = city_entries("staff.changed")
    told = {name: one for name, one in entry.told.items() if name != "commitments"}
    assert told == {
        "v": 1,
        "type": "staff.changed",
        "time": "2026-11-16T02:00:00Z",
        "change": "granted",
        "role": "moderator",
    }
    opening = Opening("mai", decode64(Membership.objects.get().salt))
    assert entry.commitments == {"staff": commit("staff", opening)}


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.ADMINISTRATOR])
def test_whoever_takes_words_away_sets_up_a_second_step_next(sealing: Path, role: Role) -> None:
    client = english()

    client.post(path_of_mai(sealing, role), FORM)

    assert client.get("/desk/").url == "/desk/your-sign-in"
    assert "First, a second step" in page(client.get("/desk/your-sign-in"))


def test_programs_that_look_through_mail_take_nothing_up(sealing: Path) -> None:
    path = path_of_mai(sealing)

    for _ in range(3):
        looked = english().get(path)

    assert "no-store" in looked["Cache-Control"]
    assert english().head(path).status_code == 200
    assert english().post(path, FORM).status_code == 302


def gone(path: str) -> tuple[str, str]:
    """What is said at a link that is not good any more, to who looks and to who sends the form."""
    looked, sent = english().get(path), english().post(path, FORM)
    assert looked.status_code == sent.status_code == 410
    return page(looked), page(sent)


def test_used_late_and_invented_links_are_told_alike(sealing: Path) -> None:
    used = path_of_mai(sealing)
    english().post(used, FORM)
    said = {*gone(used), *gone("/desk/invitation/unknown"), *gone(f"/desk/invitation/{'ố' * 50}")}

    assert len(said) == 1
    assert "This link is not good any more" in said.pop()
    assert Staff.objects.count() == 1


def test_after_a_week_it_is_too_late(sealing: Path) -> None:
    path = path_of_mai(sealing)

    with time_machine.travel(MONDAY + LIFE - timedelta(seconds=1), tick=False):
        assert english().get(path).status_code == 200
    with time_machine.travel(MONDAY + LIFE, tick=False):
        gone(path)
    assert not Staff.objects.exists()


def test_what_the_database_holds_opens_nothing(sealing: Path) -> None:
    path_of_mai(sealing)
    row = Invitation.objects.get()

    for secret in (row.hash, row.mark.hex, str(row.mark), ""):
        assert english().get(f"/desk/invitation/{secret}").status_code in {404, 410}


def test_before_its_letter_is_written_there_is_no_link(sealing: Path) -> None:
    invite_mai()

    assert Invitation.objects.get().hash == ""
    gone("/desk/invitation/unknown")


def test_a_letter_that_is_sent_twice_has_one_link(sealing: Path) -> None:
    first = path_of_mai(sealing)
    Delivery.objects.update(state="waiting", due_at=MONDAY)
    for file in (sealing / "mail").iterdir():
        file.unlink()

    assert path_in(letters(sealing)[0]) == first


def test_no_letter_goes_out_when_it_is_too_late(sealing: Path) -> None:
    invite_mai()

    assert deliver(MONDAY + LIFE) == 0


BAD = [
    ({"name": " "}, "name", "Please write your name"),
    ({"name": "x" * 121}, "name", "Please write your name"),
    ({"name": "Mai\x00"}, "name", "Please write your name"),
    ({"password": "", "again": ""}, "password", "At least 12 characters, please."),
    ({"password": "elevenchars", "again": "elevenchars"}, "password", "At least 12 characters"),
    ({"password": "cookiemonster", "again": "cookiemonster"}, "password", "Too many others use"),
    ({"password": "hopthuhopthu1", "again": "hopthuhopthu1"}, "password", "is tried first"),
    ({"again": "bốn con vịt lội"}, "again", "This is not the same as above."),
]


@pytest.mark.parametrize(("changed", "where", "said"), BAD, ids=range(len(BAD)))
def test_what_does_not_do_is_told_beside_its_field(
    sealing: Path, changed: dict[str, str], where: str, said: str
) -> None:
    path = path_of_mai(sealing)

    answer = english().post(path, FORM | changed)

    assert answer.status_code == 422
    assert said in page(answer)
    assert 'aria-invalid="true"' in field(answer, where)
    if "name" not in changed:
        assert 'value="Lê Thị Mai"' in field(answer, "name"), "nothing typed is lost"
    assert CHOSEN not in html(answer)
    assert Invitation.objects.exists()
    assert not Staff.objects.exists()


def test_a_name_that_somebody_got_meanwhile_gives_nothing(sealing: Path) -> None:
    path = path_of_mai(sealing)
    create_staff(username="mai", name="Another", password=CHOSEN, roles=[], at=MONDAY)

    assert english().post(path, FORM).status_code == 410

    assert Staff.objects.get().name == "Another"
    assert city_entries("staff.changed") == []


def test_whoever_is_signed_in_here_is_so_no_more(sealing: Path, giang: Staff) -> None:
    """The administrator who tries the link on the same computer gives nothing of theirs away."""
    client, path = sign_in(giang), path_of_mai(sealing, Role.DISPATCHER)

    client.post(path, FORM)

    assert client.get("/desk/invitations").status_code == 403
    assert "Lê Thị Mai" in page(client.get("/desk/"))


def test_a_form_of_another_site_takes_nothing_up(sealing: Path) -> None:
    client: Any = english(enforce_csrf_checks=True)

    assert client.post(path_of_mai(sealing), FORM).status_code == 403
    assert Invitation.objects.exists()
