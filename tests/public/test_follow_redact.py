"""The sender covers words in the own texts."""

import pytest
from django.test import Client

from hopthu.core.terms import Step
from hopthu.reports.models import Report
from tests import makers
from tests.public import following, wizard

pytestmark = pytest.mark.django_db


def test_the_words_are_covered_in_all_own_texts(client: Client, city: None) -> None:
    report = following.followed(client, text="Gọi 0912 345 678 giúp tôi.")
    makers.take(report, Step.ADD_WORDS, words="Nhắc lại: 0912 345 678.")

    response = following.take(client, "redact", passage="0912 345 678 ")

    assert "The words are covered" in following.said(client, response)
    report = Report.objects.get()
    assert "0912" not in report.text
    assert "0912" not in report.events.get(kind=Step.ADD_WORDS).words
    assert "0912" not in following.page(client).content.decode()


def test_words_over_several_lines_are_found(client: Client, city: None) -> None:
    following.followed(client, text="Một dòng\nhai dòng")

    assert following.take(client, "redact", passage="dòng\r\nhai").status_code == 303
    assert "hai" not in Report.objects.get().text


def test_the_citys_words_are_not_the_senders_to_cover(client: Client, city: None) -> None:
    report = following.followed(client)
    following.city_does(report, Step.ANSWER, words="Chờ đến mai.")

    response = following.take(client, "redact", passage="Chờ đến mai.")

    assert response.status_code == 422
    assert "do not stand in the report" in wizard.errors(response)["redact-passage"]


def test_words_that_stand_nowhere_are_told_and_kept(client: Client, city: None) -> None:
    following.followed(client)

    response = following.take(client, "redact", passage="không có")

    assert response.status_code == 422
    assert 'value="không có"' in response.content.decode()


def test_nothing_covers_nothing(client: Client, city: None) -> None:
    following.followed(client)

    response = following.take(client, "redact", passage=" ")

    assert response.status_code == 422
    assert "Copy the words" in wizard.errors(response)["redact-passage"]
