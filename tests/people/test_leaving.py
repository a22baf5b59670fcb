"""Somebody leaves: the record tells of each role that ends, and nothing signs them in any more."""

from datetime import timedelta

import pytest
from django.test import Client

from hopthu.cli.main import main
from hopthu.core.terms import Role
from hopthu.people.actions import NoSuchStaff, create_staff
from hopthu.people.leaving import let_go
from hopthu.people.models import Membership, Staff
from hopthu.people.second_step import steps_of
from tests.makers import MONDAY, PASSWORD, give_app, make_officer
from tests.recorded import city_entries

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(days=30)
SIGN_IN = "/desk/sign-in"


def test_each_role_that_ends_is_an_entry_that_fits_the_one_that_gave_it(city: None) -> None:
    roles = [(Role.OFFICER, "works"), (Role.MODERATOR, None)]
    create_staff(username="ngocanh", name="Ngọc Anh", password=PASSWORD, roles=roles, at=MONDAY)

    assert let_go("ngocanh", at=LATER) == 2

    *given, first, second = city_entries("staff.changed")
    assert [first.told["change"], first.told["role"], first.told["body"]] == [
        "ended",
        "officer",
        "works",
    ]
    assert (second.told["change"], second.told["role"]) == ("ended", "moderator")
    assert "body" not in second.told
    assert [one.commitments for one in given] == [first.commitments, second.commitments]
    assert not Membership.objects.exists()


def test_nothing_signs_them_in_any_more(city: None, client: Client) -> None:
    an = make_officer()
    give_app(an)
    client.force_login(Staff.objects.get())

    assert main(["staff", "an", "--leaves"]) == 0

    assert client.get("/desk/").status_code == 302, "who was signed in is signed out"
    again = client.post(SIGN_IN, {"username": "an", "password": PASSWORD})
    assert again.status_code == 422
    assert not steps_of(an.pk).any


def test_whoever_has_left_cannot_leave_again(city: None) -> None:
    make_officer()
    let_go("an", at=MONDAY)

    with pytest.raises(NoSuchStaff):
        let_go("an", at=LATER)

    assert len([one for one in city_entries("staff.changed") if one.told["change"] == "ended"]) == 1


@pytest.mark.parametrize("words", [["binh", "--leaves"], ["an", "--leaves", "--role", "officer"]])
def test_what_cannot_be_ends_nothing(city: None, words: list[str]) -> None:
    make_officer()

    assert main(["staff", *words]) == 1
    assert Membership.objects.count() == 1
