"""A report comes in."""

import pytest

from hopthu.core.codes import parse_follow_code
from hopthu.core.geometry import Point
from hopthu.people import follow_codes
from hopthu.people.models import FollowCode
from hopthu.reports.actions import receive
from hopthu.reports.intake import BadIntake, Intake, Place
from hopthu.reports.models import Event, Report
from tests import makers

pytestmark = pytest.mark.django_db


def problems(**intake: object) -> dict[str, str]:
    with pytest.raises(BadIntake) as caught:
        receive(Intake(**intake), submission="s", at=makers.MONDAY)  # type: ignore[arg-type]
    return {problem.field: problem.code for problem in caught.value.problems}


def test_a_report_goes_to_the_body_responsible_with_a_date(city: None) -> None:
    received = makers.send_report("lamp", text="  Đèn hư.  ", point=makers.IN_EAST)

    report = received.report
    assert received.fresh
    assert report.status == "received"
    assert report.body is not None
    assert report.body.code == "works"
    assert report.area is not None
    assert report.area.code == "east"
    assert report.text == "Đèn hư."
    assert report.resolve_by > makers.MONDAY
    assert report.first_resolve_by == report.resolve_by
    assert report.visibility == "public"


def test_it_begins_with_an_event(city: None) -> None:
    report = makers.make_report()

    event = Event.objects.get()
    assert (event.report_id, event.seq, event.kind) == (report.pk, 1, "received")
    assert (event.role, event.status) == ("sender", "received")


def test_the_code_opens_the_report_and_is_kept_only_as_a_hash(city: None) -> None:
    received = makers.send_report()

    number, code = received.report.number, received.follow_code
    assert parse_follow_code(code) == code
    assert follow_codes.check(number, code, at=makers.MONDAY)
    stored = FollowCode.objects.get(number=number)
    assert code not in stored.hash


def test_the_same_form_sent_twice_makes_one_report_with_one_code(city: None) -> None:
    first = makers.send_report(submission="the same form")
    second = makers.send_report(submission="the same form", text="Something else.")

    assert not second.fresh
    assert second.report == first.report
    assert second.follow_code == first.follow_code
    assert Report.objects.count() == 1
    assert Event.objects.count() == 1


def test_a_private_category_makes_a_private_report(city: None) -> None:
    report = makers.make_report("noise", point=None, area="west")

    assert report.visibility == "private"


def test_the_sender_may_choose_that_only_the_body_reads_it(city: None) -> None:
    assert makers.make_report(private=True).visibility == "private"


def test_a_report_about_a_body_does_not_go_to_it(city: None) -> None:
    about_office = makers.make_report("service", point=None, concerned="office")
    about_works = makers.make_report("service", point=None, concerned="works")

    assert about_office.body is None
    assert about_works.body is not None
    assert about_works.body.code == "office"


def test_a_category_without_place_keeps_none(city: None) -> None:
    report = makers.make_report("papers", point=makers.IN_EAST, landmark="somewhere")

    assert (report.point, report.area, report.landmark) == (None, None, "")


def test_without_a_map_a_ward_and_a_landmark_are_enough(city: None) -> None:
    report = makers.make_report(point=None, area="west", landmark="trước chợ")

    assert report.cell is None
    assert report.landmark == "trước chợ"


def test_every_problem_is_named_at_once(city: None) -> None:
    assert problems(category="lamp", text=" ") == {"text": "text_or_photo", "area": "place_missing"}
    assert problems(category="nothing") == {"category": "category_unknown"}
    assert problems(category="service", text="x") == {"concerned": "body_unknown"}


def test_a_point_outside_the_city_is_refused(city: None) -> None:
    sea = Place(point=makers.IN_THE_SEA)

    assert problems(category="lamp", text="x", place=sea) == {"lat": "outside_city"}


def test_a_point_with_latitude_and_longitude_exchanged_is_told_so(city: None) -> None:
    here = makers.IN_EAST
    swapped = Place(point=Point(here.lon, here.lat))

    found = problems(category="lamp", text="x", place=swapped)

    assert found == {"lat": "coordinates_swapped"}


def test_a_landmark_of_which_nothing_can_be_read_is_none(city: None) -> None:
    blank = Place(area="west", landmark="\u202e\u200b\x07 ")

    assert problems(category="lamp", text="x", place=blank) == {"landmark": "place_missing"}


def test_a_landmark_is_measured_as_it_would_be_kept(city: None) -> None:
    grows = Place(area="west", landmark="\u0958" * 200)  # NFC makes two of each

    assert problems(category="lamp", text="x", place=grows) == {"landmark": "landmark_too_long"}


def test_a_refused_report_leaves_nothing(city: None) -> None:
    problems(category="lamp", text="x" * 4001, place=Place(point=makers.IN_EAST))

    assert not Report.objects.exists()
    assert not Event.objects.exists()


def test_a_number_that_is_taken_is_drawn_again(city: None, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter([bytes(5), bytes(5), b"\0\0\0\0\1"])
    monkeypatch.setattr("secrets.token_bytes", lambda _count: next(drawn))

    assert [makers.make_report().number for _ in range(2)] == ["00000000", "00000001"]
