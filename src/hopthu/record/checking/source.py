"""Where a log is read from: a folder, or a URL over HTTP. Nothing that it sends is trusted.

Answers have a longest length, a longest silence and a lowest speed; redirects are not followed, so
that nobody is sent to a machine that was not named.
"""

import ssl
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from pathlib import Path
from typing import BinaryIO, Final, Protocol
from urllib.parse import urlsplit

from hopthu.core.signed_notes import MAX_NOTE
from hopthu.core.tiles import Tile
from hopthu.record.checking.reading import (
    CHUNK,
    Absent,
    Unusable,
    Withheld,
    plain,
    read_tile,
    split_lines,
    until,
    within,
)
from hopthu.record.checking.watch import Watch

SILENCE: Final = 30.0
"""Seconds."""
SLOWEST: Final = 120.0
"""Seconds for the beginning of an answer, and for each `CHUNK` of it or what is left."""
CONNECTIONS: Final = 4
AHEAD: Final = 8
"""Files asked for before they are needed."""


class Source(Protocol):
    def read(self, path: str, limit: int = MAX_NOTE) -> bytes:
        """Raises `Absent`, `TooLong`, `Unusable`."""

    def lines(self, path: str) -> Iterator[bytes]:
        """Without their newlines. Raises `Absent`, `TooLong`, `Unusable`."""

    def each(self, tiles: Iterable[Tile]) -> Iterator[bytes | Withheld]:
        """The bytes of each, in this order, or why they cannot be had. Raises `Unusable`."""

    def close(self) -> None: ...


def open_source(where: str) -> Source:
    """Raises `Unusable`."""
    if "://" in where:
        return Web(where)
    return Folder(Path(where))


def _like_a_host(path: Path) -> bool:
    """As somebody types an address: city.example/record, localhost:8000/record."""
    first, *_ = [*path.parts, ""]
    return any(mark in first.strip(".") for mark in ".:")


class Folder:
    def __init__(self, path: Path) -> None:
        if not path.is_dir():
            hint = "; an address begins with https://" if _like_a_host(path) else ""
            raise Unusable(f"{path} is no folder{hint}")
        self._path = path

    def read(self, path: str, limit: int = MAX_NOTE) -> bytes:
        with self._open(path) as file:
            return within(file.read(limit + 1), limit)

    def lines(self, path: str) -> Iterator[bytes]:
        with self._open(path) as file:
            yield from split_lines(iter(lambda: file.read(CHUNK), b""))

    def each(self, tiles: Iterable[Tile]) -> Iterator[bytes | Withheld]:
        for tile in tiles:
            yield read_tile(self.read, tile)

    def close(self) -> None:
        pass

    def _open(self, path: str) -> BinaryIO:
        try:
            return (self._path / path).open("rb")
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            raise Absent("is not there") from None
        except OSError as error:
            raise Unusable(f"{self._path / path}: {error.strerror}") from error


class Web:
    """HTTP/1.1 with connections that are kept, one for each of a few threads."""

    def __init__(self, url: str) -> None:
        try:
            parts = urlsplit(url)
            self._host = parts.hostname or ""
            self._port = parts.port or (443 if parts.scheme == "https" else 80)
        except ValueError as error:
            raise Unusable(f"not a URL: {url:.200}") from error
        if parts.scheme not in {"http", "https"} or not self._host or parts.query or parts.fragment:
            raise Unusable(f"not a URL of a log: {url:.200}")
        self._secure = ssl.create_default_context() if parts.scheme == "https" else None
        self._base = parts.path.rstrip("/")
        self._where = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
        self._own = threading.local()
        self._open: set[HTTPConnection] = set()
        self._threads = ThreadPoolExecutor(CONNECTIONS)
        self._watch = Watch(SLOWEST)

    def read(self, path: str, limit: int = MAX_NOTE) -> bytes:
        with self._get(path) as (answer, body):
            return within(b"".join(until(plain(body, _encoding(answer)), limit)), limit)

    def lines(self, path: str) -> Iterator[bytes]:
        with self._get(path) as (answer, body):
            yield from split_lines(plain(body, _encoding(answer)))

    def each(self, tiles: Iterable[Tile]) -> Iterator[bytes | Withheld]:
        asked: deque[Future[bytes | Withheld]] = deque()
        for tile in tiles:
            asked.append(self._threads.submit(read_tile, self.read, tile))
            if len(asked) > AHEAD:
                yield asked.popleft().result()
        while asked:
            yield asked.popleft().result()

    def close(self) -> None:
        self._threads.shutdown(cancel_futures=True)
        self._watch.close()
        for connection in self._open:
            connection.close()

    @contextmanager
    def _get(self, path: str) -> Iterator[tuple[HTTPResponse, Iterator[bytes]]]:
        """An answer and its bytes; its connection is used again if all of them were read."""
        connection, answer = self._asked(path)
        self._own.kept = None
        whole = False
        try:
            if answer.status in {404, 410}:
                raise Absent(f"is not there (HTTP {answer.status})")
            if answer.status != 200:
                raise Unusable(f"{self._where} answers {path} with HTTP {answer.status}")
            yield answer, self._body(connection, answer)
            whole = (answer.isclosed() or answer.length == 0) and not answer.will_close
        finally:
            answer.close()
            if whole:
                self._own.kept = connection
            else:
                self._drop(connection)

    def _asked(self, path: str) -> tuple[HTTPConnection, HTTPResponse]:
        kept: HTTPConnection | None = getattr(self._own, "kept", None)
        if kept is not None:
            with suppress(OSError, HTTPException):
                return kept, self._ask(kept, path)
            # The other side closed it in the meantime, as it may.
            self._drop(kept)
        connection = self._connection()
        try:
            return connection, self._ask(connection, path)
        except (OSError, HTTPException, ValueError) as error:
            self._drop(connection)
            raise self._failed(error) from error

    def _ask(self, connection: HTTPConnection, path: str) -> HTTPResponse:
        connection.request("GET", f"{self._base}/{path}", headers={"Accept-Encoding": "gzip"})
        with self._watch.over(connection, SLOWEST):
            return connection.getresponse()

    def _connection(self) -> HTTPConnection:
        if self._secure is None:
            connection = HTTPConnection(self._host, self._port, timeout=SILENCE)
        else:
            connection = HTTPSConnection(
                self._host, self._port, timeout=SILENCE, context=self._secure
            )
        self._open.add(connection)
        return connection

    def _drop(self, connection: HTTPConnection) -> None:
        connection.close()
        self._open.discard(connection)

    def _body(self, connection: HTTPConnection, answer: HTTPResponse) -> Iterator[bytes]:
        waited, length = 0.0, 0
        while True:
            begun = time.monotonic()
            try:
                with self._watch.over(connection, SLOWEST - waited):
                    chunk = answer.read1(CHUNK)
            except (OSError, HTTPException, ValueError) as error:
                raise self._failed(error) from error
            # What we do with it between two reads is not the other side's time.
            waited, length = waited + time.monotonic() - begun, length + len(chunk)
            if length >= CHUNK:
                waited, length = 0.0, 0
            if not chunk:
                if answer.length:
                    raise Unusable(f"{self._where} ended an answer early")
                return
            yield chunk

    def _failed(self, error: Exception) -> Unusable:
        if isinstance(error, TimeoutError):
            return Unusable(f"{self._where} said nothing for {SILENCE:.0f} seconds, or too little")
        why = getattr(error, "strerror", None) or type(error).__name__
        return Unusable(f"{self._where} cannot be read: {why}")


def _encoding(answer: HTTPResponse) -> str:
    return answer.headers.get("Content-Encoding") or "identity"
