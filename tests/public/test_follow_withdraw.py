"""The sender takes the report back, and may undo that."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from hopthu.core.terms import Step
from hopthu.reports.models import Report
from tests import makers
from tests.public import following, wizard

pytestmark = pytest.mark.django_db


def test_it_is_taken_back_and_opened_again(client: Client, city: None) -> None:
    report = following.followed(client)

    response = following.take(client, "withdraw", seen=report.seq)
    assert "You have taken your report back." in following.said(client, response)
    assert Report.objects.get().status == "withdrawn"

    response = following.take(client, "reopen")
    assert "Your report is open again." in following.said(client, response)
    assert Report.objects.get().status == "received"


def test_after_thirty_days_it_stays_taken_back(client: Client, city: None) -> None:
    received = makers.send_report(at=timezone.now())
    makers.take(received.report, Step.WITHDRAW, at=timezone.now())

    with time_machine.travel(timezone.now() + timedelta(days=31)):
        following.sign_in(client, received)
        assert "Undo" not in wizard.text(following.page(client))
        response = following.take(client, "reopen")

    assert response.status_code == 409
    assert Report.objects.get().status == "withdrawn"


def test_not_when_the_city_has_answered_meanwhile(client: Client, city: None) -> None:
    report = following.followed(client)
    following.city_does(report, Step.ANSWER, words="Mai có người đến.")

    response = following.take(client, "withdraw", seen=1)

    assert response.status_code == 409
    assert "Mai có người đến." in response.content.decode()
    assert Report.objects.get().status == "received"
