"""Something is deleted for good: asked for from outside, proposed by one, decided by another."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

import hopthu
from hopthu.care.retention import purge
from hopthu.core.erasure import MOST_OPEN, Asker, Verdict
from hopthu.core.refusals import ConcernedBody, Missing
from hopthu.core.terms import Need, Role, Step
from hopthu.people.models import Staff
from hopthu.people.queries import actor
from hopthu.record.models import Entry
from hopthu.reports.actions import BadGiven, erasing
from hopthu.reports.actions.erasing import (
    AskedAlready,
    BadWish,
    MovedOn,
    NotAdministrator,
    NotAskable,
    NoWords,
    SamePerson,
    Wish,
)
from hopthu.reports.models import ErasureRequest, Report
from hopthu.reports.queries.erasures import request_by
from hopthu.reports.residue import outstanding
from tests import makers, recorded
from tests.makers import MONDAY

pytestmark = pytest.mark.django_db
WHOLE = Wish(scope="report")
NAMED = Wish(scope="passage", passage="bà Tư", ground="name")


@pytest.fixture
def giang(city: None) -> Staff:
    return makers.make_staff("giang", (Role.ADMINISTRATOR, None))


@pytest.fixture
def hoa(city: None) -> Staff:
    return makers.make_staff("hoa", (Role.ADMINISTRATOR, None), (Role.MODERATOR, None))


@pytest.fixture
def report(city: None) -> Report:
    return makers.make_report(text="Nước thải chảy trước nhà bà Tư.")


def asked_of(report: Report, wish: Wish = WHOLE) -> ErasureRequest:
    return erasing.ask_as_sender(report, wish, at=MONDAY)


def propose(asked: ErasureRequest, by: Staff, verdict: Verdict = Verdict.ERASE) -> ErasureRequest:
    erasing.propose(asked, verdict=verdict, words="Vì vậy.", actor=actor(by), at=MONDAY)
    return again(asked)


def again(asked: ErasureRequest) -> ErasureRequest:
    return ErasureRequest.objects.get(pk=asked.pk)


def decide(asked: ErasureRequest, by: Staff) -> ErasureRequest:
    erasing.decide(asked, actor=actor(by), at=MONDAY)
    return again(asked)


def test_what_the_sender_asks_goes_when_two_people_agree(
    report: Report, giang: Staff, hoa: Staff
) -> None:
    asked = propose(asked_of(report), giang)
    report.refresh_from_db()
    before = report.text

    decided = decide(asked, hoa)

    report.refresh_from_db()
    assert (before != "", report.text) == (True, "")
    assert (decided.outcome, decided.decided_by, decided.proposed_by) == ("erase", hoa, giang)
    event = report.events.get(kind=Step.ERASE)
    assert (event.staff, event.role, event.data) == (hoa, "administrator", {"reason": "sender"})
    entry = recorded.entries(report)[-1].told
    assert (entry["type"], entry["reason"], entry["actor"]) == (
        "erasure",
        "sender",
        "administrator",
    )


def test_only_the_words_that_a_person_named_asked_for_go(
    report: Report, giang: Staff, hoa: Staff
) -> None:
    reference = erasing.ask_as_named(report, NAMED, at=MONDAY)
    asked = request_by(reference)
    assert asked is not None

    decided = decide(propose(asked, giang), hoa)

    report.refresh_from_db()
    assert report.text == "Nước thải chảy trước nhà █████."
    assert (decided.outcome, decided.passage) == ("erase", "")
    entry = recorded.entries(report)[-1].told
    assert (entry["type"], entry["reason"]) == ("redact", "person_named")
    assert entry["actor"] == "administrator", "although she is a moderator as well"
    assert outstanding() > 0, "the words are to be cleared from the files"


def test_nothing_that_was_typed_into_a_request_is_in_the_record(
    report: Report, giang: Staff, hoa: Staff
) -> None:
    reference = erasing.ask_as_named(report, NAMED, at=MONDAY)
    entries = Entry.objects.filter(report=report.number).count()
    asked = request_by(reference)
    assert asked is not None
    decide(propose(asked, giang, Verdict.REFUSE), hoa)

    leaves = b"".join(bytes(leaf) for leaf in Entry.objects.values_list("leaf", flat=True))

    assert Entry.objects.filter(report=report.number).count() == entries == 1
    assert "Tư".encode() not in leaves
    assert reference.encode() not in leaves


def test_a_refusal_keeps_the_report_and_the_words_to_the_asker(
    report: Report, giang: Staff, hoa: Staff
) -> None:
    asked = asked_of(report, replace(NAMED, ground=""))

    decided = decide(propose(asked, giang, Verdict.REFUSE), hoa)

    report.refresh_from_db()
    assert (decided.outcome, decided.words, decided.passage) == ("refuse", "Vì vậy.", "")
    assert "bà Tư" in report.text
    assert outstanding() == 1, "the quoted words are to be cleared from the files"


def test_nobody_is_both_people_not_even_in_two_tabs(report: Report, giang: Staff) -> None:
    first_tab = asked_of(report)
    second_tab = propose(first_tab, giang)

    with pytest.raises(SamePerson):
        decide(second_tab, giang)
    with pytest.raises(MovedOn):
        decide(first_tab, giang)

    report.refresh_from_db()
    assert (again(first_tab).outcome, report.text != "") == ("", True)


def test_the_database_itself_refuses_the_same_person_twice(report: Report, giang: Staff) -> None:
    asked = propose(asked_of(report), giang)

    with pytest.raises(IntegrityError), transaction.atomic():
        ErasureRequest.objects.filter(pk=asked.pk).update(
            outcome="erase", decided_by=giang, decided_at=MONDAY
        )


def test_decided_is_what_was_read_and_nothing_newer(
    report: Report, giang: Staff, hoa: Staff
) -> None:
    """Hoa reads a proposal to refuse; meanwhile it was taken back and turned round."""
    read = propose(asked_of(report), giang, Verdict.REFUSE)
    erasing.send_back(read, actor=actor(giang))
    later = MONDAY + timedelta(minutes=5)
    erasing.propose(again(read), verdict=Verdict.ERASE, words="Xóa.", actor=actor(giang), at=later)

    with pytest.raises(MovedOn):
        decide(read, hoa)

    assert again(read).is_open


def test_it_is_proposed_and_decided_once(report: Report, giang: Staff, hoa: Staff) -> None:
    fresh = asked_of(report)
    asked = propose(fresh, giang)

    with pytest.raises(MovedOn):
        propose(fresh, hoa)
    decide(asked, hoa)
    with pytest.raises(MovedOn):
        decide(asked, hoa)
    with pytest.raises(MovedOn):
        erasing.send_back(again(asked), actor=actor(giang))


def test_what_is_sent_back_can_be_proposed_by_the_other_one(
    report: Report, giang: Staff, hoa: Staff
) -> None:
    asked = propose(asked_of(report), giang)
    erasing.send_back(asked, actor=actor(hoa))

    decided = decide(propose(again(asked), hoa, Verdict.REFUSE), giang)

    assert (decided.proposed_by, decided.decided_by, decided.outcome) == (hoa, giang, "refuse")


@pytest.mark.parametrize("role", [Role.OFFICER, Role.DISPATCHER, Role.MODERATOR, Role.EDITOR])
def test_only_administrators_propose_and_decide(report: Report, giang: Staff, role: Role) -> None:
    other = makers.make_staff("an", (role, "works" if role is Role.OFFICER else None))
    asked = asked_of(report)

    with pytest.raises(NotAdministrator):
        propose(asked, other)
    with pytest.raises(NotAdministrator):
        decide(propose(asked, giang), other)


def test_whoever_asked_is_told_why(report: Report, giang: Staff) -> None:
    with pytest.raises(NoWords):
        erasing.propose(
            asked_of(report), verdict=Verdict.REFUSE, words=" ", actor=actor(giang), at=MONDAY
        )


@pytest.mark.parametrize(
    ("wish", "field", "code"),
    [
        (Wish(scope="everything", ground="name"), "scope", "missing"),
        (Wish(scope="passage", ground="name"), "passage", "missing"),
        (Wish(scope="passage", passage="ông Ba", ground="name"), "passage", "not_found_in_text"),
        (Wish(scope="report", ground="ugly"), "ground", "missing"),
    ],
)
def test_what_does_not_fit_is_told_at_once(
    report: Report, wish: Wish, field: str, code: str
) -> None:
    with pytest.raises(BadWish) as refused:
        erasing.ask_as_named(report, wish, at=MONDAY)

    assert (refused.value.field, refused.value.code) == (field, code)
    assert not ErasureRequest.objects.exists()


def test_asking_tells_nobody_what_stands_in_answers_for_the_office_alone(city: None) -> None:
    report = makers.make_report()
    Report.objects.update(details={"house": "Nhà bà Tư"}, withheld=["house"])
    report.refresh_from_db()

    with pytest.raises(BadWish):
        erasing.ask_as_named(report, NAMED, at=MONDAY)
    assert asked_of(report, NAMED).passage == "bà Tư", "the sender wrote it"


def test_the_sender_waits_for_one_decision_before_asking_again(
    report: Report, giang: Staff, hoa: Staff
) -> None:
    asked = asked_of(report)

    with pytest.raises(AskedAlready):
        asked_of(report, NAMED)
    decide(propose(asked, giang, Verdict.REFUSE), hoa)

    assert asked_of(report, NAMED).is_open


def test_so_many_people_named_may_wait(report: Report) -> None:
    for _ in range(MOST_OPEN):
        erasing.ask_as_named(report, NAMED, at=MONDAY)

    with pytest.raises(AskedAlready):
        erasing.ask_as_named(report, NAMED, at=MONDAY)
    assert asked_of(report).is_open, "the sender is not held up by others"


def test_nobody_named_asks_about_what_nobody_reads(city: None) -> None:
    private = makers.make_report("noise", point=None, area="east")

    with pytest.raises(NotAskable):
        erasing.ask_as_named(private, replace(NAMED, scope="report"), at=MONDAY)


def test_with_the_whole_report_all_other_requests_are_settled(
    report: Report, giang: Staff, hoa: Staff
) -> None:
    reference = erasing.ask_as_named(report, NAMED, at=MONDAY)

    decide(propose(asked_of(report), giang), hoa)

    other = request_by(reference)
    assert other is not None
    assert (other.outcome, other.passage, other.decided_by) == ("erase", "", None)
    with pytest.raises(NotAskable):
        asked_of(report)


def test_words_that_a_moderator_covers_are_covered_in_requests_too(
    report: Report, hoa: Staff
) -> None:
    reference = erasing.ask_as_named(report, NAMED, at=MONDAY)

    makers.take(report, Step.REDACT, hoa, passage="bà Tư", words="Tên người.")

    asked = request_by(reference)
    assert asked is not None
    assert asked.passage == "█████"


def test_there_is_no_other_way_to_erase(report: Report, giang: Staff, hoa: Staff) -> None:
    """Not without a request, not with one of another report, not with one that is undecided."""
    other = asked_of(makers.make_report())
    decide(propose(other, giang), hoa)
    undecided = propose(asked_of(report), giang)

    with pytest.raises(Missing) as missing:
        makers.take(report, Step.ERASE, giang)
    assert missing.value.need is Need.REQUEST
    for request in (other.pk, undecided.pk, 10**9):
        with pytest.raises(BadGiven):
            makers.take(report, Step.ERASE, giang, request=request)
        with pytest.raises(BadGiven):
            makers.take(report, Step.REDACT, giang, request=request, passage="bà Tư")


def test_a_concerned_administrator_does_not_decide(city: None, giang: Staff) -> None:
    """The report is about the service of an office that she works for."""
    report = makers.make_report("service", point=None, concerned="office")
    inside = makers.make_staff("lan", (Role.ADMINISTRATOR, None), (Role.OFFICER, "office"))
    asked = propose(asked_of(report), giang)

    with pytest.raises(ConcernedBody):
        decide(asked, inside)

    assert again(asked).is_open, "nothing of it is written where a part fails"


def test_the_deadline_is_two_working_days_of_the_city(report: Report) -> None:
    assert asked_of(report).due_at.date() - MONDAY.date() == timedelta(days=2)


def test_a_request_is_forgotten_ninety_days_after_it_was_decided(
    report: Report, giang: Staff, hoa: Staff
) -> None:
    decide(propose(asked_of(report), giang, Verdict.REFUSE), hoa)
    waiting = asked_of(report)
    days = timedelta(days=90)

    assert purge(MONDAY + days)["erasure requests"] == 0
    assert purge(MONDAY + days + timedelta(hours=1))["erasure requests"] == 1

    assert ErasureRequest.objects.get() == waiting, "one that waits is kept"


def test_the_city_starts_none_and_only_a_restored_one_skips_asking() -> None:
    """Who asks stands outside: the pages of residents alone call what begins a request."""
    assert set(Asker) == {"sender", "person_named"}
    assert naming("ask_as_sender", "ask_as_named") == {
        "public/views/erasure.py",
        "public/views/follow_erasure.py",
        "reports/actions/erasing.py",
    }
    assert naming("DECIDED_BEFORE") == {
        "care/backup/replaying.py",
        "reports/actions/given.py",
        "reports/actions/removal.py",
    }


def naming(*names: str) -> set[str]:
    """The sources in which one of the names stands."""
    package = Path(hopthu.__file__).parent
    return {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if any(name in path.read_text() for name in names)
    }
