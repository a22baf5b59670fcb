"""One report as everybody reads it."""

from typing import Any

import pytest
from django.test import Client

from hopthu.bodies import actions as bodies
from hopthu.core.codes import format_number
from hopthu.core.terms import DeclineReason, HideReason, Outcome, Role, Step
from hopthu.people.actors import NEIGHBOUR
from hopthu.reports.models import Photo, Report
from hopthu.web.page_cache import pages
from tests import makers

pytestmark = pytest.mark.django_db
SECRET = "Nhà ông Tám, 0912 345 678"


@pytest.fixture(autouse=True)
def _no_kept_pages() -> None:
    pages.clear()


def address(report: Report) -> str:
    return f"/reports/{format_number(report.number)}"


def read(client: Client, report: Report) -> str:
    response = client.get(address(report), headers={"accept-language": "en"})
    assert response.status_code == 200
    return response.content.decode()


def test_it_shows_what_was_said_where_and_who_has_it(city: None, client: Client) -> None:
    report = makers.make_report(text="Đèn hư.\n\nTối quá.", landmark="Cạnh chợ")

    page = read(client, report)

    assert "<p>Đèn hư.</p>" in page
    assert "Cạnh chợ" in page
    assert 'href="/areas/east"' in page
    assert "Phòng Đô thị (en)" in page
    assert format_number(report.number) in page


def test_words_are_never_markup(city: None, client: Client) -> None:
    report = makers.make_report(text="<img src=x onerror=alert(1)>", landmark="<b>")

    page = read(client, report)

    assert "<img src=x" not in page
    assert "&lt;img src=x" in page
    assert "<b>" not in page


def test_the_answer_that_closed_it_comes_first_and_once(city: None, client: Client) -> None:
    report = makers.make_report()
    officer = makers.make_officer()
    makers.take(report, Step.ANSWER, officer, words="Chúng tôi đã nhận.")
    makers.take(
        report, Step.DECLINE, officer, reason=DeclineReason.PRIVATE_PROPERTY, words="Đất tư."
    )

    page = read(client, report)

    assert page.index("Đất tư.") < page.index("Chúng tôi đã nhận.")
    assert page.count("Đất tư.") == 1
    assert "private property" in page


def test_the_public_never_learns_a_name_of_the_staff(city: None, client: Client) -> None:
    report = makers.make_report()
    officer = makers.make_officer("trinh-thi-hoa")
    makers.take(report, Step.ASSIGN, officer, person=officer.pk)
    makers.take(report, Step.ANSWER, officer, words="Sẽ xem.")

    assert "trinh-thi-hoa" not in read(client, report).lower()


def test_of_a_private_report_only_group_day_and_status_are_told(city: None, client: Client) -> None:
    report = makers.make_report(
        "noise", text=SECRET, point=None, area="east", landmark="Hẻm 7, số 12"
    )
    makers.take(report, Step.ASK, makers.make_officer(), words="Hỏi riêng về xưởng cưa.")

    page = read(client, report)

    assert 'class="tombstone"' in page
    assert "Đường phố" in page
    for secret in (SECRET, "Tiếng ồn", "Phường Đông", "Hẻm 7", "xưởng cưa"):
        assert secret not in page


def test_a_hidden_report_keeps_its_reason_and_nothing_that_was_said(
    city: None, client: Client
) -> None:
    report = makers.make_report(text=SECRET, landmark="Hẻm 7, số 12")
    officer = makers.make_officer()
    makers.take(report, Step.ASK, officer, words=f"Có phải {SECRET}?")
    makers.take(report, Step.REPLY, words=f"Đúng, {SECRET}.")
    moderator = makers.make_staff("mod", (Role.MODERATOR, None))
    makers.take(
        report, Step.HIDE, moderator, reason=HideReason.PERSONAL_DATA, words="Có số điện thoại."
    )

    page = read(client, report)

    assert "Có số điện thoại." in page
    assert "personal data" in page
    assert 'name="robots" content="noindex"' in page
    for secret in (SECRET, "Hẻm 7"):
        assert secret not in page


def test_hiding_a_private_report_tells_no_more_of_it(city: None, client: Client) -> None:
    both = makers.make_staff("mod", (Role.MODERATOR, None), (Role.OFFICER, "works"))
    report = makers.make_report("noise", text=SECRET, point=None, area="east")
    makers.take(report, Step.HIDE, both, reason=HideReason.THREAT, words="Đe dọa.")

    page = read(client, report)

    for secret in (SECRET, "Tiếng ồn", "Phường Đông"):
        assert secret not in page


def test_a_withdrawn_report_keeps_no_words_of_the_sender(city: None, client: Client) -> None:
    report = makers.make_report(text=SECRET)
    makers.take(report, Step.WITHDRAW)

    page = read(client, report)

    assert SECRET not in page
    assert "took this report back" in page


def test_a_merged_report_leads_to_the_other(city: None, client: Client) -> None:
    first, second = makers.make_report(), makers.make_report()
    makers.take(second, Step.MERGE, makers.make_officer(), target=first.number)

    page = read(client, second)

    assert f'href="{address(first)}"' in page
    assert 'class="support' not in page


def test_a_report_without_point_body_or_words_has_a_page(city: None, client: Client) -> None:
    report = makers.make_report("papers", point=None)
    Report.objects.filter(pk=report.pk).update(text="", body=None)

    read(client, report)


def test_only_photos_that_a_moderator_published_are_shown(city: None, client: Client) -> None:
    report = makers.make_report()
    for state in Photo.State:
        Photo.objects.create(
            token=f"token-{state}",
            name=f"{state.value:0>32}",
            report=report,
            state=state,
            width=4,
            height=3,
            created_at=makers.MONDAY,
        )

    page = read(client, report)

    assert f"/photos/{'published':0>32}" in page
    assert f"{'held':0>32}" not in page
    assert f"{'withheld':0>32}" not in page


def test_answers_to_questions_are_shown_unless_they_are_for_the_body(
    city: None, client: Client
) -> None:
    question = {"prompt": makers.name("Câu hỏi"), "datatype": "string"}
    bodies.put_category(
        "lamp",
        group="street",
        name=makers.name("Đèn"),
        questions=[
            {**question, "code": "pole", "public": True},
            {**question, "code": "meter", "public": False},
        ],
    )
    report = makers.make_report(details={"pole": "Trụ 15", "meter": "Nhà tôi"})

    page = read(client, report)

    assert "Trụ 15" in page
    assert "Nhà tôi" not in page


@pytest.mark.parametrize("typed", ["7kq2m9xd", "7KQ2M9XD", "7kq2-m9xd"])
def test_a_number_typed_another_way_leads_to_the_one_address(
    city: None, client: Client, typed: str
) -> None:
    report = makers.make_report()
    Report.objects.filter(pk=report.pk).update(number="7KQ2M9XD")

    response = client.get(f"/reports/{typed}")

    assert response.status_code == 301
    assert response.headers["Location"] == "/reports/7KQ2-M9XD"


@pytest.mark.parametrize("number", ["7KQ2-M9XD", "UUUU-UUUU", "x" * 24, "1-1"])
def test_a_number_that_nobody_has_is_not_found_in_the_readers_language(
    city: None, client: Client, number: str
) -> None:
    response = client.get(f"/reports/{number}", headers={"accept-language": "en"})

    assert response.status_code == 404
    assert "There is nothing at this address" in response.content.decode()


def test_the_page_is_the_same_for_all_readers_and_asks_for_little(
    city: None, client: Client, django_assert_max_num_queries: Any
) -> None:
    report = makers.make_report()
    first = client.get(address(report))

    with django_assert_max_num_queries(2):
        second = client.get(address(report))

    assert second.content == first.content
    assert b"csrf" not in first.content
    assert not first.cookies


def test_what_happened_just_now_is_on_the_page(city: None, client: Client) -> None:
    report = makers.make_report()
    read(client, report)
    makers.take(report, Step.SUPPORT, NEIGHBOUR)
    makers.take(
        report, Step.RESOLVE, makers.make_officer(), outcome=Outcome.DONE, words="Đã thay bóng."
    )

    page = read(client, report)

    assert "Đã thay bóng." in page
    assert "<strong>1</strong>" in page


@pytest.mark.django_db
def test_once_it_is_closed_nobody_is_said_to_look_for_an_office(client: Client, city: None) -> None:
    dispatcher = makers.make_staff("chi", (Role.DISPATCHER, None))
    report = makers.make_report("service", point=None, concerned="office")
    looking = "In charge"
    client.cookies["lang"] = "en"

    assert looking in client.get(f"/reports/{report.number}", follow=True).content.decode()
    makers.take(report, Step.RESOLVE, dispatcher, outcome="answered", words="Answered.")

    assert looking not in client.get(f"/reports/{report.number}", follow=True).content.decode()


@pytest.mark.django_db
def test_that_the_sender_disagrees_stands_beside_the_status(client: Client, city: None) -> None:
    officer = makers.make_officer()
    report = makers.make_report()
    client.cookies["lang"] = "en"

    for count in (1, 2):
        makers.take(report, Step.RESOLVE, officer, outcome="done", words="Done.")
        page = client.get(f"/reports/{report.number}", follow=True).content.decode()
        assert "Sender: not done" not in page, f"before dispute {count}"
        makers.take(report, Step.DISPUTE)

    assert (
        "Sender: not done" in client.get(f"/reports/{report.number}", follow=True).content.decode()
    )
