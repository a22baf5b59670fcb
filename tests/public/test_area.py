"""The pages of wards and communes."""

import pytest
from django.test import Client

from hopthu.core.terms import Outcome, Step
from tests import makers

pytestmark = pytest.mark.django_db


def test_every_ward_is_listed(city: None, client: Client) -> None:
    page = client.get("/areas").content.decode()

    assert 'href="/areas/east"' in page
    assert 'href="/areas/west"' in page


def test_a_ward_shows_its_own_reports_alone(city: None, client: Client) -> None:
    makers.make_report(text="Đèn phía đông.", point=makers.IN_EAST)
    makers.make_report(text="Đèn phía tây.", point=makers.IN_WEST)

    page = client.get("/areas/east").content.decode()

    assert "Đèn phía đông." in page
    assert "Đèn phía tây." not in page


def test_a_ward_shows_what_was_lately_solved_there(city: None, client: Client) -> None:
    report = makers.make_report(point=makers.IN_WEST)
    makers.take(report, Step.RESOLVE, makers.make_officer(), outcome=Outcome.DONE, words="Xong.")

    assert client.get("/areas/west").context["solved"] == [report]
    assert client.get("/areas/east").context["solved"] == []


def test_a_ward_that_does_not_exist_is_not_found(city: None, client: Client) -> None:
    assert client.get("/areas/nowhere").status_code == 404
