"""Choosing a language, remembered without telling readers apart."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_the_reader_comes_back_to_the_same_page_in_the_chosen_language(
    city: None, client: Client
) -> None:
    response = client.get("/language/km?next=/reports%3Fq%3Da")

    assert response.status_code == 302
    assert response.headers["Location"] == "/reports?q=a"
    assert '<html lang="km"' in client.get("/reports").content.decode()


def test_the_cookie_says_the_language_and_nothing_else(city: None, client: Client) -> None:
    response = client.get("/language/en")

    assert [(name, cookie.value) for name, cookie in response.cookies.items()] == [("lang", "en")]


@pytest.mark.parametrize(
    "elsewhere",
    ["//evil.example", "https://evil.example/", "javascript:alert(1)", "/\\evil.example", ""],
)
def test_it_never_leads_to_another_site(city: None, client: Client, elsewhere: str) -> None:
    response = client.get("/language/vi", {"next": elsewhere})

    assert response.headers["Location"] == "/"


def test_a_language_that_nobody_wrote_is_not_found(city: None, client: Client) -> None:
    assert client.get("/language/fr").status_code == 404


def test_the_khmer_font_is_loaded_on_khmer_pages_alone(city: None, client: Client) -> None:
    assert "khmer.css" not in client.get("/").content.decode()

    client.get("/language/km")

    assert "khmer.css" in client.get("/").content.decode()
