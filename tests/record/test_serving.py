"""The record's files on the web: what tlog-tiles asks for, and no way out of the folder."""

import gzip
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from hopthu.core.tiles import Tile, tiles_of
from hopthu.record.serving import RecordFiles
from tests.independent_verifier import read_log
from tests.live import PATIENCE, Server
from tests.logs import KEY, PROMISES, Log

ENTRIES = 300


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass(frozen=True)
class Site:
    log: Log

    def get(self, path: str, *, method: str = "GET", **headers: str) -> Answer:
        """Ask the application, as a web server would."""
        answered: list[Any] = []
        asked = {f"HTTP_{name.upper()}": value for name, value in headers.items()}
        environ = {"PATH_INFO": path, "REQUEST_METHOD": method, **asked}
        files = RecordFiles(behind, self.log.folder)
        body = b"".join(files(environ, lambda *told: answered.append(told)))  # type: ignore[arg-type]
        ((status, told),) = answered
        return Answer(int(status.split()[0]), dict(told), body)


def behind(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
    """What Django would be."""
    start("418 I'm a teapot", [])
    return [environ["PATH_INFO"].encode()]


@pytest.fixture
def site(tmp_path: Path) -> Site:
    log = Log(tmp_path / "record")
    log.add(*(b"entry %d" % number for number in range(ENTRIES)))
    log.publish()
    return Site(log)


def test_checkpoint_and_keys_are_text_for_a_short_while(site: Site) -> None:
    checkpoint = site.get("/record/checkpoint")
    vkey, promise = site.get("/record/vkey"), site.get("/record/promise-vkey")

    assert checkpoint.text == str(site.log.note())
    assert checkpoint.headers == {
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Length": str(len(checkpoint.body)),
        "Cache-Control": "public, max-age=3",
        "Access-Control-Allow-Origin": "*",
        "X-Content-Type-Options": "nosniff",
    }
    assert (vkey.text, promise.text) == (f"{KEY.verifier}\n", f"{PROMISES.verifier}\n")


def test_tiles_are_bytes_that_never_change(site: Site) -> None:
    for tile in tiles_of(ENTRIES):
        answer = site.get(f"/record/{tile.path}")

        assert answer.status == 200
        assert answer.body == site.log.tile(tile)
        assert answer.headers["Content-Type"] == "application/octet-stream"
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_a_second_verifier_accepts_what_is_served(site: Site) -> None:
    def fetch(path: str) -> bytes:
        answer = site.get(f"/record/{path}")
        assert answer.status == 200
        return answer.body

    log = read_log(fetch, [str(KEY.verifier)])

    assert log.entries == site.log.entries


def test_bundles_are_compressed_for_whoever_takes_it(site: Site) -> None:
    path = "/record/tile/entries/000"
    plain, packed = site.get(path), site.get(path, accept_encoding="br, gzip;q=0.8")
    unwanted = site.get(path, accept_encoding="gzip;q=0")
    hashes = site.get("/record/tile/0/000", accept_encoding="gzip")

    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.body) == int(packed.headers["Content-Length"]) < len(plain.body)
    assert gzip.decompress(packed.body) == plain.body == unwanted.body
    assert plain.headers["Vary"] == packed.headers["Vary"] == "Accept-Encoding"
    assert "Content-Encoding" not in {**plain.headers, **unwanted.headers, **hashes.headers}


def test_a_partial_tile_that_was_pruned_is_cut_from_the_full_one(site: Site) -> None:
    for level in (0, -1):
        narrow = Tile(level, 0, 200)
        assert site.get(f"/record/{narrow.path}").body == site.log.tile(narrow)


def test_head_tells_what_get_would(site: Site) -> None:
    for path in ("/record/checkpoint", "/record/tile/0/000", "/record/tile/entries/001.p/44"):
        got = site.get(path, accept_encoding="gzip")
        told = site.get(path, method="HEAD", accept_encoding="gzip")

        assert (told.status, told.headers, told.body) == (got.status, got.headers, b"")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_the_record_is_only_to_be_read(site: Site, method: str) -> None:
    answer = site.get("/record/checkpoint", method=method)

    assert (answer.status, answer.headers["Allow"]) == (405, "GET, HEAD")


MALFORMED = (
    "../../keys/work/log_key",
    "0/../0/000",
    "0/..",
    "0/x01",
    "0/x01/000",
    "0/x000/000",
    "0/00",
    "0/0000",
    "0/001/000",
    "00/000",
    "64/000",
    "-1/000",
    "0/000.p/0",
    "0/000.p/256",
    "0/000.p/999",
    "0/000.p/01",
    "0/000.p/1/",
    "0/000.p",
    "0/000/",
    "/0/000",
    "0//000",
    "0/000\n",
    "0/000\0",
    "0/٠٠٠",
    "Entries/000",
    "entries",
    "",
    "0/" + "x000/" * 1000 + "000",
)


@pytest.mark.parametrize("path", MALFORMED, ids=lambda path: repr(path)[:40])
def test_a_malformed_path_is_told_so_in_one_line(site: Site, path: str) -> None:
    answer = site.get(f"/record/tile/{path}")

    assert answer.status == 400
    assert answer.text.count("\n") == 1
    assert len(answer.text) < 400
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "path",
    ["0/002", "0/001.p/45", "0/001", "entries/001.p/45", "1/000.p/2", "1/000", "2/000.p/1",
     "63/000", "63/x999/x999/x999/x999/x999/999", "entries/x999/x999/x999/x999/x999/999"],
)  # fmt: skip
def test_a_tile_beyond_the_checkpoint_is_not_there_even_if_the_file_is(
    site: Site, path: str
) -> None:
    early = site.log.folder / "tile" / path
    early.parent.mkdir(parents=True, exist_ok=True)
    early.write_bytes(b"not signed yet")

    answer = site.get(f"/record/tile/{path}")

    assert (answer.status, answer.text) == (404, "beyond the checkpoint, which has 300 entries\n")
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_partial_tile_of_no_checkpoint_is_told_which_there_is(site: Site) -> None:
    answer = site.get("/record/tile/0/001.p/7")

    assert answer.status == 404
    assert answer.text == "not here; of a tree of 300 entries it is tile/0/001.p/44\n"


def test_before_anything_is_published_there_is_nothing(tmp_path: Path) -> None:
    site = Site(Log(tmp_path / "nowhere"))

    assert site.get("/record/checkpoint").status == 404
    assert site.get("/record/tile/0/000.p/1").status == 404


@pytest.mark.parametrize(
    "path",
    ["/", "/record", "/record/", "/record/check", "/record/values.ndjson", "/record/.lock",
     "/record/origin", "/record/tile", "/record/checkpoint/", "/record/../record/vkey",
     "/tile/0/000"],
)  # fmt: skip
def test_everything_else_goes_on(site: Site, path: str) -> None:
    answer = site.get(path)

    assert (answer.status, answer.text) == (418, path)


@pytest.mark.server
def test_a_real_server_serves_them(live: Server) -> None:
    def fetch(path: str) -> bytes:
        with urlopen(f"{live.url}/record/{path}", timeout=PATIENCE) as answer:
            body: bytes = answer.read()
        return body

    end = time.monotonic() + PATIENCE
    while True:
        with suppress(HTTPError):
            fetch("checkpoint")
            break
        assert time.monotonic() < end
        time.sleep(0.1)

    log = read_log(fetch, fetch("vkey").decode().splitlines())

    assert b'"type":"log.opened"' in log.entries[0]
    bundle = f"{live.url}/record/tile/entries/000.p/{log.head.size}"
    with urlopen(Request(bundle, headers={"Accept-Encoding": "gzip"})) as packed:
        assert gzip.decompress(packed.read()) == fetch(f"tile/entries/000.p/{log.head.size}")
    with urlopen(Request(bundle, method="HEAD")) as head:
        assert (head.status, head.read()) == (200, b"")
        assert head.headers["Content-Type"] == "application/octet-stream"
