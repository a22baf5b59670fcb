"""When something is not there, or broke, the page says so in the reader's language."""

import pytest
from django.test import Client, RequestFactory
from django.utils import translation

from hopthu.public.views.errors import bad_request, forbidden, server_error

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}


def test_an_unknown_address_is_not_found_in_the_readers_language(
    city: None, client: Client
) -> None:
    response = client.get("/nowhere", headers=ENGLISH)

    assert response.status_code == 404
    assert '<html lang="en"' in response.content.decode()
    assert "There is nothing at this address" in response.content.decode()


def test_when_everything_broke_the_page_still_stands(
    django_assert_num_queries: object,
) -> None:
    with django_assert_num_queries(0), translation.override("km"):  # type: ignore[operator]
        response = server_error(RequestFactory().get("/"))

    assert response.status_code == 500
    assert '<html lang="km"' in response.content.decode()


def test_what_was_not_understood_or_not_allowed_says_so(city: None) -> None:
    request = RequestFactory().get("/")

    assert bad_request(request).status_code == 400
    assert forbidden(request).status_code == 403
