"""What happens around every request."""

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from hopthu.reports.models import Report
from hopthu.web.middleware import LanguageMiddleware, SameOriginMiddleware
from tests.public import wizard

HERE = {"host": "testserver"}


@pytest.mark.parametrize(
    ("cookie", "accepts", "language"),
    [
        ("", "", "vi"),
        ("", "en-GB,en;q=0.9", "en"),
        ("", "fr-FR,km;q=0.8,en;q=0.7", "km"),
        ("", "fr", "vi"),
        ("km", "en", "km"),
        ("xx", "en", "en"),
        ("../../etc", "*", "vi"),
    ],
)
def test_the_readers_language(cookie: str, accepts: str, language: str) -> None:
    request = RequestFactory().get("/", headers={"Accept-Language": accepts})
    request.COOKIES["lang"] = cookie

    response = LanguageMiddleware(lambda r: HttpResponse(r.LANGUAGE_CODE))(request)

    assert isinstance(response, HttpResponse)
    assert response.content.decode() == language
    assert response["Content-Language"] == language


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("headers", "passes"),
    [
        ({}, True),
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "none"}, True),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Origin": "http://testserver"}, True),
        ({"Origin": "https://elsewhere.example"}, False),
        ({"Origin": "null"}, False),
    ],
)
def test_a_form_from_another_site_is_refused(headers: dict[str, str], passes: bool) -> None:
    request = RequestFactory().post("/report/new", headers=headers)
    request.LANGUAGE_CODE = "vi"

    response = SameOriginMiddleware(lambda _: HttpResponse("taken"))(request)

    assert response.status_code == (200 if passes else 403)


@pytest.mark.django_db
def test_a_form_sent_to_another_name_is_refused_before_anything_is_written(city: None) -> None:
    client = Client(HTTP_HOST="elsewhere.example")

    response = wizard.send(client)

    assert response.status_code == 400
    assert Report.objects.count() == 0


def test_a_page_may_be_read_from_anywhere() -> None:
    request = RequestFactory().get("/", headers={"Sec-Fetch-Site": "cross-site"})

    response = SameOriginMiddleware(lambda _: HttpResponse("read"))(request)

    assert response.status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/desk/sign-in", "/nothing-here"])
def test_every_answer_says_what_the_page_may_load(city: None, client: Client, address: str) -> None:
    policy = client.get(address)["Content-Security-Policy"]

    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == rules["style-src"] == "'self'"
    assert rules["frame-ancestors"] == rules["base-uri"] == "'none'"
    assert "unsafe" not in policy
