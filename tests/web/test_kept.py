"""Headers and footers are written once, and never for the wrong reader."""

import re

import pytest
from django.test import Client

from hopthu.bodies import actions
from tests import makers

pytestmark = pytest.mark.django_db


def header(client: Client, address: str) -> str:
    found = re.search(r"<header.*</header>", client.get(address).content.decode(), re.S)
    assert found
    return found[0]


def test_the_same_page_has_the_same_header_twice(city: None, client: Client) -> None:
    assert header(client, "/reports") == header(client, "/reports")


def test_each_page_leads_back_to_itself_in_another_language(city: None, client: Client) -> None:
    assert "next=%2Freports%3Fq%3Dlamp" in header(client, "/reports?q=lamp")
    assert "next=%2Freports%3Fq%3Dtree" in header(client, "/reports?q=tree")


def test_each_part_of_the_site_is_marked(city: None, client: Client) -> None:
    assert 'href="/follow" aria-current="page"' in header(client, "/follow")
    assert 'href="/follow" aria-current="page"' not in header(client, "/reports")


def test_each_reader_has_their_own_language(city: None, client: Client) -> None:
    header(client, "/reports")
    client.get("/language/km")

    assert 'lang="km" hreflang="km" rel="nofollow" aria-current="true"' in header(
        client, "/reports"
    )


def test_a_city_that_changes_its_name_shows_it_at_once(city: None, client: Client) -> None:
    assert "Thành phố Thử" in header(client, "/reports")

    actions.configure_city(name=makers.name("Thành phố Mới"))

    assert "Thành phố Mới" in header(client, "/reports")


def test_an_address_cannot_write_into_the_page(city: None, client: Client) -> None:
    assert "<script>" not in header(client, "/reports?q=<script>alert(1)</script>")
