"""Two people open the same report, and both send something."""

from typing import Any

import pytest

from hopthu.core.terms import Step
from hopthu.people.actors import NEIGHBOUR
from hopthu.people.models import Staff
from hopthu.reports.models import Report
from tests.desk.browsing import field, html, page, sign_in
from tests.makers import make_report, take

WORDS = "Chiều nay tổ điện tới thay bóng."


@pytest.fixture
def report(city: None) -> Report:
    return make_report()


def send(staff: Staff, report: Report, step: str, **typed: Any) -> Any:
    """From a page that was opened when the report had just come in."""
    return sign_in(staff).post(f"/desk/reports/{report.number}/{step}", {"seen": 1, **typed})


def test_the_second_is_told_what_happened_meanwhile(report: Report, an: Staff, anh: Staff) -> None:
    send(an, report, "answer", words="Đã chuyển tổ điện.")

    response = send(anh, report, "answer", words=WORDS)

    told = html(response).split('id="meanwhile"')[1].split("</section>")[0]
    assert response.status_code == 409
    assert "Somebody was first" in page(response)
    assert "The city answers" in told
    assert "An, Phòng Đô thị" in told
    assert "Đã chuyển tổ điện." in told
    assert "The report came in" not in told
    assert report.events.count() == 2


def test_the_words_of_the_second_stand_in_the_form_and_can_be_sent_again(
    report: Report, an: Staff, anh: Staff
) -> None:
    send(an, report, "accept")

    response = send(anh, report, "answer", words=WORDS)

    form = html(response).split('id="step-answer" open')[1].split("</form>")[0]
    assert WORDS in field(response, "answer-words")
    assert 'name="seen" value="2"' in form
    assert send(anh, report, "answer", words=WORDS, seen=2).status_code == 302
    assert report.events.get(seq=3).words == WORDS


def test_where_the_step_is_over_the_words_are_kept_to_be_copied(
    report: Report, an: Staff, anh: Staff
) -> None:
    send(an, report, "resolve", outcome="done", words="Xong.")

    response = send(anh, report, "decline", reason="budget", words=WORDS)

    assert response.status_code == 409
    assert "The step is not possible any more." in page(response)
    assert "readonly aria-label" in html(response)
    assert WORDS in html(response)


def test_the_same_form_sent_twice_takes_the_step_once(report: Report, an: Staff) -> None:
    first, second = send(an, report, "ask", words=WORDS), send(an, report, "ask", words=WORDS)

    assert (first.status_code, second.status_code) == (302, 409)
    assert report.events.filter(kind=Step.ASK).count() == 1


def test_what_the_sender_adds_counts_as_well(report: Report, an: Staff) -> None:
    take(report, Step.ADD_WORDS, words="Đã hết hư, cảm ơn.")

    response = send(an, report, "answer", words=WORDS)

    assert response.status_code == 409
    assert "Đã hết hư, cảm ơn." in page(response)


def test_a_neighbour_disturbs_nobody(report: Report, an: Staff) -> None:
    take(report, Step.SUPPORT, NEIGHBOUR)

    assert send(an, report, "answer", words=WORDS).status_code == 302


@pytest.mark.parametrize("seen", ["", "x", "-1", "0", "9" * 30])
def test_a_form_that_lost_what_it_was_made_of_overwrites_nothing(
    report: Report, an: Staff, seen: str
) -> None:
    response = send(an, report, "answer", words=WORDS, seen=seen)

    assert response.status_code == 409
    assert WORDS in field(response, "answer-words")


def test_a_report_that_went_out_of_sight_meanwhile_is_not_found(an: Staff, anh: Staff) -> None:
    private = make_report(private=True)
    send(an, private, "route", body="office")

    assert send(anh, private, "answer", words=WORDS).status_code == 404


def test_both_take_notes_at_once_and_both_are_kept(report: Report, an: Staff, anh: Staff) -> None:
    for staff in (an, anh):
        sign_in(staff).post(f"/desk/reports/{report.number}/note", {"note": staff.name})

    assert [note.text for note in report.notes.all()] == ["An", "Anh"]
