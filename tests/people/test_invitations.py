"""An invitation is taken up once, whatever happens at the same moment."""

from pathlib import Path

import pytest

from hopthu.people import invitations
from hopthu.people.invitations import Outdated
from hopthu.people.models import Membership, Staff
from tests.invited import path_of_mai
from tests.makers import MONDAY, PASSWORD
from tests.recorded import city_entries
from tests.together import together


@pytest.mark.django_db(transaction=True)
def test_of_several_at_once_one_takes_it_up(sealing: Path) -> None:
    secret = path_of_mai(sealing).rpartition("/")[2]

    def accept() -> None:
        invitations.accept(secret, name="Mai", password=PASSWORD, at=MONDAY)

    raised = together(*[accept] * 4)

    assert [type(error) for error in raised] == [Outdated] * 3
    assert Staff.objects.count() == Membership.objects.count() == 1
    assert len(city_entries("staff.changed")) == 1
