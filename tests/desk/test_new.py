"""A clerk takes a report down, at the counter or by telephone."""

import re
from typing import Any

import pytest

from hopthu.bodies import actions as bodies
from hopthu.people.models import Staff
from hopthu.reports.models import Report
from tests.desk.browsing import field, html, page, queries_of, sign_in
from tests.makers import make_report, name


def whole(**changes: Any) -> dict[str, Any]:
    told = {
        "form": "Zm9ybV90aGF0X3dhc19vcGVuZWRfb25jZV9vbmx5Xw",
        "category": "lamp",
        "area": "east",
        "landmark": "Chợ Bến Đò",
        "text": "Đèn hư ba đêm nay.",
    }
    return {key: value for key, value in {**told, **changes}.items() if value is not None}


def test_one_form_makes_a_report(an: Staff) -> None:
    client = sign_in(an)

    response = client.post("/desk/new", whole())

    report = Report.objects.get()
    seen = client.get(response.url)
    assert (report.source, report.category.code, report.landmark) == ("desk", "lamp", "Chợ Bến Đò")
    assert report.body is not None
    assert report.body.code == "works"
    event = report.events.get()
    assert (event.role, event.staff) == ("officer", an)
    assert f'id="report-id">{report.number[:4]}-{report.number[4:]}<' in html(seen)


def test_a_pin_comes_before_the_ward(an: Staff) -> None:
    sign_in(an).post("/desk/new", whole(lat="10.0050", lon="106.0050"))

    report = Report.objects.get()
    assert report.area is not None
    assert (report.area.code, report.lat) == ("west", 10.005)


def test_the_same_form_sent_twice_makes_one_report(an: Staff) -> None:
    client = sign_in(an)

    first, second = client.post("/desk/new", whole()), client.post("/desk/new", whole())

    assert first.url == second.url
    assert Report.objects.count() == 1


def test_each_form_makes_a_report_of_its_own(an: Staff) -> None:
    client = sign_in(an)
    forms = [
        re.findall(r'name="form" value="([\w-]{43})"', html(client.get("/desk/new")))[0]
        for _ in range(2)
    ]

    for form in forms:
        client.post("/desk/new", whole(form=form))

    assert Report.objects.count() == 2


def test_a_private_report_of_another_office_is_saved_and_not_shown(an: Staff) -> None:
    client = sign_in(an)

    saved = client.get(client.post("/desk/new", whole(category="papers", private="yes")).url)

    report = Report.objects.get()
    assert (report.private, report.body and report.body.code) == (True, "office")
    assert "Open the report" not in page(saved)
    assert "Đèn hư" not in page(saved)


BAD = [
    (whole(category=""), "category"),
    (whole(category="moon"), "category"),
    (whole(area="", landmark=""), "area"),
    (whole(landmark=""), "landmark"),
    (whole(landmark="x" * 201), "landmark"),
    (whole(area="moon"), "area"),
    (whole(lat="9.0", lon="107.5"), "lat"),
    (whole(lat="106.015", lon="10.005"), "lat"),
    (whole(lat="NaN", lon="inf"), "lat"),
    (whole(text=""), "text"),
    (whole(text=" \u202e\x00 "), "text"),
    (whole(text="x" * 4001), "text"),
    (whole(text="x" * 1_000_000), "text"),
    (whole(category="service"), "concerned"),
    (whole(category="service", concerned="moon"), "concerned"),
]


@pytest.mark.parametrize(("told", "wrong"), BAD)
def test_what_does_not_fit_is_said_beside_its_field_and_the_rest_is_kept(
    an: Staff, told: dict[str, Any], wrong: str
) -> None:
    response = sign_in(an).post("/desk/new", told)

    assert (response.status_code, Report.objects.count()) == (422, 0)
    assert f'id="new-{wrong}-error"' in html(response)
    assert f'<a href="#new-{wrong}">' in html(response)
    for kept in {"area", "landmark", "text"} - {wrong}:
        assert told[kept][:100].strip(" \x00") in field(response, f"new-{kept}")


def test_the_tick_that_makes_it_private_is_kept(an: Staff) -> None:
    response = sign_in(an).post("/desk/new", whole(text="", private="yes"))

    assert "checked" in field(response, "new-private")


QUESTIONS: list[dict[str, Any]] = [
    {"code": "pole", "prompt": name("Trụ số"), "datatype": "number", "required": True},
    {
        "code": "since",
        "prompt": name("Từ khi nào"),
        "datatype": "singlevaluelist",
        "choices": [["today", {"vi": "Hôm nay"}], ["long", {"vi": "Lâu rồi"}]],
    },
    {
        "code": "signs",
        "prompt": name("Thấy gì"),
        "datatype": "multivaluelist",
        "choices": [["dark", {"vi": "Tối"}], ["noise", {"vi": "Kêu"}]],
    },
]


@pytest.fixture
def questions(city: None) -> None:
    bodies.put_category("lamp", group="street", name=name("Đèn đường"), questions=QUESTIONS)


def test_the_questions_of_the_category_are_asked_when_it_is_known(
    questions: None, an: Staff
) -> None:
    client = sign_in(an)

    first = client.post("/desk/new", whole())
    second = client.post(
        "/desk/new",
        whole(question_pole="14", question_since="long", question_signs=["dark", "noise"]),
    )

    assert first.status_code == 422
    assert 'id="new-question_pole-error"' in html(first)
    assert second.status_code == 302
    assert Report.objects.get().details == {
        "pole": "14",
        "since": "long",
        "signs": ["dark", "noise"],
    }


def test_answers_are_kept_while_another_is_put_right(questions: None, an: Staff) -> None:
    response = sign_in(an).post(
        "/desk/new", whole(question_pole="x", question_since="long", question_signs="noise")
    )

    assert 'id="new-question_pole-error"' in html(response)
    assert re.search(r'value="long" checked', html(response))
    assert re.search(r'value="noise" checked', html(response))


def test_with_scripts_the_questions_are_there_at_once(questions: None, an: Staff) -> None:
    form = html(sign_in(an).get("/desk/new"))

    template = form.split('<template data-category="lamp">')[1].split("</template>")[0]
    assert 'name="question_pole"' in template
    assert '<template data-category="service">' in form
    assert '<template data-category="wires">' not in form


def test_danger_names_the_numbers_to_call(an: Staff) -> None:
    client = sign_in(an)

    saved = page(client.get(client.post("/desk/new", whole(category="wires")).url))

    assert "Is somebody in danger? Call at once: 114" in saved


def test_the_clerk_is_asked_for_no_name(an: Staff) -> None:
    form = html(sign_in(an).get("/desk/new")).split("<form class")[1]

    names = set(re.findall(r'name="(\w+)"', form))
    assert names == {
        *("csrfmiddlewaretoken", "form", "category", "area", "landmark", "text", "private"),
        *("lat", "lon", "concerned"),
    }


def test_the_saved_page_is_the_clerks_own(an: Staff, anh: Staff) -> None:
    saved = sign_in(an).post("/desk/new", whole()).url

    assert sign_in(anh).get(saved).status_code == 404


def test_more_reports_make_the_form_no_slower(an: Staff) -> None:
    client, taken = sign_in(an), []

    for more in (1, 2, 27):
        for _ in range(more):
            make_report()
        taken.append(queries_of(client, "/desk/new"))

    assert taken == [taken[0]] * 3
