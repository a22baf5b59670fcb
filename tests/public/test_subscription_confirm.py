"""Yes, letters are wanted: by a press of a button, once, within three days."""

from pathlib import Path
from uuid import UUID, uuid4

import pytest
import time_machine
from django.test import Client

from hopthu.core.sealing import Reachable
from hopthu.outbox.following import links, subscribing
from hopthu.outbox.following.subscribing import LIFE
from hopthu.outbox.models import Often, Subscription
from tests.followers import EAST
from tests.makers import MONDAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def token(sealing: Path, client: Client) -> UUID:
    client.cookies["lang"] = "en"
    found = subscribing.ask(Reachable("an@example.vn", "en"), EAST, Often.DAILY, at=MONDAY)
    assert found
    return found


def is_confirmed() -> bool:
    return Subscription.objects.get().confirmed_at is not None


@time_machine.travel(MONDAY, tick=False)
def test_looking_confirms_nothing(client: Client, token: UUID) -> None:
    for look in (client.get, client.head):
        page = look(links.path(links.CONFIRM, token))
        assert page.status_code == 200
    page = client.get(links.path(links.CONFIRM, token))
    assert "Do you want these letters?" in page.content.decode()
    assert page.headers["Cache-Control"] == "no-store"
    assert not is_confirmed()


@time_machine.travel(MONDAY, tick=False)
def test_one_press_does(client: Client, token: UUID) -> None:
    page = client.post(links.path(links.CONFIRM, token)).content.decode()
    assert "From now on you hear what happens." in page
    assert f'href="{links.path(links.CHANGE, token)}"' in page
    assert is_confirmed()


@time_machine.travel(MONDAY, tick=False)
@pytest.mark.parametrize("again", ["get", "post"])
def test_a_used_link_says_so(client: Client, token: UUID, again: str) -> None:
    link = links.path(links.CONFIRM, token)
    client.post(link)
    page = getattr(client, again)(link)
    assert page.status_code == 410
    assert "It was used already" in page.content.decode()


@pytest.mark.parametrize("how", ["get", "post"])
def test_after_three_days_it_is_too_old(client: Client, token: UUID, how: str) -> None:
    with time_machine.travel(MONDAY + LIFE, tick=False):
        assert getattr(client, how)(links.path(links.CONFIRM, token)).status_code == 410
    assert not is_confirmed()


def test_nobody_makes_one_up(client: Client, token: UUID) -> None:
    other = links.path(links.END, token).rpartition("/")[2]
    for link in (token.hex, f"{token.hex}:x", other, "%0d%0a"):
        assert client.post(f"/letters/confirm/{link}").status_code == 404
    assert client.post(links.path(links.CONFIRM, uuid4())).status_code == 410
    assert not is_confirmed()
