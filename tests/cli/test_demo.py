"""Sông Mây: invented, whole, believable, and the same each time."""

import argparse
import random
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from shapely import Polygon, coverage_is_valid, unary_union
from shapely.geometry import shape
from time_machine import travel

from hopthu.bodies.models import City
from hopthu.bodies.queries import configuration
from hopthu.cli.demo import hours, land, main, material, speech, streets
from hopthu.cli.demo.compose import compose
from hopthu.cli.demo.material import Text
from hopthu.cli.demo.scenes import SCENES, draw
from hopthu.cli.demo.story import By, Move, Story
from hopthu.core.codes import parse_follow_code, parse_number
from hopthu.core.deadlines import Calendar
from hopthu.core.lifecycle import STEPS
from hopthu.core.routing import Rule, route
from hopthu.core.terms import Status, Step
from hopthu.core.text import spot_personal_data
from hopthu.people import follow_codes
from hopthu.people.models import Staff
from hopthu.reports.models import Event, Photo, Report
from tests.makers import MONDAY, make_report

TZ = ZoneInfo("Asia/Ho_Chi_Minh")
OFFICE = ((time(7, 30), time(11, 30)), (time(13, 30), time(17)))
CALENDAR = Calendar(TZ, dict.fromkeys(range(5), OFFICE), days_off=lambda _: False)
NOW = MONDAY
WARDS = material.city()["wards"]


def stories(seed: int = main.SEED, now: datetime = NOW) -> list[Story]:
    ground = land.grow(seed)
    return compose(seed=seed, now=now, calendar=CALENDAR, streets=streets.lay(ground, WARDS))


@pytest.fixture(scope="module")
def told() -> list[Story]:
    return stories()


@pytest.mark.parametrize("seed", range(12))
def test_six_wards_tile_the_city_without_gap_or_overlap(seed: int) -> None:
    ground = land.grow(seed)

    shapes = [shape(streets.geojson(ward)) for ward in ground.wards.values()]
    whole = unary_union(shapes)

    assert len(shapes) == 6
    assert coverage_is_valid(shapes)
    assert isinstance(whole, Polygon)
    assert list(whole.interiors) == []


@pytest.mark.parametrize("seed", range(12))
def test_every_street_lies_in_its_ward(seed: int) -> None:
    ground = land.grow(seed)

    for street in streets.lay(ground, WARDS):
        border = shape(streets.geojson(ground.wards[street.ward]))
        for share in (0.0, 0.3, 1.0):
            point = street.at(share)
            assert border.covers(shape({"type": "Point", "coordinates": (point.lon, point.lat)}))


def test_the_same_seed_tells_the_same_stories(told: list[Story]) -> None:
    again = stories()

    assert [(one.at, one.text, one.point) for one in again] == [
        (one.at, one.text, one.point) for one in told
    ]


def test_there_are_about_400_and_no_two_say_the_same(told: list[Story]) -> None:
    tests = material.common()["tests"]
    texts = Counter(one.text for one in told if one.text not in tests)

    assert len(told) == 400
    assert texts.most_common(1)[0][1] == 1


@pytest.mark.parametrize("day", range(0, 91, 7))
def test_no_report_is_passed_on_to_the_body_that_has_it(day: int) -> None:
    """Which reports are, depends on the day on which the city is made up."""
    rules = [Rule(**rule) for rule in material.city()["rules"]]
    groups = {about.code: about.setup["group"] for about in material.categories()}
    for story in stories(now=NOW + timedelta(days=day)):
        first = story.happenings[0] if story.happenings else None
        if isinstance(first, Move) and first.step is Step.ROUTE:
            group = groups[story.category]
            body = route(rules, category=story.category, group=group, area=story.area)
            assert body != first.given["body"]


def test_every_category_has_at_least_a_dozen_texts_written_for_it() -> None:
    assert {about.code for about in material.categories() if len(about.texts) < 12} == set()
    assert len(material.categories()) == 14
    assert len(material.city()["groups"]) == 4
    assert len(material.city()["bodies"]) == 5


def test_all_happens_within_ninety_days_and_before_now(told: list[Story]) -> None:
    for story in told:
        assert NOW - timedelta(days=92) < story.at < NOW
        moments = [story.at, *(one.at for one in story.happenings)]
        assert moments == sorted(moments)
        assert moments[-1] < NOW


def test_officers_work_in_office_hours_except_where_it_is_dangerous(told: list[Story]) -> None:
    moves = [
        one
        for story in told
        for one in story.happenings
        if isinstance(one, Move) and one.by is By.OFFICER and story.category != "dangerous_spot"
    ]

    outside = [move for move in moves if not any(a <= move.at.time() <= b for a, b in OFFICE)]

    assert len(moves) > 600
    assert outside == []
    assert {move.at.weekday() for move in moves} <= set(range(5))


def all_words() -> Iterator[str]:
    """Everything that anybody may say, with every slot filled."""
    for about in material.categories():
        for text in (*about.texts, *about.short):
            yield from _words_of(text)


def _words_of(text: Text) -> Iterator[str]:
    yield text.say
    yield from (*text.done, *text.answered)
    for dispute in text.disputes:
        yield from (dispute.say, dispute.then)
    for words in text.words.values():
        yield from (one for one in words if isinstance(one, str))
    for ask in text.asks:
        yield from (ask.ask, ask.reply)
    yield from (decline.words for decline in text.declines)
    yield from (refer.words for refer in text.refers)


SLOTS = {
    "street": "đường Bờ Kè",
    "landmark": "chợ Bến Lúa",
    "alley": "hẻm 12",
    "ward": "phường Chợ Cũ",
    "n": "3",
    "days": "8",
    "office": "Phòng Quản lý đô thị",
    "date": "26/11 (thứ năm)",
}


def test_nothing_that_anybody_says_holds_personal_data() -> None:
    rng = random.Random(1)
    spots = {
        words: spot_personal_data(words)
        for pattern in all_words()
        if (words := speech.say(pattern, rng, SLOTS))
    }

    found = {
        words: [words[spot.start : spot.end] for spot in found]
        for words, found in spots.items()
        if found
    }

    offices = {one["phone"] for one in material.city()["bodies"]}
    assert {words: said for words, said in found.items() if not set(said) <= offices} == {}


def test_a_pattern_without_its_slot_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        speech.say("{nowhere}", random.Random(1), SLOTS)


def test_working_time_skips_noon_night_and_the_weekend() -> None:
    friday = datetime(2026, 11, 20, 16, 0, tzinfo=TZ)

    assert hours.at_work(CALENDAR, friday, timedelta(hours=2)) == datetime(
        2026, 11, 23, 8, 30, tzinfo=TZ
    )
    assert hours.at_work(CALENDAR, friday, timedelta(hours=6)) == datetime(
        2026, 11, 23, 14, 30, tzinfo=TZ
    )


def test_every_scene_of_a_text_can_be_drawn() -> None:
    scenes = {text.scene for about in material.categories() for text in about.texts}

    assert scenes - {""} == set(SCENES)
    for mended in (False, True):
        picture = draw("lamp", random.Random(2), mended=mended)
        assert min(picture.size) >= 700


@pytest.mark.django_db
def test_the_demo_fills_an_empty_mailbox_once(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = argparse.Namespace()

    with travel(NOW, tick=False):
        status = main.run(arguments)
        sheet = capsys.readouterr().out
        again = main.run(arguments)

        assert (status, again) == (0, 1)
        assert "there are reports here already" in capsys.readouterr().err
        check_city()
        check_reports()
        check_sheet(sheet)


def check_city() -> None:
    setup = configuration()
    categories = setup.categories.values()
    assert setup.city.demo
    assert "tưởng tượng" in str(setup.city.about)
    assert [number for number, _ in setup.city.emergency_numbers] == ["113", "114", "115"]
    assert (len(setup.areas), len(setup.bodies), len(categories)) == (6, 5, 14)
    for flag in ("private", "oversight", "danger", "legal_notice"):
        assert any(getattr(category, flag) for category in categories)
    assert {q.datatype for category in categories for q in category.questions} == {
        "string", "number", "datetime", "text", "singlevaluelist", "multivaluelist",
    }  # fmt: skip
    assert any(not q.public for category in categories for q in category.questions)


def check_reports() -> None:
    reports = Report.objects.all()
    assert reports.count() == 400
    assert {report.status for report in reports} == set(Status)
    assert {report.visibility for report in reports} == {"public", "private", "hidden"}
    assert all(report.body_id or report.concerned_id for report in reports)
    steps = {event.kind for event in Event.objects.all()}
    assert set(STEPS) - steps <= {
        Step.UNMERGE,
        Step.SHOW,
        Step.ASK_REVIEW,
        Step.KEEP_HIDDEN,
        Step.ERASE,
    }
    assert Event.objects.filter(at__gt=timezone.now()).count() == 0
    photos = Counter(photo.state for photo in Photo.objects.all())
    assert sum(photos.values()) >= 30
    assert photos["published"] > photos["held"]


def check_sheet(sheet: str) -> None:
    lines = [line.split() for line in sheet.splitlines()]
    said = {line[0]: line[1:] for line in lines if line}
    for staff in Staff.objects.all():
        assert staff.check_password(said[staff.username][0])
    number = parse_number(said["number"][0])
    code = parse_follow_code(" ".join(said["code"]))
    assert follow_codes.check(number, code, at=timezone.now())
    assert Report.objects.get(number=number).visibility == "public"


@pytest.mark.usefixtures("city")
def test_a_city_with_real_reports_is_left_alone(capsys: pytest.CaptureFixture[str]) -> None:
    make_report()

    status = main.run(argparse.Namespace())

    assert status == 1
    assert "there are reports here already" in capsys.readouterr().err
    assert Report.objects.count() == 1


@pytest.mark.usefixtures("city")
def test_a_city_that_is_set_up_is_left_alone_too(capsys: pytest.CaptureFixture[str]) -> None:
    status = main.run(argparse.Namespace())

    assert status == 1
    assert "a city is set up here already" in capsys.readouterr().err
    assert not City.objects.get().demo
