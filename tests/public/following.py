"""A resident who follows a report with its number and code."""

from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from hopthu.core.terms import Role, Step
from hopthu.people.actors import Actor
from hopthu.reports.actions import Received
from hopthu.reports.models import Report
from tests import makers

DISPATCHER = Actor(roles=frozenset({Role.DISPATCHER}))


def followed(client: Client, category: str = "lamp", **report: Any) -> Report:
    """A new report, opened in this browser, in English."""
    received = makers.send_report(category, at=timezone.now(), **report)
    sign_in(client, received)
    return received.report


def sign_in(client: Client, received: Received) -> None:
    client.cookies["lang"] = "en"
    code = {"number": received.report.number, "code": received.follow_code}
    assert client.post("/follow", code).status_code == 303


def city_does(report: Report, step: Step, **given: Any) -> Report:
    return makers.take(report, step, DISPATCHER, timezone.now(), **given)


def city_resolves(report: Report) -> Report:
    return city_does(report, Step.RESOLVE, outcome="done", words="Đã thay bóng đèn.")


def take(client: Client, step: str, **fields: Any) -> HttpResponse:
    response: HttpResponse = client.post(f"/follow/{step}", fields)  # type: ignore[assignment]
    return response


def page(client: Client) -> HttpResponse:
    response: HttpResponse = client.get("/follow")  # type: ignore[assignment]
    return response


def said(client: Client, response: HttpResponse) -> str:
    """The page that a step leads back to."""
    assert response.status_code == 303, response.content.decode()
    shown = client.get(response.headers["Location"])
    return shown.content.decode()
