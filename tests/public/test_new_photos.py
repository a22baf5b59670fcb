"""Photos in a report: one is enough, and a bad one spoils nothing else."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from hopthu.core.limits import MAX_PHOTO_BYTES
from hopthu.reports.actions.photos import add_upload
from hopthu.reports.models import Photo, Report
from tests import makers
from tests.public import wizard
from tests.reports.photos import pictures

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english(client: Client) -> None:
    client.cookies["lang"] = "en"


def photo(data: bytes | None = None, name: str = "ho.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, pictures.jpeg() if data is None else data)


def uploaded(**age: float) -> str:
    return add_upload(pictures.jpeg(), at=timezone.now() - timedelta(**age)).token


def press(client: Client, shown: HttpResponse, **filled: Any) -> HttpResponse:
    response: HttpResponse = client.post(wizard.URL, wizard.fields(shown) | filled)  # type: ignore[assignment]
    return response


def test_a_photo_travels_as_a_token_and_ends_up_in_the_report(client: Client, city: None) -> None:
    shown = wizard.send(client, page="describe", text="", photo=[photo()])
    assert wizard.page(shown) == "check"
    assert len(wizard.fields(shown)["upload"]) == 1

    press(client, shown)

    (kept,) = Photo.objects.all()
    assert kept.report == Report.objects.get()
    assert kept.state == "held"


def test_the_last_request_may_bring_the_photos_itself(client: Client, city: None) -> None:
    wizard.send(client, text="", photo=[photo(), photo()])

    assert Report.objects.get().photos.count() == 2


def test_a_photo_can_be_removed_without_a_script(client: Client, city: None) -> None:
    keep, drop = uploaded(), uploaded()

    shown = wizard.send(client, page="describe", upload=[keep, drop], remove=drop)

    assert shown.status_code == 200
    assert wizard.page(shown) == "describe"
    assert wizard.fields(shown)["upload"] == [keep]


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        (lambda: b"", "leer.jpg", "not a photo that we can read"),
        (lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.svg", "not a photo"),
        (pictures.archive, "photo.jpg", "not a photo"),
        (lambda: pictures.jpeg((640, 480))[:2000], "half.jpg", "damaged"),
        (pictures.png_bomb, "wall.png", "million pixels"),
    ],
)
def test_a_bad_photo_is_named_and_the_rest_is_kept(
    client: Client, city: None, data: Any, name: str, message: str
) -> None:
    sent = [photo(), SimpleUploadedFile(name, data() or b"")]
    response = wizard.send(client, page="describe", photo=sent, landmark="Cạnh trường học")

    assert response.status_code == 422
    assert wizard.page(response) == "describe"
    assert message in wizard.errors(response)["photo"]
    assert f"“{name}”" in wizard.errors(response)["photo"]
    carried = wizard.fields(response)
    assert len(carried["upload"]) == 1
    assert carried["text"] == ["Đèn đường hư ba đêm nay."]
    assert carried["landmark"] == ["Cạnh trường học"]


def test_a_photo_that_is_too_large_is_named_and_the_rest_is_kept(
    client: Client, city: None
) -> None:
    sent = [photo(), photo(b"\xff\xd8" + b"\x00" * MAX_PHOTO_BYTES, "huge.jpg")]

    response = wizard.send(client, page="describe", photo=sent)

    assert response.status_code == 413
    assert "“huge.jpg” is larger than 20 MB" in wizard.errors(response)["photo"]
    assert len(wizard.fields(response)["upload"]) == 1


def test_a_heic_photo_is_taken_and_its_place_is_not(client: Client, city: None) -> None:
    wizard.send(client, photo=[photo(pictures.heic_with_metadata(), "a.heic")])

    assert Report.objects.get().photos.count() == 1


def test_more_than_five_are_left_out_and_told(client: Client, city: None) -> None:
    response = wizard.send(client, page="describe", photo=[photo() for _ in range(7)])

    assert response.status_code == 422
    assert "Only 5 photos" in wizard.errors(response)["photo"]
    assert len(wizard.fields(response)["upload"]) == 5


def test_six_tokens_are_too_many(client: Client, city: None) -> None:
    response = wizard.send(client, upload=[uploaded() for _ in range(6)])

    assert response.status_code == 422
    assert "At most 5 photos" in wizard.errors(response)["photo"]


@pytest.mark.parametrize("page", ["describe", "check"])
def test_an_upload_that_expired_is_told_and_dropped(client: Client, city: None, page: str) -> None:
    living = uploaded()

    response = wizard.send(client, page=page, upload=[uploaded(hours=25), living])

    assert response.status_code == 422
    assert wizard.page(response) == "describe"
    assert "Please add it again" in wizard.errors(response)["photo"]
    assert wizard.fields(response)["upload"] == [living]
    assert Report.objects.count() == 0


def test_anothers_photo_is_not_taken(client: Client, city: None) -> None:
    theirs = makers.make_report(uploads=(token := uploaded(),), at=timezone.now())

    response = wizard.send(client, upload=[token], text="")

    assert response.status_code == 422
    assert "Please add it again" in wizard.errors(response)["photo"]
    assert Report.objects.get() == theirs
    assert theirs.photos.count() == 1


def test_a_made_up_token_is_no_photo(client: Client, city: None) -> None:
    response = wizard.send(client, upload=["../../etc/passwd"], text="")

    assert response.status_code == 422
    assert "Please add it again" in wizard.errors(response)["photo"]


def test_sending_twice_keeps_the_photo_where_it_is(client: Client, city: None) -> None:
    fields = wizard.whole(upload=[uploaded()])

    first, second = client.post(wizard.URL, fields), client.post(wizard.URL, fields)

    assert (first.status_code, second.status_code) == (200, 200)
    assert Report.objects.get().photos.count() == 1


def test_an_earlier_page_sent_again_afterwards_shows_the_report(client: Client, city: None) -> None:
    client.cookies["lang"] = "en"
    fields = wizard.whole(upload=[uploaded()])
    client.post(wizard.URL, fields)

    again = client.post(wizard.URL, {**fields, "page": "describe"})

    assert again.status_code == 200
    assert 'id="follow-code"' in again.content.decode()
    assert again["Cache-Control"] == "no-store"
    assert Report.objects.count() == 1
