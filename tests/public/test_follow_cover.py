"""The sender covers places of an own photo, before and after everybody sees it."""

from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from hopthu.core.terms import HideReason, Role
from hopthu.people.actors import Actor
from hopthu.reports.actions.photos import publish_photo, withhold_photo
from hopthu.reports.models import Photo, Report
from hopthu.reports.queries.disclosure import disclosed
from tests import makers
from tests.public import following, wizard
from tests.public.covering import MIDDLE, files, files_of, is_covered, upload
from tests.recorded import assert_open, entries, rule_of

pytestmark = pytest.mark.django_db
MODERATOR = Actor(roles=frozenset({Role.MODERATOR}))


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.PHOTOS = tmp_path / "photos"
    return tmp_path / "photos"


def sent(client: Client, **report: Any) -> tuple[Report, Photo]:
    """A report with one photo, opened in this browser."""
    made = following.followed(client, uploads=(upload().token,), **report)
    return made, made.photos.get()


def page(client: Client, photo: Photo) -> HttpResponse:
    response: HttpResponse = client.get(f"/follow/photos/{photo.pk}/cover")  # type: ignore[assignment]
    return response


def mark(client: Client, photo: Photo, *boxes: str) -> HttpResponse:
    fields = {"name": photo.name, "box": list(boxes)}
    response: HttpResponse = client.post(f"/follow/photos/{photo.pk}/cover", fields)  # type: ignore[assignment]
    return response


def types(report: Report) -> list[str]:
    return [one.type for one in entries(report)]


def test_each_own_photo_has_its_page(client: Client, city: None) -> None:
    _report, photo = sent(client)

    assert f"/follow/photos/{photo.pk}/cover" in following.page(client).content.decode()
    shown = page(client, photo)
    assert shown.status_code == 200
    assert shown.headers["Cache-Control"] == "no-store"
    assert f"/follow/photos/{photo.name}" in shown.content.decode()


@pytest.mark.parametrize("private", [False, True])
def test_a_photo_that_nobody_was_shown_is_covered_without_a_word_in_the_record(
    client: Client,
    city: None,
    folder: Path,
    django_capture_on_commit_callbacks: Any,
    private: bool,
) -> None:
    report, photo = sent(client, private=private)
    before = types(report)

    with django_capture_on_commit_callbacks(execute=True):
        response = mark(client, photo, MIDDLE)

    assert "is covered, for everyone and for good" in following.said(client, response)
    photo.refresh_from_db()
    assert photo.state == "held"
    assert all(is_covered(photo.name, size) for size in ("large", "small"))
    assert files(folder) == files_of(photo.name)
    assert types(report) == before


def test_of_a_photo_that_everybody_sees_the_record_says_that_the_sender_covered_more(
    client: Client, city: None
) -> None:
    report, photo = sent(client)
    publish_photo(photo, actor=MODERATOR, at=timezone.now())

    mark(client, photo, MIDDLE)

    photo.refresh_from_db()
    assert (photo.state, is_covered(photo.name)) == ("published", True)
    assert types(report) == ["received", "photo.published", "photo.replaced"]
    assert entries(report)[-1].told["actor"] == "sender"
    told = disclosed(report.number).values
    size = {"width": photo.width, "height": photo.height}
    assert told[f"photo.{photo.pk}"]["value"] == {"sha256": photo.sha256, **size}
    assert_open(told, rule_of(report))
    assert set(told) == rule_of(report).owed
    seen = client.get(reverse("public:report", args=[report.number])).content.decode()
    assert "A part of a photo was covered" in seen


def test_a_photo_that_is_not_shown_stays_so(client: Client, city: None) -> None:
    report, photo = sent(client)
    reason = HideReason.PERSONAL_DATA
    withhold_photo(photo, actor=MODERATOR, reason=reason, at=timezone.now())
    before = types(report)

    mark(client, photo, MIDDLE)

    photo.refresh_from_db()
    assert (photo.state, photo.reason) == ("withheld", reason)
    assert is_covered(photo.name)
    assert types(report) == before


def test_what_was_marked_in_a_picture_that_is_gone_is_marked_again(
    client: Client, city: None
) -> None:
    _report, photo = sent(client)
    mark(client, photo, "0,0,10,10")

    shown = mark(client, photo, MIDDLE)

    assert shown.status_code == 409
    assert "This photo was changed in the meantime." in wizard.text(shown)
    assert wizard.summary(shown) == ["cover"]
    photo.refresh_from_db()
    assert photo.name in shown.content.decode()
    assert not is_covered(photo.name)


@pytest.mark.parametrize(
    ("box", "said"),
    [("", "The marked places could not be read."), (None, "Mark what has to be covered.")],
)
def test_nothing_is_covered_without_places_that_can_be_read(
    client: Client, city: None, box: str | None, said: str
) -> None:
    _report, photo = sent(client)

    shown = mark(client, photo, *([] if box is None else [box]))

    assert shown.status_code == 422
    assert said in wizard.text(shown)
    assert Photo.objects.get().name == photo.name


def test_nobody_else_covers_it(client: Client, city: None) -> None:
    theirs = makers.make_report(uploads=(upload().token,), at=timezone.now()).photos.get()

    assert page(client, theirs).status_code == 404
    assert mark(client, theirs, MIDDLE).status_code == 404
    following.followed(client)
    assert page(client, theirs).status_code == 404
    assert mark(client, theirs, MIDDLE).status_code == 404
    theirs.refresh_from_db()
    assert not is_covered(theirs.name)


def test_an_upload_of_nobody_has_no_page(client: Client, city: None) -> None:
    following.followed(client)

    assert page(client, upload()).status_code == 404
