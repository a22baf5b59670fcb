"""The sender adds words or photos."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from hopthu.core.terms import Step
from hopthu.reports.actions.photos import add_upload
from hopthu.reports.models import Photo, Report
from tests.public import following, wizard
from tests.reports.photos import pictures

pytestmark = pytest.mark.django_db


def test_words_and_a_photo_are_added(client: Client, city: None) -> None:
    following.followed(client)

    response = following.take(
        client, "add_words", words="Tối qua cũng vậy.", photo=[photo(), photo()]
    )

    assert "added to your report" in following.said(client, response)
    event = Report.objects.get().events.get(kind=Step.ADD_WORDS)
    assert event.words == "Tối qua cũng vậy."
    assert event.photos.count() == 2


def photo() -> SimpleUploadedFile:
    return SimpleUploadedFile("den.jpg", pictures.jpeg())


def test_a_photo_alone_is_enough(client: Client, city: None) -> None:
    following.followed(client)
    token = add_upload(pictures.jpeg(), at=timezone.now()).token

    assert following.take(client, "add_words", upload=[token]).status_code == 303
    assert Photo.objects.get().report == Report.objects.get()


def test_nothing_is_not_enough(client: Client, city: None) -> None:
    following.followed(client)

    response = following.take(client, "add_words", words="\u202e ")

    assert response.status_code == 422
    assert "Write something, or add a photo." in wizard.errors(response)["add_words-words"]


def test_an_upload_that_is_gone_is_told_and_the_words_are_kept(client: Client, city: None) -> None:
    following.followed(client)

    response = following.take(client, "add_words", words="Tối qua.", upload=["gone"])

    assert response.status_code == 422
    assert "add it again" in wizard.errors(response)["add_words-photo"]
    assert "Tối qua.</textarea>" in response.content.decode()


def test_more_than_can_be_read_gets_a_kind_page(client: Client, city: None) -> None:
    following.followed(client)

    response = following.take(client, "add_words", words="a" * 3_000_000)

    assert response.status_code == 413
    assert "Go back in your browser" in wizard.text(response)


def test_there_is_no_such_thing_as_another_step(client: Client, city: None) -> None:
    following.followed(client)

    for step in ("resolve", "hide", "erase", "nonsense"):
        assert following.take(client, step).status_code == 404
