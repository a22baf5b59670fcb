"""What an operator may name as the mail server, and how loud it is when it is wrong."""

import pytest

from hopthu.outbox.channels.servers import BadServer, MailServer, parse_server
from tests.live import Server


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtps://me:a%40b@mail.vn", MailServer("mail.vn", 465, "whole", "me", "a@b")),
        ("smtp://me:secret@mail.vn", MailServer("mail.vn", 587, "starttls", "me", "secret")),
        ("smtp://mail.vn:2525", MailServer("mail.vn", 2525, "starttls")),
        ("smtp://127.0.0.1:25?tls=off", MailServer("127.0.0.1", 25, "off")),
        ("smtp://localhost:25?tls=off", MailServer("localhost", 25, "off")),
    ],
)
def test_a_server_is_named_by_its_address(url: str, server: MailServer) -> None:
    assert parse_server(url) == server
    assert "secret" not in repr(server)


@pytest.mark.parametrize(
    "url",
    [
        "mail.vn",
        "http://me:secret@mail.vn",
        "smtp://",
        "smtp://me:secret@mail.vn:port",
        "smtp://me@mail.vn",
        "smtp://me:secret@mail.vn/path",
        "smtp://me:secret@mail.vn?tls=off",
        "smtp://me:secret@127.0.0.1?tls=maybe",
        "smtps://127.0.0.1?tls=off",
        "smtp://me:secret@[::1",
    ],
)
def test_what_is_none_is_refused_without_showing_the_password(url: str) -> None:
    with pytest.raises(BadServer) as refused:
        parse_server(url)
    assert "secret" not in str(refused.value)


@pytest.mark.server
@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"HOPTHU_SMTP_URL": "smtp://me:secret@mail.vn:x"}, '"HOPTHU_SMTP_URL" invalid'),
        ({"HOPTHU_SMTP_URL": "smtp://mail.vn"}, "needs HOPTHU_MAIL_FROM and HOPTHU_ADDRESS"),
        ({"HOPTHU_MAIL_FROM": "nobody"}, '"HOPTHU_MAIL_FROM" invalid'),
        ({"HOPTHU_ADDRESS": "mailbox.example"}, '"HOPTHU_ADDRESS" invalid'),
    ],
)
def test_a_setting_that_makes_no_sense_stops_the_start_with_one_line(
    server: Server, settings: dict[str, str], says: str
) -> None:
    server.settings = settings
    done = server.attempt("mail")
    assert done.returncode != 0
    assert says in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert "secret" not in done.stderr
