"""The load generator says what it sent, how long it took, and what came back wrong."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bench.load import FRESH, Load, Order, from_json, to_json

SEEN: list[bytes] = []


class Answers(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        SEEN.append(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(200)
        if self.path == "/chunked":
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            self.wfile.write(b"5\r\nhello\r\n")
            self.wfile.write(b"0\r\n\r\n")
            return
        self.send_header("Content-Length", "5")
        self.end_headers()
        self.wfile.write(b"hello")

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def port() -> Iterator[int]:
    SEEN.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield int(server.server_address[1])
        server.shutdown()


def post(path: str) -> bytes:
    head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(FRESH)}\r\n\r\n"
    return head.encode() + FRESH


def order(port: int, path: str, expect: bytes = b"hello", at_most: int = 40) -> Order:
    return Order(port, [post(path)], expect, clients=4, seconds=5, warm_up=0, at_most=at_most)


@pytest.mark.parametrize("path", ["/", "/chunked"])
def test_every_request_is_counted_and_none_is_like_another(port: int, path: str) -> None:
    result = Load(order(port, path)).run()

    assert result.sent == len(SEEN) == len(set(SEEN))
    assert 40 <= result.sent <= 43
    assert 0 < result.p50 <= result.p95 <= result.p99
    assert result.wrong == {}


def test_an_answer_that_was_not_expected_is_told(port: int) -> None:
    result = Load(order(port, "/", expect=b"goodbye", at_most=10)).run()

    assert result.sent == 0
    assert sum(result.wrong.values()) >= 10


def test_an_order_travels_whole() -> None:
    sent = order(1, "/")

    assert from_json(to_json(sent)) == sent
