"""A photo is sent by itself, while the rest of the form is still being filled in."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from hopthu.core.limits import MAX_PHOTO_BYTES
from hopthu.reports.actions.photos import add_upload
from hopthu.reports.models import Photo
from tests.reports.photos import pictures

pytestmark = pytest.mark.django_db

URL = "/report/photo"


def photo(data: bytes, name: str = "ho.jpg") -> dict[str, SimpleUploadedFile]:
    return {"photo": SimpleUploadedFile(name, data)}


def test_it_answers_with_a_token_and_a_small_picture(client: Client, db: None) -> None:
    response = client.post(URL, photo(pictures.jpeg((640, 480))))

    assert response.status_code == 201
    answer = response.json()
    assert answer["token"] == Photo.objects.get().token
    thumb = client.get(answer["thumb"])
    assert thumb.status_code == 200
    assert thumb.headers["Content-Type"] == "image/webp"
    assert "private" in thumb.headers["Cache-Control"]
    assert b"".join(thumb)[8:12] == b"WEBP"


@pytest.mark.parametrize(
    ("data", "status", "message"),
    [
        (b"<svg/>", 422, "not a photo that we can read"),
        (b"\xff\xd8" + b"\x00" * MAX_PHOTO_BYTES, 413, "larger than 20 MB"),
    ],
)
def test_what_is_no_photo_is_refused_in_words(
    client: Client, db: None, data: bytes, status: int, message: str
) -> None:
    client.cookies["lang"] = "en"

    response = client.post(URL, photo(data))

    assert response.status_code == status
    assert message in response.json()["error"]
    assert Photo.objects.count() == 0


def test_a_request_without_a_photo_is_refused_in_words(client: Client, db: None) -> None:
    response = client.post(URL, {"photo": "text"})

    assert response.status_code == 422
    assert response.json()["error"]


def test_a_request_far_too_large_is_not_read(client: Client, db: None) -> None:
    response = client.post(URL, photo(b""), headers={"Content-Length": str(10**10)})

    assert response.status_code == 413
    assert response.json()["error"]


def test_the_small_picture_goes_with_the_upload(client: Client, db: None) -> None:
    old = add_upload(pictures.jpeg(), at=timezone.now() - timedelta(hours=25))

    assert client.get(f"{URL}/{old.token}").status_code == 404
    assert client.get(f"{URL}/unknown").status_code == 404
