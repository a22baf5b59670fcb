"""The front page: what this is, the way in, and what was lately solved."""

from typing import Any

import pytest
from django.test import Client

from hopthu.bodies.actions import configure_city
from hopthu.core.terms import Outcome, Step
from tests import makers

pytestmark = pytest.mark.django_db


def test_it_leads_to_the_form_and_to_following(city: None, client: Client) -> None:
    page = client.get("/").content.decode()

    assert 'href="/report/new"' in page
    assert 'href="/follow"' in page
    assert "Thành phố Thử" in page


def test_every_active_category_is_one_tap_away(city: None, client: Client) -> None:
    page = client.get("/").content.decode()

    for code in ("lamp", "wires", "noise", "papers", "service"):
        assert f'href="/report/new?category={code}"' in page


def test_what_was_lately_solved_is_shown(city: None, client: Client) -> None:
    solved = makers.make_report(text="Đèn ở ngã ba hư.")
    makers.take(
        solved, Step.RESOLVE, makers.make_officer(), outcome=Outcome.DONE, words="Đã thay bóng."
    )
    still_open = makers.make_report(text="Đèn ở chợ hư.")

    page = client.get("/").content.decode()

    assert "Đèn ở ngã ba hư." in page
    assert still_open.text not in page


def test_a_private_report_that_was_solved_is_not_shown(city: None, client: Client) -> None:
    report = makers.make_report("noise", text="Ồn cả đêm.", point=None, area="east")
    makers.take(report, Step.RESOLVE, makers.make_officer(), outcome=Outcome.DONE, words="Đã nhắc.")

    assert "Ồn cả đêm." not in client.get("/").content.decode()


def test_an_invented_city_says_so(city: None, client: Client) -> None:
    notice = 'class="site-demo"'
    assert notice not in client.get("/").content.decode()

    configure_city(demo=True)

    assert notice in client.get("/").content.decode()


def test_without_a_city_the_page_says_what_to_do(db: None, client: Client) -> None:
    response = client.get("/")

    assert response.status_code == 503
    assert "hopthu demo" in response.content.decode()


@pytest.mark.parametrize("solved", [1, 3])
def test_more_solved_reports_cost_no_more_queries(
    city: None, client: Client, django_assert_max_num_queries: Any, solved: int
) -> None:
    officer = makers.make_officer()
    for _ in range(solved):
        makers.take(
            makers.make_report(), Step.RESOLVE, officer, outcome=Outcome.DONE, words="Xong."
        )
    client.get("/")

    with django_assert_max_num_queries(4):
        client.get("/")
