"""An officer moves a report on."""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from hopthu.core.terms import Role, Step
from hopthu.people.models import Staff
from hopthu.reports.models import Report
from tests.desk.browsing import field, html, offered, page, sign_in
from tests.makers import MONDAY, make_report, make_staff, take

WORDS = "Mai có người tới xem."
GIVEN: Mapping[Step, dict[str, str]] = {
    Step.ROUTE: {"body": "office"},
    Step.ASSIGN: {"person": "{an}"},
    Step.RECATEGORISE: {"category": "wires"},
    Step.RELOCATE: {"area": "west", "landmark": "Cầu Tây", "lat": "10.0050", "lon": "106.0050"},
    Step.ACCEPT: {},
    Step.START: {},
    Step.SCHEDULE: {"date": "2026-11-18"},
    Step.ASK: {"words": WORDS},
    Step.ANSWER: {"words": WORDS},
    Step.RESOLVE: {"outcome": "done", "words": WORDS},
    Step.DECLINE: {"reason": "law", "words": WORDS},
    Step.REFER: {
        "recipient": "Điện lực",
        "phone": "1900 1006",
        "date": "2026-12-16",
        "words": WORDS,
    },
    Step.MERGE: {"target": "{other}"},
    Step.EXTEND: {"date": "2026-12-20", "words": WORDS},
    Step.REDACT: {"passage": "0912 345 678", "words": "Số điện thoại."},
    Step.HIDE: {"reason": "threat", "words": "Lời đe dọa."},
}
"""What each step that is open to a new report is given."""
BY = {Step.REDACT: "dung", Step.HIDE: "dung"}
EMPTY_FIELD = {
    Step.ROUTE: "body",
    Step.RECATEGORISE: "category",
    Step.SCHEDULE: "date",
    Step.ASK: "words",
    Step.ANSWER: "words",
    Step.RESOLVE: "outcome",
    Step.DECLINE: "reason",
    Step.REFER: "recipient",
    Step.MERGE: "target",
    Step.EXTEND: "date",
    Step.REDACT: "passage",
    Step.HIDE: "reason",
}
"""The field beside which the page says what is missing when nothing at all was given."""


def send(staff: Staff, report: Report, step: str, **typed: Any) -> Any:
    report.refresh_from_db()
    data = {"seen": report.seq, **typed}
    return sign_in(staff).post(f"/desk/reports/{report.number}/{step}", data)


def given(step: Step, **facts: object) -> dict[str, str]:
    return {name: text.format(**facts) for name, text in GIVEN[step].items()}


@pytest.fixture
def report(an: Staff) -> Report:
    return make_report(text="Đèn hư, gọi 0912 345 678.")


@pytest.mark.parametrize("step", GIVEN)
def test_every_step_is_taken_with_what_its_form_asks(
    report: Report, an: Staff, dung: Staff, giang: Staff, step: Step
) -> None:
    staff = Staff.objects.get(username=BY.get(step, "an"))
    facts = {"an": an.pk, "other": make_report().number}

    response = send(staff, report, step, **given(step, **facts))

    assert response.status_code == 302
    event = report.events.get(seq=2)
    assert (event.kind, event.staff_id) == (step, staff.pk)
    assert event.words == given(step, **facts).get("words", "")


@pytest.mark.parametrize("step", GIVEN)
def test_every_step_has_a_form_with_all_its_fields(
    report: Report, an: Staff, dung: Staff, giang: Staff, step: Step
) -> None:
    staff = Staff.objects.get(username=BY.get(step, "an"))

    response = sign_in(staff).get(f"/desk/reports/{report.number}")

    form = html(response).split(f"/{step}#what-to-do")[1].split("</form>")[0]
    asked = set(re.findall(r'name="(\w+)"', form)) - {"csrfmiddlewaretoken", "seen"}
    assert asked >= set(GIVEN[step])


def test_the_officer_is_told_what_came_of_it(report: Report, an: Staff) -> None:
    client = sign_in(an)

    sent = client.post(f"/desk/reports/{report.number}/accept", {"seen": 1})

    assert sent.url == f"/desk/reports/{report.number}#main"
    assert "<p>Your office has taken the report on.</p>" in html(client.get(sent.url))
    assert "Your office has taken the report on." not in page(client.get(sent.url))


@pytest.mark.parametrize("step", EMPTY_FIELD)
def test_what_is_missing_is_said_beside_its_field(
    report: Report, an: Staff, dung: Staff, giang: Staff, step: Step
) -> None:
    staff = Staff.objects.get(username=BY.get(step, "an"))

    response = send(staff, report, step)

    report.refresh_from_db()
    wrong = f"{step}-{EMPTY_FIELD[step]}"
    assert (response.status_code, report.seq) == (422, 1)
    assert f'<p class="error" id="{wrong}-error">' in html(response)
    assert f'<a href="#{wrong}">' in html(response)
    assert 'aria-invalid="true"' in field(response, wrong)


def test_what_was_typed_is_still_there(report: Report, an: Staff) -> None:
    typed = {"recipient": "Điện <lực>", "phone": "1900", "date": "2026-12-16", "words": ""}

    response = send(an, report, "refer", **typed)

    form = html(response).split('id="step-refer"')[1].split("</form>")[0]
    assert re.search(r'id="step-refer" open', html(response))
    assert 'value="Điện &lt;lực&gt;"' in form
    assert 'value="1900"' in form
    assert 'value="2026-12-16"' in form


def test_a_choice_that_was_made_is_still_made(report: Report, an: Staff) -> None:
    response = send(an, report, "decline", reason="budget", words=" ")

    assert re.search(r'value="budget" checked', html(response))


BAD = [
    ("schedule", {"date": "2026-11-01"}, "date", 422),
    ("schedule", {"date": "soon"}, "date", 422),
    ("refer", {**GIVEN[Step.REFER], "phone": "ask them"}, "phone", 422),
    ("schedule", {"date": "99999-01-01"}, "date", 422),
    ("route", {"body": "moon"}, "body", 422),
    ("route", {"body": "works"}, "body", 422),
    ("assign", {"person": "999999"}, "person", 422),
    ("assign", {"person": "x"}, "person", 422),
    ("recategorise", {"category": "lamp"}, "category", 422),
    ("relocate", {"lat": "9.0", "lon": "107.5"}, "lat", 422),
    ("relocate", {"lat": "NaN", "lon": "x"}, "lat", 422),
    ("relocate", {"area": "moon", "landmark": "x"}, "area", 422),
    ("merge", {"target": "00000000"}, "target", 422),
    ("merge", {"target": "not a number"}, "target", 422),
    ("answer", {"words": "x" * 4001}, "words", 413),
    ("answer", {"words": "x" * 1_000_000}, "words", 413),
    ("answer", {"words": "\u202e \u0000"}, "words", 422),
    ("resolve", {"outcome": "magic", "words": WORDS}, "outcome", 422),
    ("decline", {"reason": "anonymous", "words": WORDS}, "reason", 422),
    ("decline", {"reason": "not_enough_information", "words": WORDS}, "reason", 422),
    ("refer", {**GIVEN[Step.REFER], "recipient": "x" * 201}, "recipient", 422),
    ("refer", {**GIVEN[Step.REFER], "phone": "1" * 41}, "phone", 422),
    ("extend", {"date": "2026-11-17", "words": WORDS}, "date", 422),
]


@pytest.mark.parametrize(("step", "typed", "wrong", "status"), BAD)
def test_what_does_not_fit_is_said_beside_its_field(
    report: Report, an: Staff, step: str, typed: dict[str, str], wrong: str, status: int
) -> None:
    response = send(an, report, step, **typed)

    report.refresh_from_db()
    assert (response.status_code, report.seq) == (status, 1)
    assert f'id="{step}-{wrong}-error"' in html(response)


def test_after_14_silent_days_too_little_information_is_a_reason(an: Staff) -> None:
    report = make_report(at=MONDAY - timedelta(days=16))
    take(report, Step.ASK, an, at=MONDAY - timedelta(days=15), words="Trụ số mấy?")

    response = send(an, report, "decline", reason="not_enough_information", words=WORDS)

    assert response.status_code == 302


def test_a_nearby_report_is_merged_into_with_one_choice(report: Report, an: Staff) -> None:
    other = make_report()

    send(an, report, "merge", candidate=other.number, target="")

    report.refresh_from_db()
    assert report.merged_into == other


def test_both_coordinates_may_be_pasted_into_one_field(report: Report, an: Staff) -> None:
    send(an, report, "relocate", lat="10.0050, 106.0050", landmark="Cầu Tây")

    report.refresh_from_db()
    assert (report.lat, report.lon, report.area and report.area.code) == (10.005, 106.005, "west")


def test_personal_data_is_covered_with_one_choice(report: Report, dung: Staff) -> None:
    send(dung, report, "redact", spotted="0912 345 678", passage="", words="Số điện thoại.")

    report.refresh_from_db()
    assert "0912" not in report.text


def test_a_passage_of_several_lines_is_found_as_browsers_send_it(dung: Staff) -> None:
    report = make_report(text="Nhà tôi:\nhẻm 5\nsố 3")

    send(dung, report, "redact", passage="hẻm 5\r\nsố 3", words="Địa chỉ nhà.")

    report.refresh_from_db()
    assert "hẻm 5" not in report.text


@pytest.mark.parametrize("step", ["erase", "redact"])
def test_nobody_deletes_for_good_what_nobody_asked_for(
    report: Report, giang: Staff, step: str
) -> None:
    response = send(giang, report, step, passage="Đèn hư", reason="sender", words=WORDS)

    report.refresh_from_db()
    assert (response.status_code, report.seq) == (422, 1)
    assert "Somebody has to ask for it first" in html(response)


REFUSED = [
    ("an", "accept", Step.ACCEPT, 409),
    ("an", "unmerge", None, 409),
    ("an", "reply", None, 409),
    ("an", "hide", None, 403),
    ("binh", "answer", None, 403),
    ("em", "accept", None, 403),
    ("giang", "resolve", None, 403),
]


@pytest.mark.parametrize(("who", "step", "before", "status"), REFUSED)
def test_a_step_that_is_not_allowed_is_refused_in_words_and_loses_nothing(
    report: Report,
    an: Staff,
    binh: Staff,
    em: Staff,
    giang: Staff,
    who: str,
    step: str,
    before: Step | None,
    status: int,
) -> None:
    if before:
        take(report, before, an)
    staff = Staff.objects.get(username=who)

    response = send(staff, report, step, words=WORDS, outcome="done", reason="test")

    assert response.status_code == status
    assert 'role="alert"' in html(response)
    assert WORDS in html(response)


def test_an_unknown_step_is_not_found(report: Report, an: Staff) -> None:
    assert send(an, report, "promote").status_code == 404


def test_looking_takes_no_step(report: Report, an: Staff) -> None:
    response = sign_in(an).get(f"/desk/reports/{report.number}/accept")

    report.refresh_from_db()
    assert (response.url, report.seq) == (f"/desk/reports/{report.number}", 1)


def test_a_private_report_that_goes_to_another_office_is_out_of_sight(an: Staff) -> None:
    report = make_report(private=True)

    assert send(an, report, "route", body="office").url == "/desk/"


def test_public_words_say_that_they_are_public_and_private_ones_that_they_are_not(
    report: Report, an: Staff
) -> None:
    private = make_report(private=True)
    client = sign_in(an)

    public_page = page(client.get(f"/desk/reports/{report.number}"))
    private_page = page(client.get(f"/desk/reports/{private.number}"))

    assert "Public: everybody reads this." in public_page
    assert "Public: everybody reads this." not in private_page
    assert "Only the sender reads this: the report is private." in private_page


def test_a_closed_report_offers_what_is_left(report: Report, an: Staff) -> None:
    send(an, report, "resolve", outcome="done", words=WORDS)

    response = sign_in(an).get(f"/desk/reports/{report.number}")

    assert offered(response) == {"answer", "reopen"}


def test_a_judge_is_offered_to_open_it_again_first(report: Report, an: Staff, dung: Staff) -> None:
    for _ in range(2):
        take(report, Step.RESOLVE, an, outcome="done", words=WORDS)
        take(report, Step.DISPUTE, words="Chưa xong.")

    response = sign_in(dung).get(f"/desk/reports/{report.number}")
    likely = html(response).split("steps-more")[0]

    assert "reopen#what-to-do" in likely
    assert "answer#what-to-do" in likely
    assert send(dung, report, "reopen").status_code == 302


def test_who_has_the_report_may_be_oneself_first(report: Report, an: Staff) -> None:
    make_staff("aa", (Role.OFFICER, "works"))

    people = field(sign_in(an).get(f"/desk/reports/{report.number}"), "assign-person")

    assert re.findall(r">(\w+)</option>", people) == ["An", "Aa"]
