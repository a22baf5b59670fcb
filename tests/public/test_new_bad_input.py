"""What people and machines send: told beside the field, with a proper status, nothing else lost."""

from typing import Any

import pytest
from django.test import Client

from hopthu.core.limits import MAX_TEXT
from hopthu.reports.models import Report
from tests import makers
from tests.public import wizard

pytestmark = pytest.mark.django_db

KEPT = {"landmark": "Cạnh trường học", "private": "1"}
SEA = {"lat": str(makers.IN_THE_SEA.lat), "lon": str(makers.IN_THE_SEA.lon)}


@pytest.fixture(autouse=True)
def _english(client: Client) -> None:
    client.cookies["lang"] = "en"


@pytest.mark.parametrize(
    ("sent", "page", "field", "message"),
    [
        ({"category": ""}, "what", "category", "Choose what"),
        ({"category": "mayor"}, "what", "category", "do not know this kind"),
        ({"category": "lamp\x00"}, "what", "category", "do not know this kind"),
        ({"lat": "10.02", "lon": "106.015"}, "where", "lat", "1 kilometre outside"),
        (SEA, "where", "lat", "kilometres outside the city"),
        ({"lat": "106.015", "lon": "10.005"}, "where", "lat", "wrong way round"),
        ({"lat": "106.9", "lon": "200"}, "where", "lat", "no such place"),
        ({"lat": "NaN", "lon": "NaN"}, "where", "lat", "not numbers"),
        ({"lat": "inf", "lon": "-inf"}, "where", "lat", "not numbers"),
        ({"lat": "10.005", "lon": ""}, "where", "lat", "not numbers"),
        ({"lat": "1" * 5000, "lon": "106"}, "where", "lat", "not numbers"),
        ({"lat": "'; DROP TABLE", "lon": "106"}, "where", "lat", "not numbers"),
        ({"lat": None, "lon": None, "landmark": ""}, "where", "place", "put the pin"),
        ({"lat": None, "lon": None}, "where", "area", "Choose the ward"),
        ({"lat": None, "lon": None, "area": "moon"}, "where", "area", "do not know this ward"),
        (
            {"lat": None, "lon": None, "area": "west", "landmark": ""},
            "where",
            "landmark",
            "street or a landmark",
        ),
        ({"text": ""}, "describe", "text", "Write what is wrong"),
        ({"text": " "}, "describe", "text", "Write what is wrong"),
        ({"text": "\x00\x01\x02\x1b"}, "describe", "text", "Write what is wrong"),
        ({"text": "\u202e\u2066\u200f"}, "describe", "text", "Write what is wrong"),
    ],
)
def test_each_gets_a_message_beside_its_field(
    client: Client, city: None, sent: dict[str, Any], page: str, field: str, message: str
) -> None:
    response = wizard.send(client, **KEPT | sent)

    assert response.status_code == 422
    assert wizard.page(response) == page
    assert wizard.summary(response)[0] == field
    assert message in wizard.errors(response)[field]
    assert Report.objects.count() == 0
    kept = wizard.whole(**KEPT | sent).items()
    carried = wizard.fields(response)
    for name, value in kept:
        if value and name not in {"page", "submission", field, "lon"}:
            assert carried[name] == [value], name


@pytest.mark.parametrize("length", [MAX_TEXT + 1, 1_000_000])
def test_a_text_that_is_too_long_is_told_by_how_much(
    client: Client, city: None, length: int
) -> None:
    response = wizard.send(client, text="a" * length, **KEPT)

    assert response.status_code == 413
    assert wizard.page(response) == "describe"
    assert f"{length - MAX_TEXT:,} character" in wizard.errors(response)["text"]
    assert wizard.fields(response)["landmark"] == ["Cạnh trường học"]
    assert len(wizard.fields(response)["text"][0]) == length


def test_a_text_of_just_the_limit_is_taken(client: Client, city: None) -> None:
    wizard.send(client, text="a" * MAX_TEXT)

    assert len(Report.objects.get().text) == MAX_TEXT


def test_letters_that_turn_the_reading_direction_are_dropped(client: Client, city: None) -> None:
    wizard.send(client, text="Đèn \u202ehư\u202c.\x00")

    assert Report.objects.get().text == "Đèn hư."


def test_a_landmark_that_is_too_long(client: Client, city: None) -> None:
    response = wizard.send(client, landmark="a" * 201)

    assert response.status_code == 413
    assert "200 characters" in wizard.errors(response)["landmark"]


def test_more_than_can_be_read_at_all_gets_a_kind_page(client: Client, city: None) -> None:
    for sent in (
        wizard.whole(text="a" * 3_000_000),
        wizard.whole(**{f"field_{n}": "1" for n in range(300)}),
    ):
        response = client.post(wizard.URL, sent)

        assert response.status_code == 413
        assert "Go back in your browser" in wizard.text(response)  # type: ignore[arg-type]
    assert Report.objects.count() == 0


def test_a_garbled_request_gets_a_kind_page(client: Client, city: None) -> None:
    response = client.generic(
        "POST", wizard.URL, b"not what it says", content_type="multipart/form-data; boundary="
    )

    assert response.status_code == 413


def test_markup_is_shown_and_not_obeyed(client: Client, city: None) -> None:
    response = wizard.send(client, page="describe", text="<script>alert(1)</script>")

    assert "<script>alert" not in response.content.decode()
    assert "<script>alert(1)</script>" in wizard.fields(response)["text"]
