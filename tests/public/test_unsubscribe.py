"""No more letters, by the link in every letter."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.test import Client

from hopthu.outbox.unsubscribing import link
from hopthu.people.models import Contact
from tests import makers

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(sealing: Path, client: Client) -> str:
    client.cookies["lang"] = "en"
    makers.make_report(email="an@example.vn", language="en")
    return urlsplit(link(Contact.objects.get())).path


def test_looking_changes_nothing(client: Client, address: str) -> None:
    page = client.get(address)
    assert "Hear no more of your report?" in page.content.decode()
    assert page.headers["Cache-Control"] == "no-store"
    assert Contact.objects.exists()


def test_one_press_deletes_the_address(client: Client, address: str) -> None:
    assert "It is deleted." in client.post(address).content.decode()
    assert not Contact.objects.exists()


def test_twice_is_as_well_as_once(client: Client, address: str) -> None:
    client.post(address)
    assert client.post(address).status_code == 200


@pytest.mark.parametrize("token", ["1", "1:made-up", "x:y", "%0d%0a"])
def test_nobody_makes_one_up(client: Client, address: str, token: str) -> None:
    assert client.post(f"/unsubscribe/{token}").status_code == 404
    assert Contact.objects.exists()
