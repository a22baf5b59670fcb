"""A report moves on, through the one door."""

from datetime import timedelta

import pytest

from hopthu.bodies.actions import put_category
from hopthu.core import lifecycle
from hopthu.core.terms import Need, Role, Step
from hopthu.people.actors import NEIGHBOUR
from hopthu.people.queries import actor
from hopthu.reports.actions import BadGiven, Given, SomebodyWasFirst, advance
from hopthu.reports.models import Event, Report
from tests import makers
from tests.makers import MONDAY, take

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def test_an_officer_accepts_and_the_promise_to_acknowledge_is_kept(city: None) -> None:
    officer = makers.make_officer()
    report = makers.make_report()

    take(report, Step.ACCEPT, officer, at=MONDAY + DAY)

    report.refresh_from_db()
    assert report.status == "assigned"
    assert report.acknowledged_at == MONDAY + DAY
    event = report.events.get(seq=2)
    assert (event.kind, event.role, event.staff_id) == ("accept", "officer", officer.pk)


def test_an_officer_of_another_body_may_not(city: None) -> None:
    stranger = makers.make_officer("binh", "office")

    with pytest.raises(lifecycle.NotYourBody):
        take(makers.make_report(), Step.ACCEPT, stranger)

    assert Event.objects.count() == 1


def test_resolving_takes_an_outcome_and_words(city: None) -> None:
    officer = makers.make_officer()
    report = makers.make_report()

    with pytest.raises(lifecycle.Missing) as missing:
        take(report, Step.RESOLVE, officer, outcome="done", words=" \u202e ")
    take(report, Step.RESOLVE, officer, outcome="done", words="Đã thay bóng.")

    assert missing.value.need is Need.WORDS
    report.refresh_from_db()
    assert (report.status, report.outcome) == ("resolved", "done")
    assert report.closed_at == MONDAY
    assert report.events.get(seq=2).words == "Đã thay bóng."


def test_a_reader_of_an_old_page_is_told_what_changed(city: None) -> None:
    an, binh = makers.make_officer("an"), makers.make_officer("binh")
    report = makers.make_report()
    seen = report.seq
    take(report, Step.ACCEPT, an)

    with pytest.raises(SomebodyWasFirst) as first:
        advance(
            report,
            step=Step.ASK,
            actor=actor(binh),
            at=MONDAY,
            given=Given(words="Ở đâu?"),
            seen=seen,
        )

    assert [event.kind for event in first.value.events] == ["accept"]
    report.refresh_from_db()
    assert report.seq == 2


def test_neighbours_do_not_get_in_an_officers_way(city: None) -> None:
    officer = makers.make_officer()
    report = makers.make_report()
    seen = report.seq
    take(report, Step.SUPPORT, NEIGHBOUR)

    advance(report, step=Step.ACCEPT, actor=actor(officer), at=MONDAY, seen=seen)

    report.refresh_from_db()
    assert (report.supports, report.status, report.seq) == (1, "assigned", 3)


def test_asked_and_answered(city: None) -> None:
    officer = makers.make_officer()
    report = makers.make_report()

    take(report, Step.ASK, officer, words="Trụ số mấy?")
    report.refresh_from_db()
    assert report.asked_at == MONDAY
    take(report, Step.REPLY, words="Trụ 14.")
    report.refresh_from_db()
    assert report.asked_at is None


def test_silence_allows_to_decline_only_after_14_days(city: None) -> None:
    officer = makers.make_officer()
    report = makers.make_report()
    take(report, Step.ASK, officer, words="Trụ số mấy?")
    given = {"reason": "not_enough_information", "words": "Chưa đủ thông tin."}

    with pytest.raises(lifecycle.TooEarly):
        take(report, Step.DECLINE, officer, at=MONDAY + 13 * DAY, **given)
    take(report, Step.DECLINE, officer, at=MONDAY + 14 * DAY, **given)
    take(report, Step.REPLY, at=MONDAY + 15 * DAY, words="Trụ 14.")

    report.refresh_from_db()
    assert report.status == "assigned"
    assert report.closed_at is None


def test_the_first_dispute_reopens_with_a_second_promise(city: None) -> None:
    officer = makers.make_officer()
    report = makers.make_report()
    first = report.resolve_by
    take(report, Step.RESOLVE, officer, at=MONDAY + DAY, outcome="done", words="Xong.")

    take(report, Step.DISPUTE, at=MONDAY + 2 * DAY, words="Chưa xong.")

    report.refresh_from_db()
    assert report.status == "assigned"
    assert report.resolve_by > first
    assert report.first_resolve_by == first


def test_the_second_dispute_is_judged_outside_the_body(city: None) -> None:
    officer = makers.make_officer()
    outsider = makers.make_staff("mai", (Role.MODERATOR, None))
    report = makers.make_report()
    for _ in range(2):
        take(report, Step.RESOLVE, officer, outcome="done", words="Xong.")
        take(report, Step.DISPUTE)
    report.refresh_from_db()
    assert (report.status, report.awaits_judgement) == ("resolved", True)

    with pytest.raises(lifecycle.NotForRole):
        take(report, Step.REOPEN, officer)
    take(report, Step.ANSWER, outsider, words="Đã kiểm tra tại chỗ: đèn sáng.")

    report.refresh_from_db()
    assert (report.status, report.awaits_judgement, report.disputes) == ("resolved", False, 2)


def test_a_withdrawal_can_be_undone_for_30_days(city: None) -> None:
    report = makers.make_report()
    take(report, Step.WITHDRAW)

    with pytest.raises(lifecycle.TooLate):
        take(report, Step.REOPEN, at=MONDAY + 31 * DAY)
    take(report, Step.REOPEN, at=MONDAY + 30 * DAY)

    report.refresh_from_db()
    assert (report.status, report.withdrawn_at) == ("received", None)


def test_another_category_may_mean_another_body_and_another_promise(city: None) -> None:
    officer = makers.make_officer()
    report = makers.make_report()
    take(report, Step.ACCEPT, officer)

    take(report, Step.RECATEGORISE, officer, category="papers")

    report.refresh_from_db()
    assert report.body is not None
    assert (report.body.code, report.status, report.reroutes) == ("office", "received", 1)


def test_a_private_answer_stays_private_in_another_category(city: None) -> None:
    officer = makers.make_officer()
    question = {"code": "ref", "prompt": makers.name("Số"), "datatype": "string"}
    for code, public in (("lamp", False), ("wires", True)):
        put_category(
            code,
            group="street",
            name=makers.name(code),
            questions=[{**question, "public": public}],
        )
    report = makers.make_report("lamp", details={"ref": "HS-2026-14"})

    take(report, Step.RECATEGORISE, officer, category="wires")

    report.refresh_from_db()
    assert report.details == {"lamp.ref": "HS-2026-14"}


def test_after_two_moves_only_the_dispatcher_decides(city: None) -> None:
    an, binh = makers.make_officer("an", "works"), makers.make_officer("binh", "office")
    dispatcher = makers.make_staff("chi", (Role.DISPATCHER, None))
    report = makers.make_report()
    take(report, Step.ROUTE, an, body="office")
    take(report, Step.ROUTE, binh, body="works")

    with pytest.raises(lifecycle.NotForRole):
        take(report, Step.ROUTE, an, body="office")
    take(report, Step.ROUTE, dispatcher, body="office")

    report.refresh_from_db()
    assert report.reroutes == 3


def test_merging_needs_an_open_report_of_equal_visibility(city: None) -> None:
    officer = makers.make_officer()
    report, other = makers.make_report(), makers.make_report()
    private = makers.make_report(private=True)
    closed = makers.make_report()
    take(closed, Step.WITHDRAW)

    codes = []
    for number in ("nonsense", report.number, private.number, closed.number):
        with pytest.raises(BadGiven) as bad:
            take(report, Step.MERGE, officer, target=number)
        codes.append(bad.value.code)
    take(report, Step.MERGE, officer, target=other.number)

    assert codes == ["unknown", "same", "other_visibility", "not_open"]
    report.refresh_from_db()
    assert (report.status, report.merged_into) == ("duplicate", other)


def test_the_sender_strikes_out_own_words_everywhere(city: None) -> None:
    officer = makers.make_officer()
    report = makers.make_report(text="Gọi 0912 345 678 gặp tôi.", landmark="nhà 0912 345 678")
    take(report, Step.ADD_WORDS, words="Số 0912 345 678 nhé.")
    take(report, Step.ANSWER, officer, words="Chúng tôi gọi 0912 345 678.")

    take(report, Step.REDACT, passage="0912 345 678")

    report.refresh_from_db()
    assert report.text == "Gọi █████ gặp tôi."
    assert report.landmark == "nhà █████"
    assert "0912" not in report.search_text
    words = [event.words for event in report.events.all()]
    assert words[1] == "Số █████ nhé."
    assert "0912" in words[2], "the city's words are the moderator's to strike"


def test_what_was_answered_to_a_question_can_be_struck_out_too(city: None) -> None:
    put_category(
        "lamp",
        group="street",
        name=makers.name("Đèn đường"),
        questions=[{"code": "pole", "prompt": makers.name("Trụ"), "datatype": "string"}],
    )
    report = makers.make_report(details={"pole": "nhà ông Ba, 0912 345 678"})

    take(report, Step.REDACT, passage="0912 345 678")

    report.refresh_from_db()
    assert report.details == {"pole": "nhà ông Ba, █████"}


def test_a_text_that_is_struck_out_gets_no_longer(city: None) -> None:
    report = makers.make_report(text="a" * 4000)

    take(report, Step.REDACT, passage="a")

    report.refresh_from_db()
    assert report.text == "█" * 4000


def test_hidden_and_shown_again(city: None) -> None:
    moderator = makers.make_staff("mai", (Role.MODERATOR, None))
    report = makers.make_report()

    take(report, Step.HIDE, moderator, reason="advertising", words="Quảng cáo.")
    report.refresh_from_db()
    assert report.visibility == "hidden"
    take(report, Step.SHOW, moderator)
    report.refresh_from_db()
    assert (report.visibility, report.hide_reason) == ("public", "")


def test_a_hidden_report_of_a_private_kind_is_not_shown_to_all_again(city: None) -> None:
    moderator = makers.make_staff("mai", (Role.MODERATOR, None))
    report = makers.make_report()
    take(report, Step.HIDE, moderator, reason="threat", words="Đe dọa.")
    put_category("records", group="street", name=makers.name("Hồ sơ"), private=True)
    take(report, Step.RECATEGORISE, makers.make_officer(), category="records")

    take(report, Step.SHOW, moderator)

    report.refresh_from_db()
    assert report.visibility == "private"


def test_a_report_about_a_body_is_not_given_to_it(city: None) -> None:
    dispatcher = makers.make_staff("chi", (Role.DISPATCHER, None))
    report = makers.make_report("service", point=None, concerned="office")

    with pytest.raises(BadGiven, match="concerned"):
        take(report, Step.ROUTE, dispatcher, body="office")


def test_the_concerned_body_may_only_answer(city: None) -> None:
    works = makers.make_officer()
    report = makers.make_report("service", point=None, concerned="works")

    take(report, Step.ANSWER, works, words="Chúng tôi xin giải thích.")
    with pytest.raises(lifecycle.ConcernedBody):
        take(report, Step.DECLINE, works, reason="law", words="Không.")


def test_extending_once_to_the_end_of_a_working_day(city: None) -> None:
    officer = makers.make_officer()
    report = makers.make_report()
    first = report.resolve_by
    new = (first + 7 * DAY).date()

    take(report, Step.EXTEND, officer, date=new, words="Chờ vật tư.")

    report.refresh_from_db()
    assert report.resolve_by.astimezone(makers.TZ).isoformat()[:16] == f"{new}T17:00"
    assert report.first_resolve_by == first
    with pytest.raises(lifecycle.AlreadyUsed):
        take(report, Step.EXTEND, officer, date=new + 7 * DAY, words="Chờ nữa.")


def test_adding_nothing_is_refused(city: None) -> None:
    with pytest.raises(BadGiven):
        take(makers.make_report(), Step.ADD_WORDS, words=" ")


def test_events_are_numbered_without_gaps(city: None) -> None:
    officer = makers.make_officer()
    report = makers.make_report()
    take(report, Step.ACCEPT, officer)
    take(report, Step.START, officer)
    take(report, Step.RESOLVE, officer, outcome="answered", words="Đã trả lời.")
    take(report, Step.CONFIRM)

    assert [event.seq for event in report.events.all()] == [1, 2, 3, 4, 5]
    assert Report.objects.get().seq == 5
