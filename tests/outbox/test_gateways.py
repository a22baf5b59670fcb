"""What an operator may name as the service for texts, and how loud it is when it is wrong."""

import json
from pathlib import Path
from urllib.parse import parse_qsl

import pytest

from hopthu.outbox.channels.gateways import BadGateway, parse_gateway
from tests.live import Server

URL = "https://gateway.vn/send"


def test_it_is_named_by_its_address() -> None:
    gateway = parse_gateway("https://gateway.vn:8443/v1/send?a=1", token_file="/run/token")
    assert (gateway.host, gateway.port, gateway.tls) == ("gateway.vn", 8443, True)
    assert gateway.path == "/v1/send?a=1"
    assert gateway.token_file == Path("/run/token")
    assert gateway.country == "84"
    assert not parse_gateway("http://127.0.0.1:8080").tls


@pytest.mark.parametrize("words", ['","to":"+1', "{to} {text}", "a&to=+1", "đã có\n tin\\"])
def test_words_never_become_a_part_of_what_they_are_put_into(words: str) -> None:
    for template, told in [
        ('{"to": "{to}", "parts": [{"text": "» {text}"}], "n": 1}', "+84912345678"),
        ("to={digits}&text=» {text}&n=1", "84912345678"),
    ]:
        kind, body = parse_gateway(URL, body=template).body(to="+84912345678", text=words)
        if template.startswith("{"):
            assert kind == "application/json"
            assert json.loads(body) == {"to": told, "parts": [{"text": f"» {words}"}], "n": 1}
        else:
            assert kind == "application/x-www-form-urlencoded"
            found = parse_qsl(body.decode(), keep_blank_values=True)
            assert found == [("to", told), ("text", f"» {words}"), ("n", "1")]


@pytest.mark.parametrize(
    "url",
    [
        "gateway.vn",
        "smtp://gateway.vn",
        "https://",
        "https://me:xyzzy@gateway.vn/",
        "https://gateway.vn/#xyzzy",
        "https://gateway.vn:xyzzy/",
        "http://gateway.vn/xyzzy",
        "http://169.254.169.254/xyzzy",
        "http://[::1/xyzzy",
        "https://gateway.vn/xyzzy\r\nX: y",
    ],
)
def test_what_is_none_is_refused_without_showing_it(url: str) -> None:
    with pytest.raises(BadGateway) as refused:
        parse_gateway(url)
    assert "xyzzy" not in str(refused.value)


@pytest.mark.server
@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"HOPTHU_SMS_URL": "ftp://gateway.vn"}, "HOPTHU_SMS_URL: not an address"),
        ({"HOPTHU_SMS_URL": URL, "HOPTHU_ADDRESS": ""}, "needs HOPTHU_ADDRESS"),
        ({"HOPTHU_SMS_URL": URL, "HOPTHU_SMS_BODY": '{"to": '}, "HOPTHU_SMS_BODY: neither"),
        ({"HOPTHU_SMS_URL": URL, "HOPTHU_SMS_BODY": "to={to}"}, "HOPTHU_SMS_BODY: it needs"),
        ({"HOPTHU_SMS_URL": URL, "HOPTHU_SMS_COUNTRY": "VN"}, "HOPTHU_SMS_COUNTRY: not the code"),
    ],
)
def test_a_setting_that_makes_no_sense_stops_the_start_with_one_line(
    server: Server, settings: dict[str, str], says: str
) -> None:
    server.settings = {"HOPTHU_ADDRESS": "https://hopthu.city.example", **settings}
    done = server.attempt("mail")
    assert done.returncode != 0
    assert says in done.stderr
    assert len(done.stderr.splitlines()) == 1
