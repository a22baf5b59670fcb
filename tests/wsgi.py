"""Asking the application that a web server calls, with heads and bodies that no client sends."""

import io
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from http.cookies import SimpleCookie
from typing import Any
from wsgiref.types import WSGIEnvironment
from wsgiref.util import setup_testing_defaults

from django.core.signals import request_finished, request_started
from django.db import close_old_connections


def ask(
    path: str, *, body: bytes = b"", kind: str = "", head: Mapping[str, str] | None = None
) -> tuple[int, str]:
    """Status and text of the answer; `path` as it stands in the request line.

    With a body it is a POST. `head`: as WSGI names it, `HTTP_COOKIE`.
    """
    from hopthu.project.wsgi import application

    plain, _, query = path.partition("?")
    environ: WSGIEnvironment = {
        "REQUEST_METHOD": "POST" if body else "GET",
        "PATH_INFO": plain,
        "QUERY_STRING": query,
        "CONTENT_TYPE": kind,
        "CONTENT_LENGTH": str(len(body)),
        "HTTP_HOST": "localhost",
        "wsgi.input": io.BytesIO(body),
        **(head or {}),
    }
    setup_testing_defaults(environ)
    said: list[str] = []

    def start(status: str, *_rest: Any) -> Any:
        said.append(status)

    with the_tests_connection():
        parts: Iterable[bytes] = application(environ, start)
        text = b"".join(parts).decode(errors="replace")
        if close := getattr(parts, "close", None):
            close()
    return int(said[0].split()[0]), text


@contextmanager
def the_tests_connection() -> Iterator[None]:
    """Keep it, with the transaction that the test is in: a request ends by closing old ones."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in signals:
            signal.connect(close_old_connections)


def spelled(cookies: "SimpleCookie") -> dict[str, str]:
    """Name and value of what a test client keeps."""
    return {name: one.value for name, one in cookies.items()}
