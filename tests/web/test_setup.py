"""Every page speaks of the city as it is set up: its clock, or that there is none yet."""

import pytest
from django.test import Client

from hopthu.bodies.actions import configure_city
from hopthu.core.codes import format_number
from tests import makers

pytestmark = pytest.mark.django_db


def test_times_are_those_of_the_citys_clock(city: None, client: Client) -> None:
    configure_city(time_zone="America/New_York")
    report = makers.make_report(at=makers.MONDAY)

    page = client.get(f"/reports/{format_number(report.number)}").content.decode()

    assert "2026-11-15T21:00-05:00" in page


@pytest.mark.parametrize("address", ["/", "/reports", "/areas", "/areas/x", "/report/new"])
def test_before_there_is_a_city_every_page_says_so(client: Client, address: str) -> None:
    response = client.get(address)

    assert response.status_code == 503
    assert "hopthu demo" in response.content.decode()
