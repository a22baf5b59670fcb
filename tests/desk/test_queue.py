"""An officer looks at what waits."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from hopthu.core.codes import format_number
from hopthu.core.terms import Role, Step
from hopthu.people.actors import NEIGHBOUR, SENDER
from hopthu.people.models import Staff
from hopthu.reports.models import Report
from hopthu.reports.queries import queue
from tests.desk.browsing import page, queries_of, report_with_photo, sign_in
from tests.makers import MONDAY, make_report, make_staff, take

DAY = timedelta(days=1)


def numbers(response: Any) -> list[str]:
    """The reports of the list, in its order."""
    return re.findall(r'href="/desk/reports/(\w+)"', response.content.decode())


def test_the_most_urgent_comes_first(an: Staff) -> None:
    new, old, older = (make_report(at=MONDAY - days * DAY) for days in (1, 9, 30))
    make_report("papers", point=None)

    response = sign_in(an).get("/desk/")

    assert numbers(response) == [older.number, old.number, new.number]
    assert "1 report is late" in page(response)


def test_how_long_is_left_is_said_in_words_and_date(an: Staff) -> None:
    make_report()

    said = {}
    for days in (0, 14, 15, 16):
        with time_machine.travel(MONDAY + days * DAY, tick=False):
            said[days] = page(sign_in(an).get("/desk/"))

    assert "in 15 days 1 December 2026 Take on: in 2 days" in said[0]
    assert "tomorrow 1 December 2026 Take on: 12 days late" in said[14]
    assert "today by 17:00" in said[15]
    assert "1 day late" in said[16]


def test_open_and_closed_are_told_apart(an: Staff) -> None:
    waiting, done, last = make_report(), make_report(), make_report()
    take(done, Step.RESOLVE, an, outcome="done", words="Xong.")
    take(last, Step.RESOLVE, an, at=MONDAY + DAY, outcome="answered", words="Xong.")
    client = sign_in(an)

    assert numbers(client.get("/desk/")) == [waiting.number]
    assert numbers(client.get("/desk/?status=closed")) == [last.number, done.number]


def test_mine_are_those_that_i_was_given(an: Staff) -> None:
    mine, _other = make_report(), make_report()
    take(mine, Step.ASSIGN, an, person=an.pk)

    assert numbers(sign_in(an).get("/desk/?of=mine")) == [mine.number]


def test_a_dispatcher_sees_first_what_has_no_office_and_then_all(chi: Staff) -> None:
    public, foreign = make_report(), make_report("papers", point=None)
    homeless, private = make_report(at=MONDAY - DAY), make_report(private=True)
    Report.objects.filter(pk=homeless.pk).update(body=None)
    client = sign_in(chi)

    assert numbers(client.get("/desk/")) == [homeless.number]
    everything = numbers(client.get("/desk/?of=all"))
    assert set(everything) == {public.number, foreign.number, homeless.number}
    assert private.number not in everything


def test_an_officer_cannot_ask_for_all(an: Staff) -> None:
    make_report("papers", point=None)

    assert numbers(sign_in(an).get("/desk/?of=all")) == []


def test_a_second_dispute_waits_for_a_moderator(an: Staff, dung: Staff) -> None:
    report = make_report()
    for _ in range(2):
        take(report, Step.RESOLVE, an, outcome="done", words="Xong.")
        take(report, Step.DISPUTE, words="Chưa xong.")

    response = sign_in(dung).get("/desk/")

    assert numbers(response) == [report.number]
    assert "Judge by" in page(response)
    assert "Sender: not done" in page(response)


@pytest.mark.parametrize(
    ("steps", "mark"),
    [
        ([(Step.ASK, "officer")], "Asked"),
        ([(Step.ASK, "officer"), (Step.REPLY, "sender")], "Sender replied"),
        ([(Step.ADD_WORDS, "sender")], "Sender added"),
        ([(Step.RESOLVE, "officer"), (Step.DISPUTE, "sender")], "Sender: not done"),
        (
            [(Step.RESOLVE, "officer"), (Step.DISPUTE, "sender"), (Step.ANSWER, "officer")],
            "Was disputed",
        ),
    ],
)
def test_what_the_sender_did_is_marked(an: Staff, steps: list[tuple[Step, str]], mark: str) -> None:
    report = make_report()
    for step, who in steps:
        given = {"outcome": "done"} if step is Step.RESOLVE else {}
        take(report, step, an if who == "officer" else SENDER, MONDAY, words="Trụ số 14.", **given)

    assert mark in page(sign_in(an).get("/desk/"))


def test_a_neighbour_does_not_cover_what_the_sender_did(an: Staff) -> None:
    report = make_report()
    take(report, Step.ADD_WORDS, words="Tối qua lại hư.")
    take(report, Step.SUPPORT, NEIGHBOUR)

    seen = page(sign_in(an).get("/desk/"))

    assert "Sender added" in seen
    assert "1 neighbour too" in seen


def test_what_is_special_about_a_report_is_marked(an: Staff) -> None:
    report_with_photo("wires", private=True)

    seen = page(sign_in(an).get("/desk/"))

    assert all(mark in seen for mark in ("Danger", "Private", "Photo not shown yet"))


@pytest.mark.parametrize("how", ["{}", "{} ", "#{}", "spoken", "lower"])
def test_a_number_opens_its_report_however_it_is_written(an: Staff, how: str) -> None:
    number = make_report("papers", point=None).number
    written = {"spoken": " ".join(number), "lower": format_number(number).lower()}

    response = sign_in(an).get("/desk/", {"q": written.get(how, how.format(number))})

    assert response.url == f"/desk/reports/{number}"


def test_the_number_of_a_private_report_of_others_opens_nothing(an: Staff) -> None:
    private = make_report("papers", point=None, private=True)

    response = sign_in(an).get("/desk/", {"q": private.number})

    assert response.status_code == 200
    assert "No report holds these words." in page(response)


def test_words_are_found_without_their_marks(an: Staff) -> None:
    found = make_report(text="Đường Hồ Xuân Hương ngập nước.")
    make_report(text="Đèn hư.")

    response = sign_in(an).get("/desk/", {"q": "duong ho"})

    assert numbers(response) == [found.number]


@pytest.mark.parametrize("odd", ["\x00", "x" * 5000, "%_'\"\\", " ", "“”"])
def test_odd_words_find_nothing_and_break_nothing(an: Staff, odd: str) -> None:
    assert sign_in(an).get("/desk/", {"q": odd, "after": odd}).status_code == 200


@pytest.mark.parametrize("status", ["open", "closed"])
def test_page_after_page_shows_each_report_once(
    an: Staff, monkeypatch: pytest.MonkeyPatch, status: str
) -> None:
    monkeypatch.setattr(queue.queue_page, "__kwdefaults__", {"after": None, "size": 3})
    made = [make_report() for _ in range(8)]
    if status == "closed":
        for report in made:
            take(report, Step.RESOLVE, an, outcome="done", words="Xong.")
    client, path, seen = sign_in(an), f"/desk/?status={status}", []

    for _ in range(3):
        response = client.get(path)
        seen += numbers(response)
        link = re.search(r'rel="next" href="([^"]+)"', response.content.decode())
        path = f"/desk/{link.group(1).replace('&amp;', '&')}" if link else ""

    assert path == ""
    assert sorted(seen) == sorted(report.number for report in made)


@pytest.mark.parametrize("view", ["/desk/", "/desk/?status=closed", "/desk/?of=all"])
def test_a_longer_queue_takes_no_more_queries(city: None, view: str) -> None:
    staff = make_staff("ly", (Role.OFFICER, "works"), (Role.DISPATCHER, None))
    client, taken = sign_in(staff), []

    for more in (1, 2, 27):
        for _ in range(more):
            make_report()
            done, _photo = report_with_photo(private=True)
            take(done, Step.RESOLVE, staff, outcome="done", words="Xong.")
            take(make_report(), Step.ASSIGN, staff, person=staff.pk)
        taken.append(queries_of(client, view))

    assert taken == [taken[0]] * 3
    assert taken[0] <= 8


def test_who_has_no_queue_is_told_so(em: Staff) -> None:
    assert "Nothing waits for you here" in page(sign_in(em).get("/desk/"))


@pytest.mark.parametrize("asked", ["of=all", "of=nothing", "status=nothing"])
def test_who_asks_for_a_list_that_there_is_not_is_told(an: Staff, asked: str) -> None:
    client = sign_in(an)
    assert "a list that there is not for you" in page(client.get(f"/desk/?{asked}"))
    for known in ("", "?of=mine", "?of=body&status=closed", "?status=open"):
        assert "a list that there is not for you" not in page(client.get(f"/desk/{known}"))
