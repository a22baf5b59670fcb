"""An officer reads a report."""

from typing import Any

import pytest

from hopthu.bodies import actions as bodies
from hopthu.core.terms import Role, Step
from hopthu.people.models import Staff
from hopthu.people.queries import actor
from hopthu.reports.actions import write_note
from hopthu.reports.models import Photo, Report
from tests.desk.browsing import html, offered, page, queries_of, report_with_photo, sign_in
from tests.makers import MONDAY, make_report, make_staff, name, take


def read(staff: Staff, report: Report) -> Any:
    return sign_in(staff).get(f"/desk/reports/{report.number}")


def test_all_that_was_said_is_on_one_page(an: Staff) -> None:
    report = make_report(text="Đèn hư.\n\nCột số 12.", landmark="Chợ Bến Đò")
    take(report, Step.ASK, an, words="Trụ ở bên nào?")
    take(report, Step.REPLY, words="Bên trái <b>chợ</b>.")
    write_note(report, text="Gọi tổ điện.", actor=actor(an), at=MONDAY)

    response = read(an, report)

    seen = page(response)
    for said in (
        "Cột số 12.",
        "Chợ Bến Đò",
        "Trụ ở bên nào?",
        "Gọi tổ điện.",
        "The sender replied",
    ):
        assert said in seen
    assert "&lt;b&gt;chợ&lt;/b&gt;" in html(response)
    assert html(response).count("<h1") == 1


def test_colleagues_are_named_and_the_sender_never_is(an: Staff) -> None:
    report = make_report()
    take(report, Step.ACCEPT, an)
    take(report, Step.ADD_WORDS, words="Lại hư.")

    seen = page(read(an, report))

    assert "An office has taken this on An, Phòng Đô thị" in seen
    assert "The sender added something 16 November 2026" in seen


def test_answers_that_are_not_public_are_for_those_who_work_on_it(an: Staff, binh: Staff) -> None:
    questions = [
        {"code": code, "prompt": name(code), "datatype": "string", "public": public}
        for code, public in (("pole", True), ("house", False))
    ]
    bodies.put_category("lamp", group="street", name=name("Đèn đường"), questions=questions)
    report = make_report(details={"pole": "Trụ 14", "house": "Nhà số 3"})

    inside, outside = page(read(an, report)), page(read(binh, report))

    assert ("Trụ 14" in inside, "Nhà số 3" in inside) == (True, True)
    assert ("Trụ 14" in outside, "Nhà số 3" in outside) == (True, False)


def test_notes_are_for_those_who_work_on_it(an: Staff, binh: Staff, chi: Staff) -> None:
    report = make_report()
    write_note(report, text="Gọi tổ điện.", actor=actor(an), at=MONDAY)

    assert "Gọi tổ điện." in page(read(chi, report))
    assert "Gọi tổ điện." not in page(read(binh, report))
    assert "Internal notes" not in page(read(binh, report))


def test_photos_that_nobody_looked_at_are_for_those_who_work_on_it(an: Staff, binh: Staff) -> None:
    report, photo = report_with_photo()

    assert photo.name in html(read(an, report))
    assert "Not shown yet" in page(read(an, report))
    assert photo.name not in html(read(binh, report))


def test_personal_data_in_the_text_is_pointed_out(an: Staff) -> None:
    warned = page(read(an, make_report(text="Gọi 0912 345 678.")))

    assert "The text may hold personal data." in warned
    assert "may hold personal data" not in page(read(an, make_report()))


def test_an_officer_of_another_office_reads_and_can_do_nothing(binh: Staff) -> None:
    response = read(binh, make_report())

    assert offered(response) == set()
    assert "Nothing for you to do here." in page(response)


OFFERED = {
    "officer": "route accept start schedule ask answer resolve assign extend merge recategorise "
    "relocate decline refer",
    "dispatcher": "route accept start schedule ask answer resolve assign extend merge recategorise "
    "relocate decline refer",
    "moderator": "redact hide",
    "editor": "",
    "administrator": "hide",
}


@pytest.mark.parametrize("role", OFFERED)
def test_each_role_is_offered_its_steps(an: Staff, role: str) -> None:
    staff = make_staff("x", (Role(role), "works" if role == "officer" else None))

    assert offered(read(staff, make_report())) == set(OFFERED[role].split())


def test_a_report_without_a_place_offers_no_place_to_correct(binh: Staff) -> None:
    assert "relocate" not in offered(read(binh, make_report("papers", point=None)))


def test_the_concerned_office_may_only_answer(binh: Staff) -> None:
    report = make_report("service", point=None, concerned="office")

    response = read(binh, report)

    assert offered(response) == {"answer"}
    assert "This report is about the service of" in page(response)


def test_the_likely_steps_come_first_and_the_rest_is_folded(an: Staff) -> None:
    likely, more = html(read(an, make_report())).split("steps-more")

    assert [step in likely for step in ("accept#", "answer#", "resolve#")] == [True] * 3
    assert [step in more for step in ("decline#", "refer#", "merge#")] == [True] * 3


def test_open_reports_near_by_are_offered_to_merge_with(an: Staff) -> None:
    near = make_report(text="Đèn chớp tắt.")
    closed = make_report()
    take(closed, Step.RESOLVE, an, outcome="done", words="Xong.")
    private = make_report(private=True)
    other = make_report("wires")
    report = make_report()

    merge = html(read(an, report)).split('id="step-merge"')[1].split("</form>")[0]

    assert f'value="{near.number}"' in merge
    assert "Đèn chớp tắt." in merge
    assert not any(f'"{one.number}"' in merge for one in (closed, private, other, report))


def test_what_looks_like_personal_data_is_offered_to_cover(dung: Staff) -> None:
    response = read(dung, make_report(text="Hỏi anh Tâm, 0912 345 678."))

    redact = html(response).split('id="step-redact"')[1].split("</form>")[0]
    assert 'name="spotted" value="0912 345 678"' in redact


def test_the_next_one_due_is_one_click_away(an: Staff) -> None:
    first, second = make_report(), make_report()
    make_report("papers", point=None)

    assert f'rel="next" href="/desk/reports/{second.number}"' in html(read(an, first))
    assert 'rel="next"' not in html(read(an, second))


@pytest.mark.parametrize("written", ["7kq2-m9xd", "7KQ2M9XD", "nonsense", "' OR 1=1"])
def test_a_number_that_does_not_exist_is_not_found(an: Staff, written: str) -> None:
    assert sign_in(an).get(f"/desk/reports/{written}").status_code == 404


def test_a_longer_story_takes_no_more_queries(an: Staff) -> None:
    report, _photo = report_with_photo(text="Hỏi 0912 345 678.")
    client, taken = sign_in(an), []

    for more in (1, 2, 27):
        for _ in range(more):
            take(report, Step.ANSWER, an, words="Đang làm.")
            write_note(report, text="Gọi tổ điện.", actor=actor(an), at=MONDAY)
            make_report()
            Photo.objects.filter(pk=report_with_photo()[1].pk).update(report=report)
        taken.append(queries_of(client, f"/desk/reports/{report.number}"))

    assert taken == [taken[0]] * 3
    assert taken[0] <= 13
