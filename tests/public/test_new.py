"""Somebody reports a problem, one question a page."""

from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from hopthu.bodies import actions as bodies
from hopthu.core.codes import parse_follow_code, parse_number
from hopthu.people import follow_codes
from hopthu.reports.models import Report
from tests import makers
from tests.public import wizard

pytestmark = pytest.mark.django_db


def go_on(client: Client, shown: HttpResponse, **filled: Any) -> HttpResponse:
    """Fill in the page that is shown and press "continue"."""
    response: HttpResponse = client.post(wizard.URL, wizard.fields(shown) | filled)  # type: ignore[assignment]
    return response


def test_from_the_first_page_to_the_number_and_the_code(client: Client, city: None) -> None:
    shown: HttpResponse = client.get(wizard.URL)  # type: ignore[assignment]
    assert wizard.page(shown) == "what"

    shown = go_on(client, shown, category="lamp")
    assert wizard.page(shown) == "where"

    shown = go_on(client, shown, lat="10.0051234", lon="106.0151234", landmark="Cạnh trường học")
    assert wizard.page(shown) == "describe"

    shown = go_on(client, shown, text="Đèn đường hư ba đêm nay.")
    assert wizard.page(shown) == "check"
    assert "Đèn đường hư ba đêm nay." in wizard.text(shown)

    done = go_on(client, shown)
    assert done.status_code == 200
    report = Report.objects.get()
    assert report.text == "Đèn đường hư ba đêm nay."
    assert (report.lat, report.lon, report.landmark) == (10.0051, 106.0151, "Cạnh trường học")
    assert shows_codes(done, report)


def shows_codes(response: HttpResponse, report: Report) -> bool:
    html = response.content.decode()
    number = html.split('id="report-id">')[1].split("<")[0]
    code = html.split('id="follow-code">')[1].split("<")[0]
    fits = follow_codes.check(report.number, parse_follow_code(code), at=makers.MONDAY)
    return parse_number(number) == report.number and fits is not None


def test_the_last_request_is_complete_in_itself(client: Client, city: None) -> None:
    done = wizard.send(client)

    assert done.status_code == 200
    assert shows_codes(done, Report.objects.get())


def test_the_code_is_kept_in_no_cache_and_travels_in_no_address(client: Client, city: None) -> None:
    done = wizard.send(client)

    assert done.headers["Cache-Control"] == "no-store"
    html = done.content.decode()
    assert f'href="/follow#{Report.objects.get().number[:4]}-' in html
    assert "<svg" in html
    assert "style=" not in html


def test_sending_twice_makes_one_report_and_shows_the_same(client: Client, city: None) -> None:
    fields = wizard.whole()

    first = client.post(wizard.URL, fields).content.decode()
    second = client.post(wizard.URL, fields).content.decode()

    assert Report.objects.count() == 1
    for output in ("report-id", "follow-code"):
        shown = [html.split(f'id="{output}">')[1].split("<")[0] for html in (first, second)]
        assert shown[0] == shown[1]


def test_a_ward_and_a_landmark_do_instead_of_a_map(client: Client, city: None) -> None:
    wizard.send(client, lat=None, lon=None, area="west", landmark="Đầu hẻm 12")

    report = Report.objects.get()
    assert report.point is None
    assert report.area is not None
    assert (report.area.code, report.landmark) == ("west", "Đầu hẻm 12")


def test_a_category_with_an_area_asks_for_the_ward_alone(client: Client, city: None) -> None:
    shown = wizard.send(client, page="what", category="noise", lat=None, lon=None)
    assert wizard.page(shown) == "where"
    assert "hopthu-map" not in shown.content.decode()

    assert wizard.page(go_on(client, shown, area="east")) == "describe"


def test_a_category_without_a_place_is_not_asked_where(client: Client, city: None) -> None:
    shown = wizard.send(client, page="before", category="papers", text="")
    assert wizard.page(shown) == "describe"


def test_danger_is_a_full_stop_with_the_numbers_to_call(client: Client, city: None) -> None:
    shown = wizard.send(client, page="what", category="wires")

    assert wizard.page(shown) == "danger"
    assert 'href="tel:114"' in shown.content.decode()
    assert wizard.page(go_on(client, shown)) == "where"


def test_oversight_asks_which_office_it_is_about(client: Client, city: None) -> None:
    shown = wizard.send(client, page="what", category="service", lat=None, lon=None)
    assert wizard.page(shown) == "before"

    wrong = go_on(client, shown)
    assert wrong.status_code == 422
    assert wizard.summary(wrong) == ["concerned"]

    shown = go_on(client, shown, concerned="works")
    assert wizard.page(shown) == "describe"
    go_on(client, shown, page="check")
    report = Report.objects.get()
    assert report.concerned is not None
    assert report.concerned.code == "works"


def test_a_legal_matter_hears_that_time_limits_run_on(client: Client, city: None) -> None:
    client.cookies["lang"] = "en"
    shown = wizard.send(client, page="what", category="papers", lat=None, lon=None)

    assert wizard.page(shown) == "before"
    assert "no complaint or denunciation in law" in wizard.text(shown)


def test_a_private_category_says_so_and_stays_private(client: Client, city: None) -> None:
    client.cookies["lang"] = "en"
    shown = wizard.send(client, page="where", category="noise", area="east")
    assert "Only the office in charge will read this." in wizard.text(shown)

    wizard.send(client, category="noise", area="east")
    assert Report.objects.get().visibility == "private"


def test_the_sender_can_choose_that_only_the_office_reads_it(client: Client, city: None) -> None:
    wizard.send(client, private="1")

    assert Report.objects.get().visibility == "private"


def test_what_was_reported_nearby_is_shown_once(client: Client, city: None) -> None:
    earlier = makers.make_report(text="Đèn này cũng hư.", at=timezone.now())

    shown = wizard.send(client, page="describe")
    assert wizard.page(shown) == "nearby"
    assert "Đèn này cũng hư." in wizard.text(shown)
    support = reverse("public:support", args=[earlier.number])
    assert f'action="{support}"' in shown.content.decode()

    shown = go_on(client, shown)
    assert wizard.page(shown) == "check"
    go_on(client, shown)
    assert Report.objects.count() == 2


def test_a_private_report_is_compared_with_nothing(client: Client, city: None) -> None:
    makers.make_report(at=timezone.now())

    shown = wizard.send(client, page="describe", private="1")

    assert wizard.page(shown) == "check"


def test_a_link_may_name_the_category(client: Client, city: None) -> None:
    shown: HttpResponse = client.get(wizard.URL, {"category": "lamp"})  # type: ignore[assignment]

    assert wizard.page(shown) == "where"
    assert wizard.fields(shown)["category"] == ["lamp"]


def test_without_a_city_there_is_nobody_to_report_to(client: Client, db: None) -> None:
    assert client.get(wizard.URL).status_code == 503
    assert wizard.send(client).status_code == 503


def test_many_categories_are_folded_by_group(client: Client, city: None) -> None:
    for number in range(25):
        bodies.put_category(f"more-{number}", group="street", name=makers.name(f"Loại {number}"))

    shown: HttpResponse = client.get(wizard.URL)  # type: ignore[assignment]

    assert shown.content.decode().count('<details class="group"') == 2


def test_personal_data_is_pointed_out_before_it_is_sent(client: Client, city: None) -> None:
    client.cookies["lang"] = "en"
    shown = wizard.send(client, page="describe", text="Gặp ông Nguyễn Văn An, số 0912 345 678.")

    html = shown.content.decode()
    assert '<mark class="spotted">ông Nguyễn Văn An</mark>' in html
    assert '<mark class="spotted">0912 345 678</mark>' in html
    assert "a telephone number" in wizard.text(shown)


def test_the_extra_questions_of_a_category_are_asked_and_kept(client: Client, city: None) -> None:
    bodies.put_category(
        "lamp",
        group="street",
        name=makers.name("Đèn đường"),
        questions=[
            question("pole", "string", required=True),
            question("count", "number"),
            question("since", "datetime"),
            question("story", "text", public=False),
            question("kind", "singlevaluelist", choices=[["led", {"vi": "Đèn LED"}]]),
            question(
                "marks", "multivaluelist", choices=[["a", {"vi": "Vỡ"}], ["b", {"vi": "Nứt"}]]
            ),
        ],
    )
    answers = {
        "question_pole": "Trụ 12",
        "question_count": "2,5",
        "question_since": "2026-11-14T18:30",
        "question_story": "Tối om.",
        "question_kind": "led",
        "question_marks": ["a", "b"],
    }

    shown = wizard.send(client, page="where")
    assert wizard.page(shown) == "describe"
    wrong = wizard.send(client, page="describe")
    assert wizard.summary(wrong) == ["question_pole"]
    assert "pole – " in wizard.text(wrong)
    shown = wizard.send(client, page="describe", **answers)
    assert "Vỡ, Nứt" in wizard.text(shown)
    go_on(client, shown)

    assert Report.objects.get().details == {
        "pole": "Trụ 12",
        "count": "2,5",
        "since": "2026-11-14T18:30",
        "story": "Tối om.",
        "kind": "led",
        "marks": ["a", "b"],
    }


def question(code: str, datatype: str, **more: Any) -> dict[str, Any]:
    return {"code": code, "prompt": makers.name(code), "datatype": datatype, **more}


def test_the_last_request_asks_the_database_little(client: Client, city: None) -> None:
    makers.make_report(at=timezone.now())
    wizard.send(client)

    with CaptureQueriesContext(connection) as asked:
        wizard.send(client)

    assert len(asked) <= 8, [query["sql"] for query in asked]
