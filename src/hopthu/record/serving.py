"""The record's files on the web, in front of Django and without it or a database.

https://c2sp.org/tlog-tiles, "APIs": `/record/checkpoint`, `/record/tile/…`, and the keys that they
are checked with, for anybody, from any page. Everything else is the business of the application
behind. What is wrong with an address is said in one line; a tile is named by its one spelling, so
that no address leads out of the folder.
"""

import gzip
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from hopthu.core.checkpoints import parse_checkpoint
from hopthu.core.signed_notes import parse_note
from hopthu.core.tiles import ENTRIES, BadBundle, BadTilePath, parse_tile, tile_at
from hopthu.record import tile_files

PREFIX: Final = "/record/"
_OLD_LOG: Final = re.compile(r"(log-[1-9][0-9]{0,2})/")
"""Logs that were given up (`new_log`) are served like the one that followed them."""
TEXT: Final = "text/plain; charset=utf-8"
BYTES: Final = "application/octet-stream"
FOR_SECONDS: Final = "public, max-age=3"
"""The checkpoint: "its headers SHOULD prevent caching beyond a few seconds"."""
FOR_MINUTES: Final = "public, max-age=300"
FOR_EVER: Final = "public, max-age=31536000, immutable"
_CACHING: Final = {
    "checkpoint": FOR_SECONDS,
    "vkey": FOR_MINUTES,
    "retired-vkey": FOR_MINUTES,
    "promise-vkey": FOR_MINUTES,
}
NEVER: Final = "no-store"
"""What is not there yet may be there a second later."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: str
    body: bytes
    kind: str = TEXT
    cache: str = NEVER
    compressible: bool = False

    def headers(self, body: bytes, *, compressed: bool) -> list[tuple[str, str]]:
        headers = [
            ("Content-Type", self.kind),
            ("Content-Length", str(len(body))),
            ("Cache-Control", self.cache),
            ("Access-Control-Allow-Origin", "*"),
            ("X-Content-Type-Options", "nosniff"),
        ]
        if self.compressible:
            headers.append(("Vary", "Accept-Encoding"))
        if compressed:
            headers.append(("Content-Encoding", "gzip"))
        if self.status.startswith("405"):
            headers.append(("Allow", "GET, HEAD"))
        return headers


class RecordFiles:
    """Answers what is in the folder of the record; the rest goes on to `application`.

    `headers`: what every answer of the site has.
    """

    def __init__(
        self,
        application: WSGIApplication,
        folder: Path,
        headers: Iterable[tuple[str, str]] = (),
    ) -> None:
        self._application = application
        self._folder = folder
        self._headers = list(headers)

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        find = self._finder(environ.get("PATH_INFO", ""))
        if find is None:
            return self._application(environ, start)
        method = environ["REQUEST_METHOD"]
        answer = find() if method in {"GET", "HEAD"} else _refusal(405, "only to be read")
        compressed = answer.compressible and _takes_gzip(environ)
        body = gzip.compress(answer.body, 6, mtime=0) if compressed else answer.body
        start(answer.status, answer.headers(body, compressed=compressed) + self._headers)
        return [] if method == "HEAD" else [body]

    def _finder(self, path: str) -> Callable[[], Answer] | None:
        """What answers for a path; None: not one of ours."""
        name = path.removeprefix(PREFIX) if path.startswith(PREFIX) else ""
        folder = self._folder
        if old := _OLD_LOG.match(name):
            folder, name = folder / old[1], name[old.end() :]
        if name.startswith("tile/"):
            return lambda: _tile(folder, name)
        if name in _CACHING:
            return lambda: _file(folder / name, _CACHING[name])
        return None


def _file(path: Path, cache: str) -> Answer:
    try:
        return Answer("200 OK", path.read_bytes(), cache=cache)
    except FileNotFoundError:
        return _refusal(404, "nothing was published here yet")


def _tile(folder: Path, path: str) -> Answer:
    try:
        tile = parse_tile(path)
    except BadTilePath as error:
        return _refusal(400, str(error))
    size = _published_size(folder)
    # A tile beyond the head that was signed may still become another one; and this one would be
    # kept for ever by whoever reads it.
    if tile.end > size:
        return _refusal(404, f"beyond the checkpoint, which has {size} entries")
    try:
        data = tile_files.read(folder, tile)
    except (FileNotFoundError, BadBundle):
        there = tile_at(tile.level, tile.index, size)
        return _refusal(404, f"not here; of a tree of {size} entries it is {there and there.path}")
    return Answer("200 OK", data, BYTES, FOR_EVER, compressible=tile.level == ENTRIES)


def _published_size(folder: Path) -> int:
    try:
        note = parse_note((folder / "checkpoint").read_bytes())
    except FileNotFoundError:
        return 0
    return parse_checkpoint(note.text).size


def _refusal(status: int, why: str) -> Answer:
    reason = {400: "Bad Request", 404: "Not Found", 405: "Method Not Allowed"}[status]
    return Answer(f"{status} {reason}", f"{why}\n".encode())


def _takes_gzip(environ: dict[str, Any]) -> bool:
    """Accept-Encoding of RFC 9110 section 12.5.3, as far as it matters here."""
    for one in str(environ.get("HTTP_ACCEPT_ENCODING", "")).lower().split(","):
        coding, _, quality = one.partition(";")
        if coding.strip() == "gzip":
            return quality.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return False
