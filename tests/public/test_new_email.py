"""An address on the last page of the form: as one likes, sealed, and never in the way."""

from pathlib import Path

import pytest
from django.test import Client

from hopthu.core.sealing import Reachable
from hopthu.people import contacts, seal_keys
from hopthu.people.models import Contact
from hopthu.reports.models import Report
from tests.public import wizard

pytestmark = pytest.mark.django_db


def test_it_is_kept_sealed_with_the_language_of_the_form(client: Client, sealing: Path) -> None:
    client.cookies["lang"] = "km"
    assert wizard.page(wizard.send(client, email=" An@Example.VN ")) == ""
    contact = Contact.objects.get()
    assert contact.number == Report.objects.get().number
    who = contacts.reach(contact, seal_keys.identities())
    assert who == Reachable("An@example.vn", "km")


@pytest.mark.parametrize("typed", ["", "   "])
def test_a_report_needs_none(client: Client, sealing: Path, typed: str) -> None:
    assert wizard.page(wizard.send(client, email=typed)) == ""
    assert Report.objects.count() == 1
    assert not Contact.objects.exists()


def test_a_slip_in_it_is_told_and_nothing_is_sent_yet(client: Client, sealing: Path) -> None:
    response = wizard.send(client, email="an@")
    assert response.status_code == 422
    assert wizard.page(response) == "check"
    assert list(wizard.errors(response)) == ["email"]
    assert wizard.fields(response)["email"] == ["an@"]
    assert not Report.objects.exists()


def test_it_travels_along_to_a_page_that_changes_something_else(
    client: Client, sealing: Path
) -> None:
    page = wizard.send(client, email="an@example.vn", go="where")
    assert wizard.page(page) == "where"
    assert wizard.fields(page)["email"] == ["an@example.vn"]


def test_where_nothing_can_be_sealed_none_is_asked_for_and_reports_come_in(
    client: Client, sealing: Path
) -> None:
    (sealing / "keys" / "web" / "seal_recipient").write_text("spoilt")
    assert "email" not in wizard.fields(wizard.send(client, go="check"))
    refused = wizard.send(client, email="an@example.vn")
    assert list(wizard.errors(refused)) == ["email"]
    assert wizard.page(wizard.send(client)) == ""
    assert Report.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("an@example.vn", "a new one can be sent to the e-mail address that you left"),
        ("", "The code cannot be replaced"),
    ],
)
def test_the_last_page_says_whether_a_lost_code_can_be_replaced(
    client: Client, sealing: Path, typed: str, says: str
) -> None:
    client.cookies["lang"] = "en"
    sent = wizard.whole(email=typed)
    first, again = (client.post(wizard.URL, sent).content.decode() for _ in range(2))
    assert says in first
    assert says in again
    assert ("If you had a new code sent to you since" in again) == bool(typed)


def test_sending_twice_leaves_one(client: Client, sealing: Path) -> None:
    sent = wizard.whole(email="an@example.vn")
    client.post(wizard.URL, sent)
    client.post(wizard.URL, sent)
    assert Contact.objects.count() == Report.objects.count() == 1
