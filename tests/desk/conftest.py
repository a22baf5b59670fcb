"""A small city on a Monday morning, and people who sit at its desk.

This file is read before Django is set up: what needs it is imported by the fixtures.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
import time_machine
from pytest_django import Settings

from hopthu.core.terms import Role

if TYPE_CHECKING:
    from hopthu.people.models import Staff


@pytest.fixture
def city(db: None, settings: Settings) -> Iterator[None]:
    from tests.makers import MONDAY, make_city

    # Whole offices are made for a test: their passwords need not be slow to guess.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with time_machine.travel(MONDAY, tick=False):
        make_city()
        yield


def _staff(username: str, role: Role, body: str | None = None) -> "Staff":
    from tests.makers import make_staff

    return make_staff(username, (role, body))


@pytest.fixture
def an(city: None) -> "Staff":
    """Officer of the body that has the streets."""
    return _staff("an", Role.OFFICER, "works")


@pytest.fixture
def anh(city: None) -> "Staff":
    """Colleague of An."""
    return _staff("anh", Role.OFFICER, "works")


@pytest.fixture
def binh(city: None) -> "Staff":
    """Officer of the other body."""
    return _staff("binh", Role.OFFICER, "office")


@pytest.fixture
def chi(city: None) -> "Staff":
    return _staff("chi", Role.DISPATCHER)


@pytest.fixture
def dung(city: None) -> "Staff":
    return _staff("dung", Role.MODERATOR)


@pytest.fixture
def em(city: None) -> "Staff":
    return _staff("em", Role.EDITOR)


@pytest.fixture
def giang(city: None) -> "Staff":
    return _staff("giang", Role.ADMINISTRATOR)
