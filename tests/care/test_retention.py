"""What is past its time is gone, and nothing before."""

import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session

from hopthu.care.retention import purge
from hopthu.cli.main import main
from hopthu.core.terms import Step
from hopthu.outbox.models import Delivery
from hopthu.people import follow_codes
from hopthu.people.models import FollowTries, Invitation
from hopthu.people.queries import actor
from hopthu.reports.actions import write_note
from hopthu.reports.models import Note, Report
from hopthu.reports.residue import outstanding
from tests import makers
from tests.invited import invite_mai
from tests.makers import MONDAY
from tests.reports import traces

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def closed_with_a_note(words: str, *, at: datetime = MONDAY) -> Report:
    officer = makers.make_officer(words.split()[0].lower())
    report = makers.make_report(at=at)
    write_note(report, text=words, actor=actor(officer), at=at)
    return makers.take(report, Step.RESOLVE, officer, at=at, outcome="done", words="Xong.")


def test_notes_go_ninety_days_after_closing(city: None) -> None:
    closed_with_a_note("An old note")
    closed_with_a_note("Binh newer note", at=MONDAY + DAY)
    still_open = makers.make_report()
    write_note(still_open, text="Open", actor=actor(makers.make_officer("cuc")), at=MONDAY)

    assert purge(MONDAY + 90 * DAY)["notes"] == 0
    assert purge(MONDAY + 90 * DAY + timedelta(hours=1))["notes"] == 1

    assert set(Note.objects.values_list("text", flat=True)) == {"Binh newer note", "Open"}
    assert outstanding() == 1, "its words are to be cleared from the files too"


def test_the_number_of_a_form_goes_after_thirty_days(city: None) -> None:
    sent = makers.send_report(submission="a form")
    again = makers.send_report(submission="a form", at=MONDAY + DAY)
    assert again.report == sent.report

    assert purge(MONDAY + 30 * DAY)["form numbers"] == 0
    assert purge(MONDAY + 31 * DAY)["form numbers"] == 1
    assert purge(MONDAY + 31 * DAY)["form numbers"] == 0

    assert Report.objects.get().submission is None


def test_wrong_codes_are_forgotten_a_day_after_the_wait(city: None) -> None:
    report = makers.make_report()
    for _ in range(follow_codes.FREE_TRIES + 1):
        assert not follow_codes.check(report.number, "0000000000000000", at=MONDAY)
    assert FollowTries.objects.get().wait_until

    assert purge(MONDAY + timedelta(hours=23))["wrong codes"] == 0
    assert purge(MONDAY + timedelta(hours=25))["wrong codes"] == 1


def test_an_invitation_and_its_address_go_after_a_week(sealing: Path) -> None:
    invite_mai(at=MONDAY)

    assert purge(MONDAY + 7 * DAY - timedelta(seconds=1))["invitations"] == 0
    assert purge(MONDAY + 7 * DAY)["invitations"] == 1

    assert not Invitation.objects.exists()
    assert not Delivery.objects.exists()


def test_signed_in_staff_are_forgotten_when_it_has_run_out() -> None:
    Session.objects.create(session_key="old", session_data="x", expire_date=MONDAY - DAY)
    Session.objects.create(session_key="new", session_data="x", expire_date=MONDAY + DAY)

    assert purge(MONDAY)["sessions"] == 1

    assert Session.objects.get().session_key == "new"


def test_a_city_where_nothing_is_past_its_time(city: None) -> None:
    closed_with_a_note("An note")
    assert set(purge(MONDAY).values()) == {0}
    assert Report.objects.get().submission


def test_the_command_says_what_it_deleted(city: None, capsys: pytest.CaptureFixture[str]) -> None:
    makers.make_report(at=MONDAY - 900 * DAY)

    assert main(["retention"]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "uploads       0 deleted"
    assert "form numbers  1 deleted" in lines


@pytest.mark.django_db(transaction=True)
def test_the_words_of_a_note_are_gone_from_the_files(city: None) -> None:
    from hopthu.reports.residue import clear_now

    words = traces.sentinel()
    closed_with_a_note(f"An {words}")
    assert traces.found(traces.forms(words))

    purge(MONDAY + 91 * DAY)

    assert clear_now()
    # PostgreSQL drops the files of a table that was rewritten with a checkpoint, its next or ours.
    for _ in range(20):
        if not traces.found(traces.forms(words)):
            return
        time.sleep(0.5)
    pytest.fail(f"still in {traces.found(traces.forms(words))}")
