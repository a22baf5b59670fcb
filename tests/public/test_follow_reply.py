"""The sender replies to the city's question."""

import pytest
from django.test import Client

from hopthu.core.terms import Step
from hopthu.reports.models import Report
from tests.public import following, wizard

pytestmark = pytest.mark.django_db


def asked(client: Client) -> Report:
    report = following.followed(client)
    return following.city_does(report, Step.ASK, words="Trụ số mấy?")


def test_the_question_is_shown_and_the_reply_reaches_the_city(client: Client, city: None) -> None:
    report = asked(client)
    assert "Trụ số mấy?" in wizard.text(following.page(client))

    response = following.take(client, "reply", words="Trụ 12.", seen=report.seq)

    assert "Your reply is with the office." in following.said(client, response)
    event = Report.objects.get().events.get(kind=Step.REPLY)
    assert (event.words, event.role) == ("Trụ 12.", "sender")
    assert Report.objects.get().asked_at is None


def test_an_empty_reply_is_told_beside_the_field(client: Client, city: None) -> None:
    asked(client)

    response = following.take(client, "reply", words=" ")

    assert response.status_code == 422
    assert "Please write something." in wizard.errors(response)["reply-words"]
    assert wizard.summary(response) == ["reply-words"]


def test_without_a_question_there_is_nothing_to_reply_to(client: Client, city: None) -> None:
    following.followed(client)

    response = following.take(client, "reply", words="Trụ 12.")

    assert response.status_code == 409
    assert Report.objects.get().events.count() == 1


def test_a_reply_too_long_is_kept_on_the_page(client: Client, city: None) -> None:
    asked(client)

    response = following.take(client, "reply", words="a" * 4001)

    assert response.status_code == 413
    assert "1 character too long" in wizard.errors(response)["reply-words"]
    assert "a" * 4001 in response.content.decode()


def test_a_reply_to_what_has_changed_meanwhile_waits(client: Client, city: None) -> None:
    report = asked(client)
    following.city_does(report, Step.ASK, words="Và đường nào?")

    response = following.take(client, "reply", words="Trụ 12.", seen=report.seq)

    assert response.status_code == 409
    shown = response.content.decode()
    assert "Và đường nào?" in shown
    assert "Trụ 12." in shown
    assert not Report.objects.get().events.filter(kind=Step.REPLY)
