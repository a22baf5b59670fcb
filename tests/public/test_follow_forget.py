"""The sender clears the traces on this phone."""

import pytest
from django.test import Client

from tests.public import following, wizard

pytestmark = pytest.mark.django_db


def test_the_cookie_goes_and_the_browser_is_told_to_drop_the_rest(
    client: Client, city: None
) -> None:
    following.followed(client, text="Đèn hư.")

    response = following.take(client, "forget")

    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert response.cookies["follow"].value == ""
    assert "knows nothing of your report" in following.said(client, response)
    assert "Đèn hư." not in wizard.text(following.page(client))
