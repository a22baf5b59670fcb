"""What is kept about people is a page of every city, one tap away from every other."""

import pytest
from django.test import Client

from hopthu.care.inventory import KINDS

pytestmark = pytest.mark.django_db


def test_it_says_why_how_long_and_where(city: None, client: Client) -> None:
    page = client.get("/privacy", headers={"accept-language": "en"}).content.decode()

    assert page.count("<dt>How long</dt>") == len(KINDS)
    assert "90 days after the report was closed" in page
    assert "Your internet address" in page


def test_every_page_leads_to_it(city: None, client: Client) -> None:
    for address in ("/", "/reports", "/privacy"):
        assert 'href="/privacy"' in client.get(address).content.decode()
