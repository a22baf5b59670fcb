"""The sender of a hidden report asks for another look."""

import pytest
from django.test import Client
from django.utils import timezone

from hopthu.core.codes import format_number
from hopthu.core.terms import Role, Step
from hopthu.people.models import Staff
from hopthu.reports.models import Report
from tests import makers
from tests.public import following, wizard

pytestmark = pytest.mark.django_db
ASK = "I think it should be shown"


@pytest.fixture
def mai(city: None) -> Staff:
    return makers.make_staff("mai", (Role.MODERATOR, None))


@pytest.fixture
def hidden(client: Client, mai: Staff) -> Report:
    report = following.followed(client, text="Tôi bán nhà.")
    return makers.take(
        report, Step.HIDE, mai, timezone.now(), reason="advertising", words="Rao bán nhà."
    )


def test_the_sender_reads_why_and_asks_once(client: Client, hidden: Report) -> None:
    before = wizard.text(following.page(client))
    assert "Rao bán nhà." in before
    assert ASK in before

    response = following.take(client, "ask_review", words="Nhà tôi bị ngập, tôi không bán.")

    assert "Somebody else looks at it once more." in following.said(client, response)
    hidden.refresh_from_db()
    assert hidden.review_waits
    shown = wizard.text(following.page(client))
    assert "You asked for another look on" in shown
    assert ASK not in shown
    assert following.take(client, "ask_review").status_code == 409


def test_it_takes_no_words(client: Client, hidden: Report) -> None:
    assert following.take(client, "ask_review").status_code == 303


def test_words_that_are_too_long_are_kept(client: Client, hidden: Report) -> None:
    response = following.take(client, "ask_review", words="dài " * 1500)

    assert response.status_code == 413
    assert "dài dài" in response.content.decode()
    assert "ask_review-words" in wizard.errors(response)


def test_the_answer_is_read_where_it_was_asked(client: Client, hidden: Report) -> None:
    following.take(client, "ask_review")
    other = makers.make_staff("nga", (Role.MODERATOR, None))

    makers.take(hidden, Step.KEEP_HIDDEN, other, timezone.now(), words="Có giá và số gọi.")

    shown = wizard.text(following.page(client))
    assert "Có giá và số gọi." in shown
    assert "looked again on" in shown
    assert ASK not in shown


def test_nobody_asks_about_a_report_that_everybody_sees(client: Client, city: None) -> None:
    following.followed(client)

    assert ASK not in wizard.text(following.page(client))
    assert following.take(client, "ask_review").status_code == 409


def test_the_words_of_the_request_are_not_on_the_hidden_page(
    client: Client, hidden: Report
) -> None:
    following.take(client, "ask_review", words="Gọi tôi theo số cũ.")

    public = client.get(f"/reports/{format_number(hidden.number)}").content.decode()

    assert "The sender asks for another look" in public
    assert "Gọi tôi theo số cũ." not in public
