"""Photos that everybody may see."""

import pytest
from django.test import Client

from hopthu.core.terms import HideReason, Role, Step
from hopthu.reports.models import Photo, Report
from hopthu.reports.photos import storage
from hopthu.reports.photos.rendered import Rendered
from tests import makers

pytestmark = pytest.mark.django_db


def make_photo(report: Report, state: Photo.State = Photo.State.PUBLISHED) -> Photo:
    name = storage.new_name()
    storage.save(name, Rendered(b"the large one", b"the small one", 4, 3))
    return Photo.objects.create(
        token=name,
        name=name,
        report=report,
        state=state,
        width=4,
        height=3,
        created_at=makers.MONDAY,
    )


def test_a_published_photo_comes_in_two_sizes(city: None, client: Client) -> None:
    photo = make_photo(makers.make_report())

    large = client.get(f"/photos/{photo.name}")
    small = client.get(f"/photos/{photo.name}?size=small")

    assert large.headers["Content-Type"] == "image/webp"
    assert large.getvalue() == b"the large one"
    assert small.getvalue() == b"the small one"


@pytest.mark.parametrize("state", [Photo.State.HELD, Photo.State.WITHHELD])
def test_a_photo_that_nobody_published_is_not_found(
    city: None, client: Client, state: Photo.State
) -> None:
    photo = make_photo(makers.make_report(), state)

    assert client.get(f"/photos/{photo.name}").status_code == 404


def test_a_photo_goes_out_of_sight_with_its_report(city: None, client: Client) -> None:
    report = makers.make_report()
    photo = make_photo(report)
    moderator = makers.make_staff("mod", (Role.MODERATOR, None))
    makers.take(report, Step.HIDE, moderator, reason=HideReason.THREAT, words="Đe dọa.")

    assert client.get(f"/photos/{photo.name}").status_code == 404


def test_a_photo_goes_when_the_sender_takes_the_report_back(city: None, client: Client) -> None:
    report = makers.make_report()
    photo = make_photo(report)
    makers.take(report, Step.WITHDRAW)

    assert client.get(f"/photos/{photo.name}").status_code == 404


@pytest.mark.parametrize("name", ["x", "..%2F..%2Fhopthu.sqlite3", "0" * 32, "%00"])
def test_a_name_that_no_photo_has_is_not_found(city: None, client: Client, name: str) -> None:
    assert client.get(f"/photos/{name}").status_code == 404
