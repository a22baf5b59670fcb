"""A real service that takes texts, in this process: it answers what it is told, or does not."""

import json
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any, Self

DROP, HANG, DRIP = "drop", "hang", "drip"


@dataclass
class TextGateway:
    answer: int | str = 200
    """A status, or one of `DROP`, `HANG`, and `DRIP`: one byte after the other, for ever."""
    headers: list[dict[str, str]] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    port: int = 0

    def __enter__(self) -> Self:
        self._over = Event()
        owner = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                owner._take(self)

            def log_message(self, *_words: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *why: object) -> None:
        self._over.set()
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/send?account=7"

    @property
    def texts(self) -> list[dict[str, Any]]:
        return [json.loads(body) for body in self.bodies]

    def _take(self, request: BaseHTTPRequestHandler) -> None:
        length = int(request.headers["Content-Length"])
        self.bodies.append(request.rfile.read(length))
        self.headers.append(dict(request.headers))
        self.paths.append(request.path)
        if self.answer == DROP:
            request.close_connection = True
        elif self.answer == HANG:
            self._over.wait()
        elif self.answer == DRIP:
            self._drip(request)
        else:
            assert isinstance(self.answer, int)
            request.send_response(self.answer)
            request.send_header("Location", f"http://127.0.0.1:{self.port}/elsewhere")
            request.end_headers()
            request.wfile.write(self.bodies[-1])

    def _drip(self, request: BaseHTTPRequestHandler) -> None:
        try:
            while not self._over.is_set():
                request.wfile.write(b"H")
                request.wfile.flush()
                time.sleep(0.05)
        except OSError:
            pass
