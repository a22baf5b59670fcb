"""The numbers over the queue, for somebody with several roles at once."""

import pytest

from hopthu.core.terms import Role
from hopthu.people.queries import actor
from hopthu.reports.queries.queue import counts
from tests import makers

pytestmark = pytest.mark.django_db


def test_an_officer_who_also_dispatches_and_moderates_gets_all_numbers(city: None) -> None:
    roles = [(Role.OFFICER, "works"), (Role.DISPATCHER, None), (Role.MODERATOR, None)]
    mai = makers.make_staff("mai", *roles)
    makers.make_report()

    found = counts(actor(mai), makers.MONDAY)

    assert found["of_body"] == 1
    assert found["late"] == 0
