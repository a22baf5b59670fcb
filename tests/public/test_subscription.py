"""The page behind the link in each letter: one thing that is followed, and nothing else."""

from pathlib import Path

import pytest
from django.test import Client

from hopthu.outbox.following import links
from hopthu.outbox.models import Subscription
from tests.followers import EAST, LAMPS, follow
from tests.public import wizard

pytestmark = pytest.mark.django_db


@pytest.fixture
def followed(sealing: Path, client: Client) -> Subscription:
    client.cookies["lang"] = "en"
    follow(LAMPS)
    return follow(EAST, "daily")


def path(row: Subscription) -> str:
    return links.path(links.CHANGE, row.token)


def test_it_shows_what_and_how_often_and_no_address_and_nothing_else(
    client: Client, followed: Subscription
) -> None:
    response = client.get(path(followed))
    page = response.content.decode()
    assert "Letters about: Phường Đông (en)" in page
    assert 'value="daily" checked' in page
    assert "Đèn đường" not in page
    assert "example.vn" not in page
    assert response.headers["Cache-Control"] == "no-store"


def test_how_often_is_changed(client: Client, followed: Subscription) -> None:
    response = client.post(path(followed), {"often": "weekly"})
    assert response.status_code == 303
    assert "Changed." in client.get(response["Location"]).content.decode()
    followed.refresh_from_db()
    assert followed.often == "weekly"


def test_to_one_of_three(client: Client, followed: Subscription) -> None:
    response = client.post(path(followed), {"often": "hourly"})
    assert response.status_code == 422
    assert list(wizard.errors(response)) == ["often"]  # type: ignore[arg-type]


def test_it_is_ended_and_the_others_are_not(client: Client, followed: Subscription) -> None:
    page = client.post(path(followed), {"end": "1"}).content.decode()
    assert "These letters have ended." in page
    assert Subscription.objects.get().thing == LAMPS.key
    assert "These letters have ended." in client.get(path(followed)).content.decode()


def test_before_it_is_confirmed_there_is_nothing_to_change(client: Client, sealing: Path) -> None:
    row = follow(EAST, confirmed=False)
    client.post(path(row), {"often": "weekly"})
    row.refresh_from_db()
    assert row.often == "now"


def test_nobody_makes_one_up(client: Client, followed: Subscription) -> None:
    ending = links.path(links.END, followed.token).rpartition("/")[2]
    for made_up in ("1", "1:x", ending):
        assert client.get(f"/letters/{made_up}").status_code == 404
