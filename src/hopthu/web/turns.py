"""Who is answered when several ask one web process at once."""

import threading
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment


class OneAtATime:
    """Works out one answer at a time: over SQLite, more of them only wait for each other.

    Sending is not part of that. A thread may be held by whoever reads a long answer slowly, and the
    others go on.
    """

    def __init__(self, application: WSGIApplication) -> None:
        self._application = application
        self._turn = threading.Lock()

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        with self._turn:
            return self._application(environ, start)
