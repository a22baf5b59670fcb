"""The sender looks at the own photos, also while a moderator has not yet looked."""

import pytest
from django.test import Client
from django.utils import timezone

from hopthu.reports.actions.photos import add_upload
from tests import makers
from tests.public import following, wizard
from tests.reports.photos import pictures

pytestmark = pytest.mark.django_db


def upload() -> str:
    return add_upload(pictures.jpeg(), at=timezone.now()).token


def test_a_held_photo_is_shown_to_its_sender_with_its_state(client: Client, city: None) -> None:
    report = following.followed(client, uploads=(upload(),))
    name = report.photos.get().name

    assert "Waits for somebody to look at it" in wizard.text(following.page(client))
    for address in (f"/follow/photos/{name}", f"/follow/photos/{name}?size=small"):
        response = client.get(address)
        assert response.status_code == 200
        assert response.headers["Content-Type"] == "image/webp"
        assert response.headers["Cache-Control"] == "no-store"
        assert b"".join(response)[8:12] == b"WEBP"


def test_nobody_else_sees_it(client: Client, city: None) -> None:
    theirs = makers.make_report(uploads=(upload(),), at=timezone.now())
    name = theirs.photos.get().name

    assert client.get(f"/follow/photos/{name}").status_code == 404
    following.followed(client)
    assert client.get(f"/follow/photos/{name}").status_code == 404
    assert client.get("/follow/photos/unknown").status_code == 404
