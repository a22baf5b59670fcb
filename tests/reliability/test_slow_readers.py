"""Whoever reads slowly, or breaks off, keeps nobody else from the city."""

import socket
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.live import Server

pytestmark = pytest.mark.server
MANY = """
from hopthu.reports.models import Event, Report
first = send_report().report
rows = [
    Report(**{f.attname: getattr(first, f.attname) for f in Report._meta.concrete_fields}
           | {"id": None, "number": f"{n:08}", "submission": None, "text": "Đ" * 4000})
    for n in range(1500)
]
Report.objects.bulk_create(rows)
salt = {"text": "A" * 43 + "="}
Event.objects.bulk_create(
    Event(report=row, seq=1, kind="received", at=row.received_at, role="sender",
          status="received", salts=salt) for row in rows
)
"""
"""About 12 MB of values: more than the kernel takes off a server's hands."""


@contextmanager
def reading_slowly(server: Server) -> Iterator[bytes]:
    """Ask for all values, and read the first few bytes alone."""
    with socket.create_connection(("localhost", server.port)) as reader:
        reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        reader.settimeout(30)
        reader.sendall(b"GET /record/values.ndjson HTTP/1.1\r\nHost: localhost\r\n\r\n")
        yield reader.recv(1024)


def status(server: Server, path: str) -> int:
    try:
        with urllib.request.urlopen(server.url + path, timeout=30) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_slow_readers_of_everything_hold_up_nobody(server: Server) -> None:
    server.do(MANY)
    server.start()

    with reading_slowly(server) as first, reading_slowly(server) as second:
        assert first.startswith(b"HTTP/1.1 200")
        assert second.startswith(b"HTTP/1.1 200")
        assert status(server, "/") == 200
        assert status(server, "/reports") == 200
        assert status(server, "/record/values.ndjson") == 503

    # Both broke off: their places are free again as soon as the server has noticed.
    for _ in range(100):
        with reading_slowly(server) as again:
            if again.startswith(b"HTTP/1.1 200"):
                return
    pytest.fail("nobody may read the values any more")
