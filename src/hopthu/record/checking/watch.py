"""Hanging up on whoever sends so little that it would never end: that is no silence, and no answer.

A socket's own timeout begins anew with every byte, and with every "100 Continue".
"""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from typing import Final

_LOOKS: Final = 10
"""Within the shortest wait."""


class Watch:
    """One thread that looks at all connections on which somebody waits."""

    def __init__(self, longest: float) -> None:
        self.longest = longest
        self._until: dict[HTTPConnection, float] = {}
        self._late: set[HTTPConnection] = set()
        self._lock = threading.Lock()
        self._done = threading.Event()
        threading.Thread(target=self._run, daemon=True).start()

    def close(self) -> None:
        self._done.set()

    @contextmanager
    def over(self, connection: HTTPConnection, seconds: float) -> Iterator[None]:
        """Raises TimeoutError at the end if it took longer: the connection is shut down then."""
        with self._lock:
            self._until[connection] = time.monotonic() + seconds
        try:
            yield
        finally:
            with self._lock:
                self._until.pop(connection, None)
                is_late = connection in self._late
                self._late.discard(connection)
            if is_late:
                raise TimeoutError

    def _run(self) -> None:
        while not self._done.wait(self.longest / _LOOKS):
            with self._lock:
                now = time.monotonic()
                for connection, until in self._until.items():
                    if until < now:
                        self._late.add(connection)
                        _hang_up(connection)


def _hang_up(connection: HTTPConnection) -> None:
    if sock := connection.sock:
        with suppress(OSError):
            sock.shutdown(socket.SHUT_RDWR)
