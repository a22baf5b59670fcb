"""What a browser is told by a city that runs as docs/operator.md says: behind HTTPS."""

import re
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse

import pytest

from tests.live import Cities, Server
from tests.makers import PASSWORD
from tests.reliability.visiting import Answer, Visitor

pytestmark = pytest.mark.server
HTTPS = {"X-Forwarded-Proto": "https"}
PHOTOS = "photos.city.example"
PRODUCTION = {
    "HOPTHU_HTTPS": "true",
    "HOPTHU_HOSTS": "localhost,city.example",
    "HOPTHU_ADDRESS": "https://city.example",
    "HOPTHU_PHOTO_ADDRESS": f"https://{PHOTOS}",
}


@pytest.fixture(scope="module")
def city(cities: Cities) -> Iterator[Server]:
    server = cities.another()
    server.settings = PRODUCTION
    server.start()
    yield server
    server.kill()


def ask(city: Server, path: str, **headers: str) -> HTTPResponse:
    connection = HTTPConnection("127.0.0.1", city.port, timeout=60)
    connection.request("GET", path, headers={"Host": "city.example"} | HTTPS | headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer


def set_cookies(answer: HTTPResponse) -> list[str]:
    return answer.headers.get_all("Set-Cookie") or []


def test_djangos_own_deployment_check_finds_nothing(city: Server) -> None:
    checked = (
        "from django.core.management import call_command\n"
        "call_command('check', '--deploy', '--fail-level', 'DEBUG')"
    )
    assert city.do(checked).startswith("System check identified no issues")


@pytest.mark.parametrize(
    "path", ["/", "/desk/sign-in", "/nothing-here", "/static/web/tokens.css", "/record/vkey"]
)
def test_every_answer_carries_what_browsers_hold_a_page_to(city: Server, path: str) -> None:
    headers = ask(city, path).headers
    assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["Cross-Origin-Resource-Policy"] in {"same-origin", "cross-origin"}


def test_every_page_is_closed_to_others_and_to_what_it_does_not_need(city: Server) -> None:
    headers = ask(city, "/").headers
    policy = headers["Content-Security-Policy"]
    assert "object-src 'none'" in policy
    assert "base-uri 'none'" in policy
    assert f"img-src 'self' data: blob: https://{PHOTOS}" in policy
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "microphone=()" in headers["Permissions-Policy"]
    assert headers["X-Frame-Options"] == "DENY"


def test_what_comes_in_the_clear_is_sent_on_to_https(city: Server) -> None:
    answer = ask(city, "/report/new", **{"X-Forwarded-Proto": "http"})
    assert (answer.status, answer.headers["Location"]) == (301, "https://city.example/report/new")


def test_the_cookies_of_the_desk_are_this_hosts_alone(city: Server) -> None:
    visitor = Secure(city, "198.51.100.7")
    page = visitor.get("/desk/sign-in")
    form = {"csrfmiddlewaretoken": page.field("csrfmiddlewaretoken")}
    signed_in = visitor.post("/desk/sign-in", form | {"username": "an", "password": PASSWORD})
    assert signed_in.status == 302
    assert visitor.get("/desk/").status == 200
    assert {"__Host-desk", "__Host-desk-form", "__Secure-desk-known"} <= set(visitor.cookies)


def test_every_cookie_is_bound_to_https_and_out_of_reach_of_scripts(city: Server) -> None:
    cookies = [*set_cookies(ask(city, "/language/en")), *set_cookies(ask(city, "/desk/sign-in"))]
    assert len(cookies) == 2
    for cookie in cookies:
        assert re.match(r"__Host-[\w-]+=", cookie)
        words = {word.strip().lower() for word in cookie.split(";")[1:]}
        assert {"secure", "httponly", "path=/"} <= words
        assert words & {"samesite=lax", "samesite=strict"}
        assert not any(word.startswith("domain") for word in words)


def test_the_host_of_photos_has_photos_and_nothing_else(city: Server) -> None:
    for path in ("/", "/desk/sign-in", "/report/new", "/static/web/tokens.css"):
        answer = ask(city, path, Host=PHOTOS)
        assert (answer.status, set_cookies(answer)) == (404, [])
    missing = ask(city, f"/photos/{'0' * 32}", Host=PHOTOS)
    assert (missing.status, missing.headers["Cross-Origin-Resource-Policy"]) == (
        404,
        "cross-origin",
    )
    elsewhere = ask(city, f"/photos/{'0' * 32}?size=small")
    assert elsewhere.status == 302
    assert elsewhere.headers["Location"] == f"https://{PHOTOS}/photos/{'0' * 32}?size=small"


class Secure(Visitor):
    """Behind the proxy that ends HTTPS."""

    def _ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        host = {"Host": "city.example", "Referer": "https://city.example/desk/sign-in"}
        return super()._ask(method, path, body, headers | HTTPS | host)
