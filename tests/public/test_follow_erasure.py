"""The sender asks for the own report, or for words of it, to be deleted for good."""

import pytest
from django.test import Client
from django.utils import timezone

from hopthu.reports.models import ErasureRequest
from tests import makers
from tests.public import following, wizard

pytestmark = pytest.mark.django_db


def asked() -> list[tuple[str, str]]:
    return list(ErasureRequest.objects.values_list("asker", "scope"))


def test_the_sender_asks_and_sees_by_when_it_is_decided(city: None, client: Client) -> None:
    following.followed(client)

    sent = following.take(client, "erasure", scope="report")

    page = following.said(client, sent)
    assert "The city has your request. Two people decide about it." in page
    assert "The city has not decided yet" in page
    assert 'action="/follow/erasure"' not in page, "once is enough until it is decided"
    assert asked() == [("sender", "report")]


def test_nobody_else_asks(city: None, client: Client) -> None:
    following.followed(client)
    client.cookies.clear()

    assert following.take(client, "erasure", scope="report").status_code == 303
    assert asked() == []


def test_words_that_do_not_stand_there_are_told_beside_the_field(
    city: None, client: Client
) -> None:
    following.followed(client, text="Trước nhà bà Tư.")

    response = following.take(client, "erasure", scope="passage", passage="ông Ba")

    assert response.status_code == 422
    assert "erasure-passage" in wizard.errors(response)
    assert "ông Ba" in response.content.decode()
    assert asked() == []


def test_asking_twice_says_so(city: None, client: Client) -> None:
    following.followed(client)
    following.take(client, "erasure", scope="report")

    response = following.take(client, "erasure", scope="report")

    assert response.status_code == 409
    assert "You have asked already." in response.content.decode()
    assert len(asked()) == 1


def test_a_late_decision_is_shown_late_and_a_refusal_with_its_words(
    city: None, client: Client
) -> None:
    report = following.followed(client)
    following.take(client, "erasure", scope="report")
    ErasureRequest.objects.update(due_at=report.received_at)
    late = following.page(client).content.decode()

    ErasureRequest.objects.update(
        proposal="refuse", words="Đó là tên phố.", outcome="refuse", decided_at=timezone.now()
    )
    refused = following.page(client).content.decode()

    assert "The city is late." in late
    assert "The city does not delete it" in refused
    assert "Đó là tên phố." in refused
    assert 'action="/follow/erasure"' in refused, "one may ask again"


def test_after_it_is_gone_there_is_nothing_more_to_ask(city: None, client: Client) -> None:
    report = following.followed(client)
    makers.erase(report, makers.make_staff("giang", *makers.CHIEF), timezone.now())

    page = following.page(client).content.decode()

    assert "It is deleted for good" in page
    assert 'action="/follow/erasure"' not in page
    assert following.take(client, "erasure", scope="report").status_code == 409
