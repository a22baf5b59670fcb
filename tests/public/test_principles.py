"""What the mailbox never does is a page of every city."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_all_six_promises_are_there(city: None, client: Client) -> None:
    page = client.get("/principles", headers={"accept-language": "en"}).content.decode()

    assert page.count("<li>") >= 6
    assert "Criticism of the city is never a reason." in page
