"""The sender says: yes, it is done."""

import pytest
from django.test import Client

from hopthu.reports.models import Report
from tests.public import following, wizard

pytestmark = pytest.mark.django_db


def test_it_is_counted_once(client: Client, city: None) -> None:
    report = following.city_resolves(following.followed(client))

    response = following.take(client, "confirm", seen=report.seq)

    assert "Thank you for telling." in following.said(client, response)
    assert Report.objects.get().confirmed_at is not None
    assert "Yes, it is done" not in wizard.text(following.page(client)).split("What happened")[0]
    assert following.take(client, "confirm").status_code == 409


def test_an_open_report_cannot_be_confirmed(client: Client, city: None) -> None:
    following.followed(client)

    assert following.take(client, "confirm").status_code == 409
    assert Report.objects.get().confirmed_at is None


def test_nobody_confirms_without_the_code(client: Client, city: None) -> None:
    following.city_resolves(following.followed(client))
    client.cookies.clear()

    response = following.take(client, "confirm")

    assert (response.status_code, response.headers["Location"]) == (303, "/follow")
    assert Report.objects.get().confirmed_at is None
