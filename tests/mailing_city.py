"""A served city, in processes of its own, that sends its letters through a real mail server."""

import time
from collections.abc import Iterator
from email.message import EmailMessage

import pytest

from tests.live import Server, free_port
from tests.outbox.mail_server import Post

PATIENCE = 30.0


@pytest.fixture
def mail() -> Iterator[Post]:
    with Post() as post:
        yield post


@pytest.fixture
def mailing(server: Server, mail: Post) -> Server:
    server.port = free_port()
    server.settings = {
        "HOPTHU_SMTP_URL": mail.url,
        "HOPTHU_MAIL_FROM": "hopthu@city.example",
        "HOPTHU_ADDRESS": server.url,
    }
    server.start()
    return server


def letter(mail: Post, number: int) -> EmailMessage:
    """The one with that number, once it is there."""
    end = time.monotonic() + PATIENCE
    while len(mail.letters) <= number:
        assert time.monotonic() < end, f"{len(mail.letters)} letters"
        time.sleep(0.1)
    return mail.letters[number]


def link(one: EmailMessage, beginning: str) -> str:
    """The line of it that begins so."""
    body = one.get_body(("plain",))
    assert body
    lines = str(body.get_content()).splitlines()
    return next(line for line in lines if line.startswith(beginning))
