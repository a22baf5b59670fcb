"""What the entry of a step tells, and what it commits to anew."""

from datetime import date, timedelta
from typing import Any

import pytest

from hopthu.bodies.actions import put_category
from hopthu.core.entries import Entry
from hopthu.core.terms import HideReason, Need, Role, Step
from hopthu.people.actors import NEIGHBOUR
from hopthu.people.models import Staff
from hopthu.people.queries import actor
from hopthu.record.models import Entry as Row
from hopthu.reports.actions import BadGiven, photos
from hopthu.reports.intake import Place
from hopthu.reports.models import Event, Photo, Report
from hopthu.reports.queries.disclosure import all_values, disclosed
from tests import makers, recorded
from tests.makers import MONDAY, take
from tests.public.test_photo import make_photo

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
REFERRED: dict[str, Any] = {
    "recipient": "Điện lực",
    "phone": "0270 1",
    "date": date(2026, 11, 30),
    "words": "Bên đó lo.",
}


@pytest.fixture
def officer(city: None) -> Staff:
    return makers.make_officer()


@pytest.fixture
def moderator(city: None) -> Staff:
    return makers.make_staff("mai", (Role.MODERATOR, None))


def last(report: Report) -> Entry:
    return recorded.entries(report)[-1]


def told(report: Report) -> dict[str, Any]:
    return recorded.facts(last(report))


def values(report: Report) -> dict[str, Any]:
    return {slot: one["value"] for slot, one in disclosed(report.number).values.items()}


def test_a_report_comes_in(city: None) -> None:
    report = makers.make_report()

    entry = last(report)

    assert {**entry.told, "commitments": set(entry.commitments)} == {
        "v": 1,
        "type": "received",
        "report": report.number,
        "seq": 1,
        "time": "2026-11-16T02:00:00Z",
        "category": "lamp",
        "area": "east",
        "status": "received",
        "actor": "sender",
        "photos": 0,
        "body": "works",
        "due": "2026-12-01T10:00:00Z",
        "commitments": {"text", "place", "time.1"},
    }


def test_a_private_report_tells_the_group_and_the_day(city: None) -> None:
    report = makers.make_report("noise", point=None, area="east", text="Ồn.")

    entry = last(report)

    assert {**entry.told, "commitments": set(entry.commitments)} == {
        "v": 1,
        "type": "received",
        "report": report.number,
        "seq": 1,
        "private": True,
        "time": "2026-11-16",
        "group": "street",
        "status": "received",
        "actor": "sender",
        "photos": 0,
        # All that there could be, so that nobody guesses its kind by what there is.
        "commitments": {"answers", "answers_withheld", "place", "text", "time.1"},
    }


@pytest.mark.parametrize(
    ("step", "given", "facts"),
    [
        (Step.ACCEPT, {}, {}),
        (Step.ROUTE, {"body": "office"}, {"body": "office"}),
        (Step.SCHEDULE, {"date": date(2026, 11, 20)}, {"date": "2026-11-20"}),
        (
            Step.EXTEND,
            {"date": date(2027, 1, 4), "words": "Chờ vật tư."},
            {"date": "2027-01-04", "due": "2027-01-04T10:00:00Z"},
        ),
        (Step.RESOLVE, {"outcome": "done", "words": "Xong."}, {"outcome": "done"}),
        (Step.DECLINE, {"reason": "budget", "words": "Hết tiền."}, {"reason": "budget"}),
        (Step.RECATEGORISE, {"category": "papers"}, {"body": "office"}),
        (Step.REFER, REFERRED, {"date": "2026-11-30"}),
    ],
)
def test_a_step_tells_codes_and_days(
    officer: Staff, step: Step, given: dict[str, Any], facts: dict[str, Any]
) -> None:
    report = makers.make_report()

    take(report, step, officer, **given)

    assert (last(report).type, told(report)) == (step, facts)


def test_a_merge_tells_into_which(officer: Staff) -> None:
    report, other = makers.make_report(), makers.make_report()

    take(report, Step.MERGE, officer, target=other.number)

    assert told(report) == {"into": other.number}


def test_what_a_report_is_referred_to_is_committed_to(officer: Staff) -> None:
    report = makers.make_report()

    take(report, Step.REFER, officer, **REFERRED)

    assert values(report)["referral.2"] == {"recipient": "Điện lực", "phone": "0270 1"}


@pytest.mark.parametrize("column", ["recipient", "recipient_phone"])
def test_a_referral_that_two_places_tell_differently_is_not_told(
    officer: Staff, column: str
) -> None:
    report = makers.make_report()
    take(report, Step.REFER, officer, **REFERRED)

    Report.objects.filter(pk=report.pk).update(**{column: "khác"})

    assert "referral.2" not in values(report)


def test_a_reopening_tells_the_new_promise_and_a_dispute_its_count(officer: Staff) -> None:
    report = makers.make_report()
    take(report, Step.RESOLVE, officer, outcome="done", words="Xong.")

    take(report, Step.DISPUTE, at=MONDAY + DAY)

    assert told(report) == {"count": 1, "due": "2026-12-02T10:00:00Z"}


def test_a_judgement_tells_how_it_ends(officer: Staff, moderator: Staff) -> None:
    report = makers.make_report()
    for _ in range(2):
        take(report, Step.RESOLVE, officer, outcome="done", words="Xong.")
        take(report, Step.DISPUTE)

    take(report, Step.ANSWER, moderator, words="Đèn sáng.")

    assert told(report) == {"judged": "stands"}


def test_a_moved_place_is_committed_to_anew(officer: Staff) -> None:
    report = makers.make_report(landmark="cạnh chợ")

    take(report, Step.RELOCATE, officer, place=Place(makers.IN_WEST, None, "sau chợ"))

    assert (last(report).told["area"], "place" in last(report).commitments) == ("west", True)
    assert values(report)["place"] == {"lat": "10.005", "lon": "106.005", "landmark": "sau chợ"}
    assert recorded.salted(report).count("place") == 1


def test_a_place_of_which_nothing_is_left_is_nothing_from_then_on(officer: Staff) -> None:
    report = makers.make_report()
    take(report, Step.RECATEGORISE, officer, category="papers")

    take(report, Step.RELOCATE, makers.make_officer("binh", "office"), place=Place(area="east"))

    assert values(report)["place"] == {}
    recorded.assert_open(all_values(report), recorded.rule_of(report))


def test_struck_words_are_committed_to_anew_and_their_old_salts_are_gone(
    officer: Staff, moderator: Staff
) -> None:
    report = makers.make_report(text="Nhà bà Tư.", landmark="cạnh nhà bà Tư")
    take(report, Step.ANSWER, officer, words="Bà Tư, bà Tư ơi.")
    before = {event.seq: event.salts for event in report.events.all()}

    take(report, Step.REDACT, moderator, passage="bà Tư", words="Tên người.")

    assert told(report) == {"replaces": ["place", "text", "words.2"]}
    kept = {event.seq: set(event.salts) for event in report.events.all()}
    assert kept == {
        1: {"time.1"},
        2: {"time.2"},
        3: {"text", "place", "words.2", "words.3", "time.3"},
    }
    after = recorded.rule_of(report)
    recorded.assert_open(all_values(report), after)
    assert before[1]["text"] != report.events.get(seq=3).salts["text"]


def test_a_passage_that_stands_in_too_many_steps_is_refused_and_nothing_is_written(
    moderator: Staff,
) -> None:
    report = makers.make_report()
    Event.objects.bulk_create(
        Event(
            report=report, seq=seq, kind="add_words", at=MONDAY, role=Role.SENDER,
            status="received", words="bà Tư",
        )
        for seq in range(2, 1002)
    )  # fmt: skip
    Report.objects.filter(pk=report.pk).update(seq=1001)

    with pytest.raises(BadGiven) as refused:
        take(report, Step.REDACT, moderator, passage="bà Tư", words="Tên người.")

    assert (refused.value.need, refused.value.code) == (Need.PASSAGE, "too_often")
    assert Event.objects.filter(words="bà Tư").count() == 1000
    assert Row.objects.filter(report=report.number).count() == 1


def test_what_is_erased_loses_its_salts_and_the_record_shows_it(officer: Staff, city: None) -> None:
    report = makers.make_report(landmark="cạnh chợ")
    take(report, Step.ADD_WORDS, words="Vẫn hư.")
    take(report, Step.ANSWER, officer, words="Mai sửa.")
    administrator = makers.make_staff("ha", (Role.ADMINISTRATOR, None))

    makers.erase(report, administrator)

    assert last(report).type == "erasure"
    assert told(report) == {"erased": ["place", "text", "words.2"], "reason": "sender"}
    assert sorted(values(report)) == ["time.1", "time.2", "time.3", "time.4", "words.3"]
    assert recorded.salted(report) == sorted(values(report))


def test_a_photo_is_committed_to_each_time_it_is_published(moderator: Staff) -> None:
    report = makers.make_report()
    photo, who = make_photo(report, Photo.State.HELD), actor(moderator)
    slot = f"photo.{photo.pk}"

    photos.publish_photo(photo, actor=who, at=MONDAY)
    assert (told(report), slot in last(report).commitments) == ({"photo": photo.pk}, True)
    photos.withhold_photo(photo, actor=who, reason=HideReason.PERSONAL_DATA, at=MONDAY)
    assert told(report) == {"photo": photo.pk, "reason": "personal_data"}
    assert slot not in values(report)
    photos.publish_photo(photo, actor=who, at=MONDAY)

    assert recorded.salted(report).count(slot) == 1
    assert slot in values(report)
    recorded.assert_open(all_values(report), recorded.rule_of(report))


def test_answers_for_the_body_alone_are_committed_to_apart(officer: Staff) -> None:
    ask([("pole", True), ("house", False)])
    report = makers.make_report(details={"pole": "Trụ 14", "house": "Nhà 3"})

    own = {slot: one["value"] for slot, one in all_values(report).items()}

    assert (own["answers"], own["answers_withheld"]) == ({"pole": "Trụ 14"}, {"house": "Nhà 3"})
    assert "answers_withheld" not in values(report)


def test_a_question_that_becomes_public_later_gives_no_answer_away(officer: Staff) -> None:
    ask([("house", False)])
    report = makers.make_report(details={"house": "Nhà 3"})

    ask([("house", True)])

    assert "answers" not in values(report)
    recorded.assert_open(all_values(report), recorded.rule_of(report))


def ask(questions: list[tuple[str, bool]]) -> None:
    rows = [
        {"code": code, "prompt": makers.name(code), "datatype": "string", "public": public}
        for code, public in questions
    ]
    put_category("lamp", group="street", name=makers.name("Đèn"), questions=rows)


def test_a_clock_that_was_set_back_dates_nothing_back(officer: Staff) -> None:
    report = makers.make_report()
    take(report, Step.SUPPORT, NEIGHBOUR, at=MONDAY + 2 * DAY)

    moved = take(report, Step.ACCEPT, officer, at=MONDAY + DAY)

    assert (moved.updated_at, moved.acknowledged_at) == (MONDAY + 2 * DAY, MONDAY + 2 * DAY)
    assert last(report).time == "2026-11-18T02:00:00Z"


def test_a_step_that_is_refused_leaves_no_entry(officer: Staff) -> None:
    report = makers.make_report()

    with pytest.raises(BadGiven):
        take(report, Step.ROUTE, officer, body="nobody")

    assert len(recorded.entries(report)) == 1


def test_a_report_sent_twice_has_one_entry(city: None) -> None:
    report = makers.make_report(submission="one")
    makers.make_report(submission="one")

    assert len(recorded.entries(report)) == 1
    assert Row.objects.exclude(report="").count() == 1
