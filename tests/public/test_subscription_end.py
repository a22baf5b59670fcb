"""No more of these letters, by the link in every letter."""

from pathlib import Path

import pytest
from django.test import Client

from hopthu.outbox.following import links
from hopthu.outbox.models import Subscription
from tests.followers import EAST, LAMPS, follow

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(sealing: Path, client: Client) -> str:
    client.cookies["lang"] = "en"
    return links.path(links.END, follow(EAST).token)


def test_looking_changes_nothing(client: Client, link: str) -> None:
    page = client.get(link)
    assert "No more of these letters?" in page.content.decode()
    assert page.headers["Cache-Control"] == "no-store"
    assert Subscription.objects.exists()


def test_one_press_deletes_this_one_and_no_other(client: Client, link: str) -> None:
    other = follow(LAMPS)
    assert "These letters have ended." in client.post(link).content.decode()
    assert Subscription.objects.get() == other


def test_twice_is_as_well_as_once(client: Client, link: str) -> None:
    client.post(link)
    assert client.post(link).status_code == 200


def test_nobody_makes_one_up(client: Client, link: str) -> None:
    confirming = links.path(links.CONFIRM, Subscription.objects.get().token).rpartition("/")[2]
    for made_up in ("1", "1:x", confirming, "%0d%0a"):
        assert client.post(f"/letters/end/{made_up}").status_code == 404
    assert Subscription.objects.exists()
