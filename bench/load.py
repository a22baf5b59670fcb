"""The load generator: `python -m bench.load < order.json`, a process of its own.

As many connections as there are clients, kept alive, each sending its next request when the answer
to the last one is complete (a closed loop). One thread, non-blocking sockets and no HTTP library:
on a machine with two cores the generator must not be what is measured. It costs about 50 µs of the
processor a request, which is printed beside the results.
"""

import json
import secrets
import selectors
import socket
import sys
import time
from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from itertools import cycle

FRESH = b"fresh-fresh-fresh-fresh-fresh-32"
"""Stands in a request for 32 characters that are new every time it is sent."""
_CHUNK = 256 * 1024


@dataclass(frozen=True)
class Order:
    """What to send, and for how long."""

    port: int
    requests: list[bytes]
    """Whole HTTP/1.1 requests, sent in turn."""
    expect: bytes
    """What every answer has to contain, beside status 200."""
    clients: int = 8
    seconds: float = 6.0
    warm_up: float = 1.0
    at_most: int = 1_000_000
    """Requests, after which it ends early."""


@dataclass
class Result:
    rate: float
    """Answers a second."""
    p50: float
    p95: float
    p99: float
    """Milliseconds from the first byte sent to the last one received."""
    count: int
    """Requests that were measured."""
    sent: int
    """All that were answered as expected, those of the warm-up among them."""
    wrong: dict[str, int]
    """Answers that were not as expected, by their first line."""
    bytes_each: int
    own_cpu: float
    """Milliseconds of the processor that the generator itself took for each."""


class Connection:
    """One client: what it still has to send, and what has come back so far."""

    def __init__(self, order: Order, requests: "cycle[bytes]") -> None:
        self.socket = socket.create_connection(("127.0.0.1", order.port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.setblocking(False)
        self._requests, self._expect = requests, order.expect
        self._unsent = memoryview(b"")
        self.answer = bytearray()
        self.started = 0.0

    def begin(self) -> None:
        fresh = secrets.token_hex(16).encode()
        self._unsent = memoryview(next(self._requests).replace(FRESH, fresh))
        self.answer.clear()
        self.started = time.perf_counter()

    def send(self) -> bool:
        """Whether everything is sent."""
        with suppress(BlockingIOError):
            self._unsent = self._unsent[self.socket.send(self._unsent) :]
        return not self._unsent

    def receive(self) -> bool:
        """Whether the answer is complete."""
        data = self.socket.recv(_CHUNK)
        if not data:
            raise ConnectionError("the server closed the connection")
        self.answer += data
        return _is_complete(self.answer)

    def wrong(self) -> str | None:
        """None where the answer is as expected, else its first line."""
        first = bytes(self.answer[: self.answer.find(b"\r\n")]).decode("latin-1")
        if b" 200 " not in self.answer[:14]:
            return first
        return None if self._expect in self.answer else f"{first}, but not what was expected"


def _is_complete(answer: bytearray) -> bool:
    end = answer.find(b"\r\n\r\n")
    if end < 0:
        return False
    head = bytes(answer[:end]).lower()
    if b"\r\ntransfer-encoding: chunked" in head:
        return answer.endswith(b"\r\n0\r\n\r\n")
    _, _, length = head.partition(b"\r\ncontent-length:")
    return len(answer) >= end + 4 + int(length.split(b"\r\n")[0])


class Load:
    """All clients at once, until the time is over."""

    def __init__(self, order: Order) -> None:
        self._order = order
        self._selector = selectors.EpollSelector()
        self._from = time.perf_counter() + order.warm_up
        self._until = self._from + order.seconds
        self._times: list[float] = []
        self._wrong: Counter[str] = Counter()
        self._sent = self._bytes = 0

    def run(self) -> Result:
        requests = cycle(self._order.requests)
        cpu = time.process_time()
        for _ in range(self._order.clients):
            connection = Connection(self._order, requests)
            connection.begin()
            self._selector.register(connection.socket, selectors.EVENT_WRITE, connection)
        while self._selector.get_map():
            for key, events in self._selector.select():
                self._serve(key.data, events)
        return self._result(time.process_time() - cpu)

    def _serve(self, connection: Connection, events: int) -> None:
        if events & selectors.EVENT_WRITE:
            if connection.send():
                self._selector.modify(connection.socket, selectors.EVENT_READ, connection)
        elif connection.receive():
            self._note(connection, time.perf_counter())
            self._next(connection)

    def _note(self, connection: Connection, now: float) -> None:
        wrong = connection.wrong()
        if wrong is not None:
            self._wrong[wrong] += 1
            return
        self._sent += 1
        self._bytes = len(connection.answer)
        if self._from <= now <= self._until:
            self._times.append(now - connection.started)

    def _next(self, connection: Connection) -> None:
        over = time.perf_counter() > self._until
        if over or self._sent + self._wrong.total() >= self._order.at_most:
            self._selector.unregister(connection.socket)
            connection.socket.close()
            return
        connection.begin()
        if not connection.send():
            self._selector.modify(connection.socket, selectors.EVENT_WRITE, connection)

    def _result(self, cpu: float) -> Result:
        times = sorted(self._times)
        return Result(
            rate=round(len(times) / self._order.seconds, 1),
            p50=_percentile(times, 50),
            p95=_percentile(times, 95),
            p99=_percentile(times, 99),
            count=len(times),
            sent=self._sent,
            wrong=dict(self._wrong),
            bytes_each=self._bytes,
            own_cpu=round(cpu / max(1, self._sent) * 1000, 3),
        )


def _percentile(times: Sequence[float], percent: int) -> float:
    """Nearest rank, in milliseconds; of no times, 0."""
    if not times:
        return 0.0
    return round(times[min(len(times) - 1, len(times) * percent // 100)] * 1000, 2)


def to_json(order: Order) -> str:
    words = asdict(order)
    words["requests"] = [b64encode(request).decode() for request in order.requests]
    words["expect"] = b64encode(order.expect).decode()
    return json.dumps(words)


def from_json(text: str) -> Order:
    words = json.loads(text)
    words["requests"] = [b64decode(request) for request in words["requests"]]
    words["expect"] = b64decode(words["expect"])
    return Order(**words)


if __name__ == "__main__":
    print(json.dumps(asdict(Load(from_json(sys.stdin.read())).run())))
