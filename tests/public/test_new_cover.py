"""Before sending, places of a photo are covered: nothing of what was there is kept anywhere."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from hopthu.core.terms import Role
from hopthu.people.actors import Actor
from hopthu.reports.actions.covering import cover_photo, cover_upload
from hopthu.reports.actions.photos import AlreadyDecided, add_upload, purge_uploads
from hopthu.reports.models import Photo, Report
from hopthu.reports.photos.boxes import Box
from hopthu.reports.queries.uploads import living_uploads
from hopthu.web import rates
from tests import makers
from tests.public import wizard
from tests.public.covering import MIDDLE, files, files_of, is_covered, upload
from tests.reports.photos import pictures

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(client: Client, settings: Settings, tmp_path: Path) -> Path:
    client.cookies["lang"] = "en"
    settings.PHOTOS = tmp_path / "photos"
    return tmp_path / "photos"


def mark(client: Client, token: str, *boxes: str, **more: Any) -> HttpResponse:
    """Press "Cover it for good"."""
    fields = {"page": "describe", "upload": [token], "covering": token, "box": list(boxes)}
    return wizard.send(client, **(fields | more))


def small(client: Client, photo: Photo, known: str = "") -> HttpResponseBase:
    """The small picture, asked for by a browser that may have one already."""
    response = client.get(f"/report/photo/{photo.token}", headers={"If-None-Match": known})
    response.getvalue()
    return response


def test_the_page_shows_the_photo_and_carries_what_was_typed(client: Client, city: None) -> None:
    photo = upload()

    shown = wizard.send(client, page="describe", upload=[photo.token], cover=photo.token)

    assert shown.status_code == 200
    carried = wizard.fields(shown)
    assert carried["covering"] == [photo.token]
    assert carried["upload"] == [photo.token]
    assert carried["text"] == ["Đèn đường hư ba đêm nay."]
    assert f"/report/photo/{photo.token}?size=large" in shown.content.decode()


def test_the_page_of_the_photos_leads_there(client: Client, city: None) -> None:
    photo = upload()

    shown = wizard.send(client, page="describe", upload=[photo.token], go="describe")

    assert f'name="cover" value="{photo.token}"' in shown.content.decode()


def test_what_was_marked_is_painted_over_and_the_old_files_are_gone(
    client: Client, city: None, folder: Path, django_capture_on_commit_callbacks: Any
) -> None:
    photo = upload()
    before = photo.name
    assert not is_covered(before)

    with django_capture_on_commit_callbacks(execute=True):
        shown = mark(client, photo.token, MIDDLE)

    assert (shown.status_code, wizard.page(shown)) == (200, "describe")
    assert wizard.fields(shown)["upload"] == [photo.token]
    kept = Photo.objects.get()
    assert (kept.token, kept.created_at) == (photo.token, photo.created_at)
    assert all(is_covered(kept.name, size) for size in ("large", "small"))
    assert files(folder) == files_of(kept.name)
    assert before != kept.name


def test_the_report_gets_the_covered_photo(client: Client, city: None) -> None:
    shown = mark(client, upload().token, MIDDLE, text="")

    wizard.send(client, text="", upload=wizard.fields(shown)["upload"])

    photo = Report.objects.get().photos.get()
    assert photo.state == "held"
    assert is_covered(photo.name)


def test_the_small_picture_is_the_covered_one_at_once(client: Client, city: None) -> None:
    photo = upload()
    before = small(client, photo)

    mark(client, photo.token, MIDDLE)

    now = small(client, photo, before.headers["ETag"])
    assert (now.status_code, now.headers["Cache-Control"]) == (200, "private, no-cache")
    assert small(client, photo, now.headers["ETag"]).status_code == 304


@pytest.mark.parametrize(
    ("boxes", "said"),
    [
        ([], "Mark what has to be covered."),
        (["900,0,200,10"], "The marked places could not be read."),
        ([f"{left},0,1,1" for left in range(151)], "The marked places could not be read."),
    ],
)
def test_nothing_is_painted_without_places_that_can_be_read(
    client: Client, city: None, folder: Path, boxes: list[str], said: str
) -> None:
    photo = upload()

    shown = mark(client, photo.token, *boxes)

    assert shown.status_code == 422
    assert said in wizard.text(shown)
    assert wizard.summary(shown) == ["cover"]
    assert wizard.fields(shown)["text"] == ["Đèn đường hư ba đêm nay."]
    assert files(folder) == files_of(photo.name)


def test_leaving_it_leads_back_and_changes_nothing(
    client: Client, city: None, folder: Path
) -> None:
    photo = upload()

    shown = mark(client, photo.token, MIDDLE, go="describe")

    assert wizard.page(shown) == "describe"
    assert files(folder) == files_of(photo.name)


@pytest.mark.parametrize("field", ["cover", "covering"])
def test_a_photo_that_the_form_does_not_hold_is_not_shown_nor_covered(
    client: Client, city: None, folder: Path, field: str
) -> None:
    own, other = upload(), upload()

    shown = wizard.send(
        client, page="describe", upload=[own.token], box=MIDDLE, **{field: other.token}
    )

    assert wizard.page(shown) == "describe"
    assert "covering" not in wizard.fields(shown)
    assert files(folder) == files_of(own.name, other.name)


def test_a_photo_that_expired_meanwhile_is_told(client: Client, city: None) -> None:
    old = add_upload(pictures.jpeg(), at=timezone.now() - timedelta(hours=25))

    shown = mark(client, old.token, MIDDLE)

    assert shown.status_code == 422
    assert "Please add it again" in wizard.errors(shown)["photo"]


def test_another_tab_that_was_first_is_told(client: Client, city: None, folder: Path) -> None:
    stale = upload()
    mark(client, stale.token, "0,0,10,10")
    (now,) = living_uploads([stale.token], at=timezone.now())
    waiting = files_of(stale.name, now.name)  # the old ones for the end of the test's transaction

    with pytest.raises(AlreadyDecided):
        cover_upload(stale, boxes=[Box.parse(MIDDLE)], at=timezone.now())

    assert files(folder) == waiting
    assert purge_uploads(at=timezone.now()) == 1
    assert files(folder) == files_of(now.name)


def test_a_form_that_was_sent_meanwhile_keeps_its_photo(client: Client, city: None) -> None:
    photo = upload()
    makers.make_report(uploads=(photo.token,), at=timezone.now())

    with pytest.raises(AlreadyDecided):
        cover_upload(photo, boxes=[Box.parse(MIDDLE)], at=timezone.now())

    photo.refresh_from_db()
    assert not is_covered(photo.name)


def test_covering_counts_as_much_as_a_photo_does(
    client: Client, city: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = upload()
    monkeypatch.setattr(rates, "upload_wait", lambda _request, files: 7 * files)

    shown = mark(client, photo.token, MIDDLE)

    assert (shown.status_code, shown.headers["Retry-After"]) == (429, "7")
    assert f'name="box" value="{MIDDLE}"' in shown.content.decode()
    assert Photo.objects.get().name == photo.name


def test_a_moderator_covers_more_of_it_later(client: Client, city: None) -> None:
    shown = mark(client, upload().token, "0,0,100,100")
    wizard.send(client, text="", upload=wizard.fields(shown)["upload"])
    moderator = Actor(roles=frozenset({Role.MODERATOR}))

    photo = Photo.objects.get(report__isnull=False)
    cover_photo(photo, boxes=[Box.parse(MIDDLE)], actor=moderator, at=timezone.now())

    photo.refresh_from_db()
    assert is_covered(photo.name)
