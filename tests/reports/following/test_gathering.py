"""What becomes news, for whom, and when."""

from datetime import timedelta
from typing import Any

import pytest

from hopthu.core.terms import Role, Step
from hopthu.outbox.following.things import Thing
from hopthu.outbox.models import Delivery, News
from hopthu.people.actors import Actor
from hopthu.people.models import Staff
from hopthu.record.models import Entry, Head
from hopthu.reports.following.gathering import gather
from hopthu.reports.models import Report
from tests import makers
from tests.followers import EAST, LAMPS, begin, follow, tell, told
from tests.makers import MONDAY
from tests.together import together

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sealing")]
DAY = timedelta(days=1)


@pytest.fixture
def city_staff() -> Staff:
    return makers.make_staff(
        "binh",
        (Role.OFFICER, "works"),
        (Role.DISPATCHER, None),
        (Role.MODERATOR, None),
        (Role.ADMINISTRATOR, None),
    )


def answer(report: Report, by: Staff, **given: Any) -> Report:
    return makers.take(report, Step.ANSWER, by, words="Mai có người đến.", **given)


class TestWho:
    def test_who_follows_report_area_category_or_both_hears_once_each(
        self, city_staff: Staff
    ) -> None:
        report = makers.make_report()
        begin()
        followers = [
            follow(thing).pk
            for thing in (
                Thing(number=report.number),
                EAST,
                LAMPS,
                Thing(area="east", category="lamp"),
            )
        ]
        for other in (
            Thing(area="west"),
            Thing(category="wires"),
            Thing(area="east", category="wires"),
        ):
            follow(other)

        answer(report, city_staff)

        assert tell() == 4
        assert sorted(told()) == [(report.number, 2, pk) for pk in sorted(followers)]
        assert tell() == 0

    def test_who_has_not_confirmed_hears_nothing(self, city_staff: Staff) -> None:
        begin()
        follow(EAST, confirmed=False)
        answer(makers.make_report(), city_staff)
        assert tell() == 0

    def test_what_came_before_the_confirmation_is_not_told(self) -> None:
        begin()
        makers.make_report()
        follow(EAST, at=MONDAY + timedelta(minutes=1))
        assert tell() == 0

    def test_where_nobody_follows_nothing_is_kept(self, city_staff: Staff) -> None:
        begin()
        answer(makers.make_report(), city_staff)
        assert tell() == 0
        assert not News.objects.exists()


class TestWhat:
    def test_of_a_place_what_comes_in_and_what_the_city_says(self, city_staff: Staff) -> None:
        begin()
        follow(EAST)
        report = makers.make_report()
        makers.take(report, Step.START, city_staff)
        answer(report, city_staff)
        makers.take(report, Step.SUPPORT, Actor(roles=frozenset({Role.NEIGHBOUR})))
        makers.take(report, Step.RESOLVE, city_staff, outcome="done", words="Xong.")
        tell()
        assert [seq for _, seq, _ in told()] == [1, 3, 5]

    def test_of_one_report_every_public_step(self, city_staff: Staff) -> None:
        report = makers.make_report()
        begin()
        follow(Thing(number=report.number))
        makers.take(report, Step.START, city_staff)
        makers.take(report, Step.ADD_WORDS, words="Còn nữa.")
        makers.take(report, Step.RESOLVE, city_staff, outcome="done", words="Xong.")
        makers.take(report, Step.DISPUTE)
        tell()
        assert [seq for _, seq, _ in told()] == [2, 4, 5]


class TestUntold:
    def test_a_private_report_is_told_to_nobody(self, city_staff: Staff) -> None:
        begin()
        follow(EAST)
        follow(LAMPS)
        answer(makers.make_report(private=True), city_staff)
        assert tell() == 0

    @pytest.mark.parametrize(
        ("step", "given"),
        [
            (Step.HIDE, {"reason": "threat", "words": "Lời đe dọa"}),
            (Step.WITHDRAW, {}),
            (Step.ERASE, {}),
        ],
    )
    def test_nor_is_one_that_was_taken_away_before_anybody_looked(
        self, city_staff: Staff, step: Step, given: dict[str, Any]
    ) -> None:
        begin()
        follow(EAST)
        report = makers.make_report()
        if step is Step.ERASE:
            makers.erase(report, city_staff)
        else:
            by = () if step is Step.WITHDRAW else (city_staff,)
            makers.take(report, step, *by, **given)
        assert tell() == 0


class TestRecord:
    def test_nobody_is_told_what_the_record_has_not_numbered(self) -> None:
        begin()
        follow(EAST)
        makers.make_report()
        assert gather(MONDAY) == 0
        assert tell() == 1

    def test_a_log_that_is_numbered_anew_tells_nothing_twice(self) -> None:
        begin()
        follow(EAST)
        makers.make_report()
        tell()
        Head.objects.update(size=0)
        Entry.objects.update(index=None)
        assert tell() == 0
        makers.make_report()
        assert tell() == 1


class TestMornings:
    def test_a_morning_gathers_what_happened_and_goes_out_once(self, city_staff: Staff) -> None:
        begin(MONDAY)
        follower = follow(EAST, "daily")
        one, other = makers.make_report(), makers.make_report()
        answer(one, city_staff)
        assert tell(MONDAY + timedelta(hours=21)) == 0

        assert tell(MONDAY + timedelta(hours=22)) == 1
        assert tell(MONDAY + timedelta(hours=23)) == 0

        news = News.objects.get()
        assert news.lines == [[one.number, 1], [other.number, 1], [one.number, 2]]
        assert told() == [("", news.pk, follower.pk)]

    def test_nothing_happened_and_nothing_goes_out(self) -> None:
        begin(MONDAY)
        follow(EAST, "daily")
        makers.make_report(point=makers.IN_WEST)
        assert tell(MONDAY + DAY) == 0
        assert not News.objects.exists()

    def test_missed_mornings_are_made_up_for_by_one_letter(self) -> None:
        begin(MONDAY)
        follow(EAST, "daily")
        makers.make_report()
        makers.make_report(at=MONDAY + DAY)
        assert tell(MONDAY + 5 * DAY) == 1
        assert len(News.objects.get().lines) == 2

    def test_weekly_goes_out_on_monday(self) -> None:
        begin(MONDAY)
        follow(EAST, "weekly")
        makers.make_report()
        assert tell(MONDAY + 6 * DAY) == 0
        assert tell(MONDAY + 7 * DAY) == 1

    def test_at_once_and_daily_do_not_mix(self) -> None:
        begin(MONDAY)
        follow(EAST, "daily")
        makers.make_report()
        assert tell(MONDAY) == 0
        assert not Delivery.objects.exclude(subscription=None).exists()


@pytest.mark.django_db(transaction=True)
def test_three_workers_at_once_find_everything_once() -> None:
    begin()
    followers = [follow(EAST).pk, follow(LAMPS).pk]
    reports = [makers.make_report().number for _ in range(5)]

    assert together(*[tell] * 3) == []
    tell()

    assert sorted(told()) == sorted((number, 1, pk) for number in reports for pk in followers)
