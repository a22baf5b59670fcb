"""The witness on the web: `POST /add-checkpoint` (https://c2sp.org/tlog-witness), and its vkey.

A WSGI application without a framework. Whatever is sent gets an answer with a reason, in one line.
"""

import sys
import time
from collections.abc import Iterable
from typing import Final
from wsgiref.types import StartResponse, WSGIEnvironment

from hopthu.record.witness import (
    MAX_REQUEST,
    Conflict,
    DamagedState,
    Refused,
    Witness,
    parse_request,
)

TEXT: Final = "text/plain; charset=utf-8"
SIZE: Final = "text/x.tlog.size"
REASONS: Final = {
    200: "OK",
    400: "Bad Request",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    409: "Conflict",
    413: "Content Too Large",
    422: "Unprocessable Entity",
    500: "Internal Server Error",
}


class WitnessApp:
    def __init__(self, witness: Witness) -> None:
        self._witness = witness

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        status, kind, text = self._answer(environ)
        body = text.encode()
        headers = [
            ("Content-Type", kind),
            ("Content-Length", str(len(body))),
            ("X-Content-Type-Options", "nosniff"),
        ]
        if status == 405:
            headers.append(("Allow", "POST" if environ["PATH_INFO"] != "/" else "GET, HEAD"))
        start(f"{status} {REASONS[status]}", headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    def _answer(self, environ: WSGIEnvironment) -> tuple[int, str, str]:
        """Status, content type, text."""
        path, method = environ["PATH_INFO"], environ["REQUEST_METHOD"]
        if path == "/":
            asked = method in {"GET", "HEAD"}
            text = (
                f"A witness of transparency logs (c2sp.org/tlog-witness).\n{self._witness.verifier}"
            )
            return (200, TEXT, f"{text}\n") if asked else (405, TEXT, "only to be read\n")
        if path != "/add-checkpoint":
            return 404, TEXT, "there is /add-checkpoint here, and nothing else\n"
        if method != "POST":
            return 405, TEXT, "checkpoints are sent by POST\n"
        body = _body(environ)
        if len(body) > MAX_REQUEST:
            return 413, TEXT, f"longer than {MAX_REQUEST} bytes\n"
        return self._add_checkpoint(body)

    def _add_checkpoint(self, body: bytes) -> tuple[int, str, str]:
        try:
            signature = self._witness.add_checkpoint(
                parse_request(body), timestamp=int(time.time())
            )
        except Conflict as error:
            return error.status, SIZE, f"{error.size}\n"
        except Refused as error:
            return error.status, TEXT, f"{error}\n"
        except (DamagedState, OSError) as error:
            # A full disk, a broken file: nothing was cosigned that is not on the disk.
            sys.stderr.write(f"hopthu witness: {error}\n")
            return 500, TEXT, "this witness cannot keep its state; its operator has to look\n"
        return 200, TEXT, f"{signature}\n"


def _body(environ: WSGIEnvironment) -> bytes:
    """No more than a byte too much of it, whatever length it claims to have."""
    data: bytes = environ["wsgi.input"].read(MAX_REQUEST + 1)
    return data
