"""Somebody new works for the city: the record tells the role and not the person."""

import base64

import pytest

from hopthu.core.commitments import Opening, commit
from hopthu.core.terms import Role
from hopthu.people.actions import UsernameTaken, create_staff
from hopthu.people.models import Membership
from hopthu.record.models import Entry
from tests.makers import MONDAY, PASSWORD
from tests.recorded import city_entries

pytestmark = pytest.mark.django_db


def take_on(username: str = "ngocanh") -> None:
    create_staff(
        username=username,
        name="Ngọc Anh",
        password=PASSWORD,
        roles=[(Role.OFFICER, "works"), (Role.MODERATOR, None)],
        at=MONDAY,
    )


def test_each_role_is_an_entry_without_a_name(city: None) -> None:
    take_on()

    told = [
        {**entry.told, "commitments": set(entry.commitments)}
        for entry in city_entries("staff.changed")
    ]
    shared = {
        "v": 1,
        "type": "staff.changed",
        "time": "2026-11-16T02:00:00Z",
        "change": "granted",
        "commitments": {"staff"},
    }
    assert told == [{**shared, "role": "officer", "body": "works"}, {**shared, "role": "moderator"}]
    for row in Entry.objects.all():
        assert "ngocanh" not in bytes(row.leaf).decode()
        assert "Anh" not in bytes(row.leaf).decode()


def test_whoever_holds_the_role_can_show_that_it_was_them(city: None) -> None:
    take_on()

    for membership, entry in zip(
        Membership.objects.order_by("pk"), city_entries("staff.changed"), strict=True
    ):
        opening = Opening("ngocanh", base64.b64decode(membership.salt))
        assert commit("staff", opening) == entry.commitments["staff"]


def test_a_name_that_is_taken_leaves_no_entry(city: None) -> None:
    take_on()

    with pytest.raises(UsernameTaken):
        take_on()

    assert len(city_entries("staff.changed")) == 2
