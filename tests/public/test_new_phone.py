"""Where texts go out, the one field for being reached takes a mobile number as well."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from hopthu.core.sealing import Reachable
from hopthu.outbox.channels.gateways import parse_gateway
from hopthu.people import contacts, seal_keys
from hopthu.people.models import Contact
from hopthu.reports.models import Report
from tests.public import following, wizard

pytestmark = pytest.mark.django_db
LABEL = "E-mail address or mobile number"


@pytest.fixture(autouse=True)
def _english(client: Client) -> None:
    client.cookies["lang"] = "en"


@pytest.fixture
def texts(sealing: Path, settings: Settings) -> None:
    settings.SMS_GATEWAY = parse_gateway("https://gateway.example/send")


def kept() -> Reachable:
    return contacts.reach(Contact.objects.get(), seal_keys.identities())


@pytest.mark.usefixtures("texts")
class TestWithAGateway:
    def test_a_number_is_kept_sealed_with_the_language_of_the_form(self, client: Client) -> None:
        client.cookies["lang"] = "km"
        assert wizard.page(wizard.send(client, email=" 0912 345 678 ")) == ""
        assert kept() == Reachable("", "km", "+84912345678")
        assert Contact.objects.get().channel == "sms"

    def test_an_address_is_taken_as_ever(self, client: Client) -> None:
        assert wizard.page(wizard.send(client, email="an@example.vn")) == ""
        assert kept() == Reachable("an@example.vn", "en")
        assert Contact.objects.get().channel == "email"

    def test_the_field_says_what_it_takes_and_what_comes_of_it(self, client: Client) -> None:
        page = wizard.send(client, go="check").content.decode()
        assert LABEL in page
        assert "A number gets short texts (SMS)" in page
        assert 'type="email"' not in page

    @pytest.mark.parametrize("typed", ["0912", "+1 212 555 0100", "an", "024 3825 1234"])
    def test_what_is_neither_is_told_beside_the_field_and_nothing_typed_is_lost(
        self, client: Client, typed: str
    ) -> None:
        response = wizard.send(client, email=typed)
        assert response.status_code == 422
        assert "0912 345 678" in wizard.errors(response)["email"]
        assert wizard.fields(response)["email"] == [typed]
        assert not Report.objects.exists()

    def test_the_last_page_says_that_a_new_code_can_be_sent_there(self, client: Client) -> None:
        done = wizard.send(client, email="0912345678").content.decode()
        assert "sent to the address or number that you left" in done
        assert "912345678" not in done

    def test_it_is_left_changed_and_deleted_later(self, client: Client) -> None:
        following.followed(client)
        first = following.take(client, "contact", email="0912345678")
        assert "From now on we write to you there." in following.said(client, first)
        assert kept().phone == "+84912345678"
        following.take(client, "contact", email="an@example.vn")
        assert kept() == Reachable("an@example.vn", "en")
        page = wizard.text(following.page(client))
        assert "Letters by e-mail, or texts: on" in page
        following.take(client, "contact", remove="1")
        assert not Contact.objects.exists()

    def test_later_too_a_slip_is_told_beside_the_field(self, client: Client) -> None:
        following.followed(client)
        response = following.take(client, "contact", email="0912")
        assert response.status_code == 422
        assert "0912 345 678" in wizard.errors(response)["contact-email"]
        assert not Contact.objects.exists()


def test_without_a_gateway_no_number_is_asked_for_or_taken(client: Client, sealing: Path) -> None:
    page = wizard.send(client, go="check").content.decode()
    assert LABEL not in page
    assert 'type="email"' in page
    refused = wizard.send(client, email="0912345678")
    assert "name@example.com" in wizard.errors(refused)["email"]
    assert not Report.objects.exists()
