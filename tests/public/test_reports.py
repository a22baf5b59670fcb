"""The list of all reports, filtered by a plain form."""

from typing import Any

import pytest
from django.test import Client

from hopthu.core.codes import format_number
from hopthu.core.terms import HideReason, Outcome, Role, Step
from tests import makers

pytestmark = pytest.mark.django_db


def listed(client: Client, query: str = "") -> str:
    response = client.get("/reports" + query)
    assert response.status_code == 200
    return response.content.decode()


def test_public_reports_are_listed_with_place_and_status(city: None, client: Client) -> None:
    report = makers.make_report(text="Đèn hư trước chợ.", landmark="Cạnh chợ Mới")

    page = listed(client)

    assert "Đèn hư trước chợ." in page
    assert "Cạnh chợ Mới" in page
    assert "Phường Đông" in page
    assert f'href="/reports/{report.number[:4]}-{report.number[4:]}"' in page
    assert "tag-new" in page


def test_private_and_hidden_reports_are_not_listed(city: None, client: Client) -> None:
    makers.make_report("noise", text="Ồn cả đêm.", point=None, area="east")
    hidden = makers.make_report(text="Gọi ông Sáu 0912 345 678.")
    moderator = makers.make_staff("mod", (Role.MODERATOR, None))
    makers.take(
        hidden, Step.HIDE, moderator, reason=HideReason.PERSONAL_DATA, words="Có số điện thoại."
    )

    page = listed(client)

    assert "Ồn cả đêm." not in page
    assert "0912 345 678" not in page


def test_the_words_of_a_withdrawn_report_are_not_listed(city: None, client: Client) -> None:
    report = makers.make_report(text="Tôi gửi nhầm.")
    makers.take(report, Step.WITHDRAW)

    assert "Tôi gửi nhầm." not in listed(client)


def test_it_filters_by_kind_ward_and_status(city: None, client: Client) -> None:
    east = makers.make_report(text="Đèn phía đông.", point=makers.IN_EAST)
    makers.make_report(text="Đèn phía tây.", point=makers.IN_WEST)
    makers.make_report("papers", text="Giấy tờ trễ.", point=None)
    makers.take(east, Step.RESOLVE, makers.make_officer(), outcome=Outcome.DONE, words="Xong.")

    assert "Đèn phía tây." not in listed(client, "?area=east")
    assert "Đèn phía đông." not in listed(client, "?category=papers")
    assert "Giấy tờ trễ." not in listed(client, "?status=done")
    assert "Đèn phía đông." in listed(client, "?category=lamp&area=east&status=done")


def test_it_finds_words_typed_without_accents(city: None, client: Client) -> None:
    makers.make_report(text="Ngập nước ở hẻm nhỏ.")
    makers.make_report(text="Đèn hư.")

    page = listed(client, "?q=ngap+nuoc")

    assert "Ngập nước ở hẻm nhỏ." in page
    assert "Đèn hư." not in page


def test_a_number_is_found_as_it_is_shown(city: None, client: Client) -> None:
    report = makers.make_report(text="Đèn hư trước chợ.")
    makers.make_report(text="Ngập nước.")
    shown = f"{report.number[:4]}-{report.number[4:]}"

    for typed in (shown, shown.lower(), report.number):
        page = listed(client, f"?q={typed}")
        assert "Đèn hư trước chợ." in page, typed
        assert "Ngập nước." not in page, typed


def test_it_keeps_what_was_chosen(city: None, client: Client) -> None:
    page = listed(client, "?q=%22%3E%3Cscript%3E&category=lamp")

    assert 'value="lamp" selected' in page
    assert "<script>" not in page
    assert "&quot;&gt;&lt;script&gt;" in page


@pytest.mark.parametrize(
    "query",
    [
        "?category=nothing",
        "?area=%00",
        "?status=42",
        "?before=x",
        "?before=9-9",
        "?q=" + "a" * 5000,
    ],
)
def test_a_link_that_makes_no_sense_still_answers(city: None, client: Client, query: str) -> None:
    makers.make_report()

    listed(client, query)


def test_when_nothing_fits_it_says_so_and_leads_back(city: None, client: Client) -> None:
    page = listed(client, "?q=nothing-like-this")

    assert 'class="nothing"' in page
    assert 'href="/reports"' in page


def test_older_reports_are_one_link_away_and_keep_the_filter(city: None, client: Client) -> None:
    for number in range(21):
        makers.make_report(text=f"Đèn số {number:02}.")

    first = client.get("/reports?category=lamp")
    older = first.context["older"]
    second = client.get(older)

    assert "category=lamp" in older
    assert len(first.context["page"].reports) == 20
    assert [report.text for report in second.context["page"].reports] == ["Đèn số 00."]
    assert not second.context["older"]


@pytest.mark.parametrize("reports", [1, 3])
def test_more_reports_cost_no_more_queries(
    city: None, client: Client, django_assert_max_num_queries: Any, reports: int
) -> None:
    for _ in range(reports):
        makers.make_report()
    client.get("/reports")

    with django_assert_max_num_queries(4):
        client.get("/reports")


@pytest.mark.parametrize(
    "asked", ["status=nothing", "area=atlantis", "category=%00", "status=open&area=x"]
)
def test_what_does_not_exist_is_said_and_the_rest_is_shown(
    city: None, client: Client, asked: str
) -> None:
    client.cookies["lang"] = "en"
    report = makers.make_report()
    page = client.get(f"/reports?{asked}").content.decode()
    assert "that does not exist here" in page
    assert format_number(report.number) in page
    assert "that does not exist here" not in client.get("/reports?status=open").content.decode()
