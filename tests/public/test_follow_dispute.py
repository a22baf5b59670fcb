"""The sender says: no, it is still not done."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hopthu.core.terms import Step
from hopthu.reports.models import Report
from tests.public import following, wizard
from tests.reports.photos import pictures

pytestmark = pytest.mark.django_db


def test_the_first_time_it_opens_the_report_again(client: Client, city: None) -> None:
    report = following.city_resolves(following.followed(client))

    response = following.take(
        client,
        "dispute",
        words="Đèn vẫn tắt.",
        seen=report.seq,
        photo=[SimpleUploadedFile("den.jpg", pictures.jpeg())],
    )

    assert "told that it is not done" in following.said(client, response)
    report = Report.objects.get()
    assert report.status == "assigned"
    event = report.events.get(kind=Step.DISPUTE)
    assert event.words == "Đèn vẫn tắt."
    assert event.photos.count() == 1


def test_words_are_not_required(client: Client, city: None) -> None:
    following.city_resolves(following.followed(client))

    assert following.take(client, "dispute").status_code == 303
    assert Report.objects.get().status == "assigned"


def test_the_second_time_somebody_outside_the_office_decides(client: Client, city: None) -> None:
    report = following.followed(client)
    for _ in range(2):
        following.city_resolves(report)
        assert following.take(client, "dispute").status_code == 303

    assert Report.objects.get().awaits_judgement
    assert "Somebody outside the office decides by" in wizard.text(following.page(client))
    assert following.take(client, "dispute").status_code == 409


def test_a_bad_photo_is_told_and_the_words_are_kept(client: Client, city: None) -> None:
    following.city_resolves(following.followed(client))

    response = following.take(
        client,
        "dispute",
        words="Đèn vẫn tắt.",
        photo=[SimpleUploadedFile("a.svg", b"<svg/>")],
    )

    assert response.status_code == 422
    assert "“a.svg” is not a photo" in wizard.errors(response)["dispute-photo"]
    assert "Đèn vẫn tắt.</textarea>" in response.content.decode()
    assert Report.objects.get().status == "resolved"
