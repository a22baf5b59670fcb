"""Commands that go to a mail server at once, and one that goes on where it refused."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

import pytest
from pytest_django import Settings

from hopthu.outbox import letters
from hopthu.outbox.channels.servers import parse_server
from hopthu.outbox.models import Delivery
from hopthu.outbox.sending import deliver
from tests import makers
from tests.makers import MONDAY
from tests.outbox.mail_server import Post

pytestmark = pytest.mark.django_db
DOT = b"\r\n.\r\n"


@contextmanager
def scripted(settings: Settings, *, envelope: bytes) -> Iterator[list[bytes]]:
    """A server that takes commands at once and answers `envelope`; gives what it was sent."""
    heard: list[bytes] = []

    def serve() -> None:
        line, _ = listening.accept()
        with line:
            line.settimeout(20)
            line.sendall(b"220 here\r\n")
            for answer in (b"250-here\r\n250 PIPELINING\r\n", envelope, b"250 taken\r\n"):
                heard.append(line.recv(65_536))
                line.sendall(answer)
            heard.append(line.recv(65_536))

    with socket.create_server(("127.0.0.1", 0)) as listening:
        url = f"smtp://127.0.0.1:{listening.getsockname()[1]}?tls=off"
        settings.MAIL_SERVER = parse_server(url)
        settings.MAIL_FROM = "hopthu@city.example"
        thread = Thread(target=serve, daemon=True)
        thread.start()
        yield heard
        thread.join(20)


@pytest.mark.usefixtures("sealing")
def test_sender_address_and_letter_are_announced_at_once(settings: Settings) -> None:
    makers.make_report(email="an@example.vn", language="vi")
    with scripted(settings, envelope=b"250 OK\r\n250 OK\r\n354 go on\r\n") as heard:
        assert deliver(MONDAY) == 1
    assert heard[1] == (b"MAIL FROM:<hopthu@city.example>\r\nRCPT TO:<an@example.vn>\r\nDATA\r\n")
    assert heard[2].endswith(DOT)
    assert heard[2].count(DOT) == 1


@pytest.mark.usefixtures("sealing")
def test_where_it_waits_for_a_letter_to_nobody_it_is_given_none(settings: Settings) -> None:
    makers.make_report(email="an@example.vn", language="vi")
    with scripted(settings, envelope=b"250 OK\r\n550 unknown\r\n354 go on\r\n") as heard:
        assert deliver(MONDAY) == 0
    assert heard[2:3] == [b""], "hung up, without a dot that would have ended a letter"
    assert Delivery.objects.values_list("state", "problem").get() == ("dead", "550")


@pytest.mark.parametrize("pipelining", [False, True])
def test_a_line_that_begins_with_a_dot_arrives_with_it(
    post: Post, pipelining: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    post.pipelining = pipelining
    makers.make_report(email="an@example.vn", language="vi")
    words = letters.Letter("x", ".\n..\n.a\n", "<p>.</p>", "City")
    monkeypatch.setitem(letters._topics, "report", lambda _delivery, _attempt: words)
    assert deliver(MONDAY) == 1
    body = post.letters[0].get_body(("plain",))
    assert body
    assert body.get_content().replace("\r\n", "\n").startswith(".\n..\n.a\n")
