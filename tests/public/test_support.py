"""I have this too: one tap on the page of a report."""

import pytest
from django.test import Client

from hopthu.core.codes import format_number
from hopthu.core.terms import Outcome, Step
from hopthu.reports.models import Event, Report
from tests import makers

pytestmark = pytest.mark.django_db


def address(report: Report) -> str:
    return f"/reports/{format_number(report.number)}"


def supports(report: Report) -> int:
    report.refresh_from_db()
    return report.supports


def test_one_tap_counts_and_leads_back_to_the_page(city: None, client: Client) -> None:
    report = makers.make_report()

    response = client.post(address(report) + "/support")

    assert response.status_code == 303
    assert response.headers["Location"] == address(report) + "?counted=1"
    assert supports(report) == 1
    assert Event.objects.get(kind="support").words == ""


def test_a_second_tap_on_the_same_phone_does_not_count(city: None, client: Client) -> None:
    report, other = makers.make_report(), makers.make_report()
    client.post(address(report) + "/support")

    again = client.post(address(report) + "/support")
    client.post(address(other) + "/support")

    assert again.status_code == 303
    assert supports(report) == 1
    assert supports(other) == 1


def test_the_cookie_goes_to_this_one_address_alone(city: None, client: Client) -> None:
    report = makers.make_report()

    cookie = client.post(address(report) + "/support").cookies["tapped"]

    assert cookie.value == report.number
    assert cookie["path"] == address(report) + "/support"


def test_a_solved_report_can_be_still_there(city: None, client: Client) -> None:
    report = makers.make_report()
    makers.take(report, Step.RESOLVE, makers.make_officer(), outcome=Outcome.DONE, words="Xong.")

    client.post(address(report) + "/support")

    assert supports(report) == 1


def test_a_withdrawn_report_is_not_counted_and_says_why(city: None, client: Client) -> None:
    report = makers.make_report()
    makers.take(report, Step.WITHDRAW)

    response = client.post(address(report) + "/support", headers={"accept-language": "en"})

    assert response.status_code == 409
    assert "as the report stands now" in response.content.decode()
    assert supports(report) == 0


def test_a_link_cannot_tap(city: None, client: Client) -> None:
    report = makers.make_report()

    assert client.get(address(report) + "/support").status_code == 405
    assert client.post("/reports/0000-0000/support").status_code == 404


def test_a_private_report_is_no_neighbours_to_tap(city: None, client: Client) -> None:
    report = makers.make_report(private=True)

    response = client.post(address(report) + "/support")

    assert response.status_code == 409
    assert (supports(report), report.seq) == (0, 1)
