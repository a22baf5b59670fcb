"""Photos on their way into a report."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from hopthu.core.terms import HideReason, Role, Step
from hopthu.people.queries import actor
from hopthu.reports.actions import BadGiven, photos
from hopthu.reports.intake import BadIntake
from hopthu.reports.models import Event, Photo, Report
from hopthu.reports.photos import storage
from hopthu.reports.photos.errors import Broken
from hopthu.reports.queries.reading import published_photo
from hopthu.reports.queries.uploads import living_uploads
from tests import makers
from tests.makers import MONDAY, take
from tests.reports.photos import pictures

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.PHOTOS = tmp_path
    return tmp_path


def upload(at: Any = MONDAY) -> Photo:
    return photos.add_upload(pictures.jpeg(), at=at)


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_an_upload_belongs_to_nobody_and_nobody_sees_it(city: None, folder: Path) -> None:
    photo = upload()

    assert (photo.report, photo.state, photo.width, photo.height) == (None, "held", 64, 48)
    assert len(files(folder)) == 2
    assert published_photo(photo.name) is None


def test_a_refused_file_leaves_nothing(city: None, folder: Path) -> None:
    with pytest.raises(Broken):
        photos.add_upload(pictures.jpeg()[:400], at=MONDAY)

    assert not Photo.objects.exists()
    assert files(folder) == []


def test_a_disk_that_cannot_be_written_leaves_no_row(city: None, settings: Any) -> None:
    settings.PHOTOS = Path("/proc/nowhere")

    with pytest.raises(OSError):  # noqa: PT011  whatever the disk says
        upload()

    assert not Photo.objects.exists()


def test_a_report_takes_its_photos(city: None) -> None:
    first, second = upload(), upload()

    report = makers.make_report(text="", uploads=(first.token, second.token))

    event = Event.objects.get()
    assert [(p.pk, p.event_id, p.state) for p in report.photos.all()] == [
        (first.pk, event.pk, "held"),
        (second.pk, event.pk, "held"),
    ]


def test_the_same_form_sent_twice_is_still_one_report(city: None) -> None:
    photo = upload()
    first = makers.send_report(submission="one", uploads=(photo.token,))
    second = makers.send_report(submission="one", uploads=(photo.token,))

    assert (first.fresh, second.fresh, second.report) == (True, False, first.report)


def test_anothers_photo_is_never_taken(city: None) -> None:
    photo = upload()
    theirs = makers.make_report(uploads=(photo.token,))

    with pytest.raises(BadIntake) as caught:
        makers.make_report(uploads=(photo.token,))

    assert [problem.code for problem in caught.value.problems] == ["photo_gone"]
    photo.refresh_from_db()
    assert photo.report == theirs
    assert Report.objects.count() == 1


@pytest.mark.parametrize("age", [24, 25, 1000])
def test_a_photo_that_waited_too_long_is_told_of(city: None, age: int) -> None:
    photo = upload()

    assert living_uploads([photo.token], at=MONDAY + (age - 1) * HOUR) == [photo][: age == 24]
    with pytest.raises(BadIntake):
        makers.make_report(uploads=(photo.token,), at=MONDAY + age * HOUR)

    assert not Report.objects.exists()


def test_words_and_photos_can_be_added_later(city: None) -> None:
    report = makers.make_report()
    photo = upload()

    take(report, Step.ADD_WORDS, uploads=(photo.token,))
    with pytest.raises(BadGiven) as caught:
        take(report, Step.ADD_WORDS, words="x", uploads=("unknown",))

    photo.refresh_from_db()
    assert photo.report == report
    assert photo.event == report.events.get(seq=2)
    assert caught.value.code == "photo_gone"
    assert report.events.count() == 2


def test_the_purge_takes_what_nobody_fetched_and_nothing_else(city: None, folder: Path) -> None:
    kept, expired, waiting = upload(), upload(), upload(MONDAY + 3 * HOUR)
    makers.make_report(uploads=(kept.token,))

    assert photos.purge_uploads(at=MONDAY + 24 * HOUR) == 0
    assert photos.purge_uploads(at=MONDAY + 25 * HOUR) == 1

    assert set(Photo.objects.all()) == {kept, waiting}
    assert not storage.path(expired.name, "large").exists()
    assert len(files(folder)) == 4


def test_the_purge_clears_up_after_a_crash(city: None, folder: Path) -> None:
    photo = upload()
    storage.path(photo.name, "small").rename(
        storage.path(photo.name, "small").parent / f".{photo.name}-small.part"
    )

    photos.purge_uploads(at=MONDAY + 25 * HOUR)

    assert files(folder) == []


def test_a_moderator_lets_everybody_see_a_photo_and_the_public_is_told(city: None) -> None:
    moderator = makers.make_staff("mai", (Role.MODERATOR, None))
    photo = upload()
    report = makers.make_report(uploads=(photo.token,))
    photo.refresh_from_db()

    photos.publish_photo(photo, actor=actor(moderator), at=MONDAY + HOUR)

    assert published_photo(photo.name) == photo
    event = report.events.get(seq=2)
    assert (event.kind, event.role, event.at) == ("photo.published", "moderator", MONDAY + HOUR)
    report.refresh_from_db()
    assert report.seq == 2
    with pytest.raises(photos.AlreadyDecided):
        photos.publish_photo(photo, actor=actor(moderator), at=MONDAY + HOUR)
    assert report.events.count() == 2


def test_a_photo_is_withheld_for_a_reason_that_stays(city: None) -> None:
    moderator = actor(makers.make_staff("mai", (Role.MODERATOR, None)))
    photo = upload()
    report = makers.make_report(uploads=(photo.token,))
    photo.refresh_from_db()
    photos.publish_photo(photo, actor=moderator, at=MONDAY)

    photos.withhold_photo(photo, actor=moderator, reason=HideReason.PERSONAL_DATA, at=MONDAY + HOUR)

    assert published_photo(photo.name) is None
    assert (photo.state, photo.reason) == ("withheld", "personal_data")
    event = report.events.get(seq=3)
    assert (event.kind, event.data["reason"]) == ("photo.withheld", "personal_data")


def test_an_officer_does_not_decide_about_photos(city: None) -> None:
    officer = actor(makers.make_officer())
    photo = upload()
    makers.make_report(uploads=(photo.token,))

    with pytest.raises(photos.NotForModerator):
        photos.publish_photo(photo, actor=officer, at=MONDAY)

    photo.refresh_from_db()
    assert photo.state == "held"


def test_an_upload_is_published_by_nobody(city: None) -> None:
    moderator = actor(makers.make_staff("mai", (Role.MODERATOR, None)))

    with pytest.raises(photos.AlreadyDecided):
        photos.publish_photo(upload(), actor=moderator, at=MONDAY)


def test_erased_photos_leave_neither_row_nor_file(
    city: None, folder: Path, django_capture_on_commit_callbacks: Any
) -> None:
    photo = upload()
    report = makers.make_report(uploads=(photo.token,))

    with django_capture_on_commit_callbacks(execute=True):
        photos.delete_photos(report)

    assert not Photo.objects.exists()
    assert files(folder) == []


def test_a_crash_while_erasing_leaves_the_rest_to_the_purge(city: None, folder: Path) -> None:
    photo = upload()
    report = makers.make_report(uploads=(photo.token,))

    photos.delete_photos(report)
    photos.purge_uploads(at=MONDAY)

    assert not Photo.objects.exists()
    assert files(folder) == []
