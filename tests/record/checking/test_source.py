"""Reading a log over HTTP from somebody who may be slow, mistaken or hostile."""

import gzip
import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from hopthu.record.checking import source as source_module
from tests.record.checking.town import LAMP, Town, check

Answer = Callable[[BaseHTTPRequestHandler, str], None]


@pytest.fixture
def server(town: Town) -> Iterator[Callable[[Answer], str]]:
    """A server that answers as a test wants; whatever it passes on comes from the town's log."""
    answers: list[Answer] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            answers[-1](self, self.path.lstrip("/"))

        def log_message(self, *_: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        running.daemon_threads = True
        threading.Thread(target=running.serve_forever, args=(0.01,), daemon=True).start()

        def start(answer: Answer) -> str:
            answers.append(answer)
            return f"http://127.0.0.1:{running.server_address[1]}"

        yield start
        running.shutdown()


def send(handler: BaseHTTPRequestHandler, data: bytes, status: int = 200, **headers: str) -> None:
    handler.send_response(status)
    handler.send_header("Content-Length", str(len(data)))
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(data)


def pass_on(handler: BaseHTTPRequestHandler, town: Town, asked: str) -> None:
    file = town.log.folder / asked
    send(handler, file.read_bytes() if file.is_file() else b"", 200 if file.is_file() else 404)


def answering(town: Town, path: str, answer: Answer) -> Answer:
    """Everything as it is, but one path."""

    def everything(handler: BaseHTTPRequestHandler, asked: str) -> None:
        if asked == path:
            answer(handler, asked)
        else:
            pass_on(handler, town, asked)

    return everything


def test_answers_may_be_packed(town: Town, server: Callable[[Answer], str]) -> None:
    town.fill(300)
    town.publish()

    def packed(handler: BaseHTTPRequestHandler, asked: str) -> None:
        file = town.log.folder / asked
        if file.is_file():
            send(handler, gzip.compress(file.read_bytes()), Content_Encoding="gzip")
        else:
            send(handler, b"", 404)

    assert check(server(packed))[0] == 0


@pytest.mark.parametrize("path", ["vkey", "checkpoint", "tile/0/000.p/5", "values.ndjson"])
@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (lambda one, _: send(one, b"", 302, Location="http://10.0.0.1/"), "HTTP 302"),
        (lambda one, _: send(one, b"", 500), "HTTP 500"),
        (lambda one, _: send(one, b"packed", Content_Encoding="gzip"), "another way than gzip"),
        (lambda one, _: send(one, b"packed", Content_Encoding="br"), "another way than gzip"),
        (
            lambda one, _: send(one, gzip.compress(b"a" * 999)[:-9], Content_Encoding="gzip"),
            "ended early",
        ),
        (lambda one, _: one.wfile.write(b"nonsense\r\n\r\n"), "BadStatusLine"),
    ],
    ids=["redirect", "error", "not gzip", "brotli", "cut gzip", "nonsense"],
)
def test_answers_that_are_none(
    town: Town, server: Callable[[Answer], str], path: str, answer: Answer, says: str
) -> None:
    def closing(handler: BaseHTTPRequestHandler, asked: str) -> None:
        answer(handler, asked)
        handler.close_connection = True

    status, (said,) = check(server(answering(town, path, closing)))
    assert status == 2
    assert said.startswith("CANNOT CHECK ")
    assert says in said


def test_an_answer_that_ends_early(town: Town, server: Callable[[Answer], str]) -> None:
    def cut(handler: BaseHTTPRequestHandler, asked: str) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        handler.wfile.write(b"{}")
        handler.close_connection = True

    status, (said,) = check(server(answering(town, "values.ndjson", cut)))
    assert status == 2
    assert "ended an answer early" in said or "IncompleteRead" in said


@pytest.mark.parametrize("path", ["checkpoint", "tile/0/000.p/5", "values.ndjson"])
@pytest.mark.parametrize("packed", [False, True])
def test_an_answer_without_end_is_not_read_to_its_end(
    town: Town, server: Callable[[Answer], str], path: str, packed: bool
) -> None:
    def endless(handler: BaseHTTPRequestHandler, asked: str) -> None:
        data = b"a" * 50_000_000
        if packed:
            send(handler, gzip.compress(data, 1), Content_Encoding="gzip")
        else:
            send(handler, data)

    status, said = check(server(answering(town, path, endless)))
    assert status == 1
    assert any("is longer than" in line for line in said)


def test_silence_has_an_end(
    town: Town, server: Callable[[Answer], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source_module, "SILENCE", 0.2)
    done = threading.Event()

    def silent(*_: object) -> None:
        done.wait(5)

    status, (said,) = check(server(answering(town, "checkpoint", silent)))
    done.set()
    assert status == 2
    assert "said nothing" in said


BEGINNING = b"HTTP/1.1 200 OK\r\n"
PACKED = BEGINNING + b"Content-Encoding: gzip\r\n\r\n"


@pytest.mark.parametrize(
    ("beginning", "more"),
    [
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        (BEGINNING + b"X: ", b"a"),
        (BEGINNING + b"\r\n", b"a"),
        (PACKED + gzip.compress(b"a"), bytes(4096)),
        (PACKED + gzip.compress(b"")[:10], b"\0\0\0\xff\xff" * 4096),
    ],
    ids=["always about to begin", "a header", "a body", "after the end", "packed nothing"],
)
def test_what_never_ends_has_an_end(
    town: Town,
    server: Callable[[Answer], str],
    monkeypatch: pytest.MonkeyPatch,
    beginning: bytes,
    more: bytes,
) -> None:
    """It is never silent for long, and never too long: only slow."""
    monkeypatch.setattr(source_module, "SLOWEST", 0.5)
    done = threading.Event()

    def endless(handler: BaseHTTPRequestHandler, _: str) -> None:
        handler.close_connection = True
        handler.wfile.write(beginning)
        for _turn in range(2000):
            if done.wait(0.01):
                return
            handler.wfile.write(more)

    for path in ("checkpoint", "values.ndjson"):
        started = time.monotonic()
        status, (said,) = check(server(answering(town, path, endless)))
        assert (status, said[:13]) == (2, "CANNOT CHECK ")
        assert time.monotonic() - started < 5
    done.set()


@pytest.mark.parametrize(
    "url",
    [
        "http://",
        "ftp://city.example/record",
        "file:///etc",
        "http://city.example:port/",
        "http://city.example/?a=b",
        "http://[::1/",
        "http://127.0.0.1:1/record",
        "http://127.0.0.1:1/a b",
        "http://127.0.0.1:1/đ",
    ],
)
def test_what_is_no_address_of_a_log(url: str) -> None:
    status, (said,) = check(url)
    assert status == 2
    assert said.startswith("CANNOT CHECK ")


def test_connections_are_kept(town: Town, server: Callable[[Answer], str]) -> None:
    town.fill(3000)
    town.publish()
    seen: set[object] = set()
    count = 0

    def counted(handler: BaseHTTPRequestHandler, asked: str) -> None:
        nonlocal count
        count += 1
        seen.add(handler.client_address)
        pass_on(handler, town, asked)

    assert check(server(counted))[0] == 0
    assert count > 25
    assert len(seen) <= 6  # one for each thread, and one more after the 404 of retired-vkey


def test_steps_taken_while_it_is_checked_are_waited_for(
    town: Town, server: Callable[[Answer], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The values tell of a step that the checkpoint does not know; the log knows it soon after."""
    monkeypatch.setattr("time.sleep", lambda _: None)
    looks = 0

    def meanwhile(handler: BaseHTTPRequestHandler, asked: str) -> None:
        nonlocal looks
        if asked == "checkpoint":
            looks += 1
            if looks == 3:
                town.log.publish()
        pass_on(handler, town, asked)

    town.step("answer", LAMP, {"words.3": "Xong"})
    town.step("received", "NEW00001", {"text": "Ổ gà"})
    town.tell()
    status, said = check(server(meanwhile))
    assert status == 0, said
    assert any(line.startswith("Values of 3 reports: ") for line in said)
    opening = town.reports[LAMP].openings["words.3"]
    del town.log.entries[-2:]
    town.log.publish()
    looks = 0
    town.step("answer", LAMP)
    town.reports[LAMP].openings["words.3"] = type(opening)("Chưa", opening.salt)
    town.reports[LAMP].seq = 3
    del town.log.entries[-1:]
    town.tell()
    status, said = check(server(meanwhile))
    assert status == 1
    assert said == [
        f"report {LAMP}: values.ndjson tells of step 3, the log does not",
        "report NEW00001: values.ndjson tells of step 1, the log does not",
    ]


def test_a_line_of_values_is_not_told_twice_over_json(town: Town) -> None:
    """Two lines in one, or one in two, are no lines."""
    text = (town.log.folder / "values.ndjson").read_text()
    town.write_values(text.replace("\n", " ").encode())
    assert check(town.log.folder)[0] == 1
    town.write_values(json.dumps(json.loads(text.split("\n")[0]), indent=1).encode())
    assert check(town.log.folder)[0] == 1
