"""Nobody who comes here leaves an address or the name of a browser, whatever they do.

A real server is visited from sentinel addresses, through every flow and every kind of error. Then
each byte that the city and its database wrote is searched for them.
"""

import re
import time
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg
import pytest

from tests.live import Server
from tests.makers import PASSWORD
from tests.public.wizard import whole
from tests.reliability.visiting import BROWSER, PEER, Visitor, traces, words
from tests.reports.photos.pictures import jpeg
from tests.reports.traces import contents

pytestmark = pytest.mark.server

FOUR, SIX = "198.51.100.213", "2001:db8:5e17:1e1::7ace"
RENAME = """
from django.db import connection
connection.cursor().execute("ALTER TABLE {} RENAME TO {}")
"""


def test_the_search_finds_what_there_is(tmp_path: Path) -> None:
    """Each form of a trace, among other bytes: else finding nothing would mean nothing."""
    for needle in (*traces(FOUR), *traces(SIX), *words(BROWSER)):
        (tmp_path / "file").write_bytes(b"\0before " + needle + b" after")
        assert found([needle], [tmp_path], since=0) == ["file"]


def test_no_address_and_no_browser_is_written_anywhere(server: Server, tmp_path: Path) -> None:
    since = time.time() - 1
    passing = tmp_path / "passing"
    passing.mkdir()
    server.settings = {"HOPTHU_PROXIES": "127.77.66.0/24", "TMPDIR": str(passing)}
    server.start()

    for address in (FOUR, SIX):
        visitor = Visitor(server, address)
        signs = report(visitor)
        follow(visitor, signs)
        desk(visitor, signs)
        errors(visitor)
        flood(visitor)
    server.stop()

    needles = [*traces(FOUR), *traces(SIX), *traces(PEER), *words(BROWSER), *words("Sentinel-Br")]
    assert server.output  # it did say something: the error's traceback
    assert found(needles, [*places(server), passing], since=since) == []
    assert [needle for needle in needles if needle in server.log.read_bytes()] == []


def report(visitor: Visitor) -> str:
    """A report with a photo, sent in; gives number and code."""
    for path in ("/", "/reports", "/report/new", "/areas", "/record"):
        assert visitor.get(path).status == 200
    uploaded = visitor.upload("/report/photo", "photo", jpeg())
    token = re.search(r'"token": "([^"]+)"', uploaded.body)
    assert token
    done = visitor.post("/report/new", whole(upload=token[1], seen="1"))
    signs = re.findall(r'id="(?:report-id|follow-code)"[^>]*>([^<]+)<', done.body)
    assert len(signs) == 2
    return " ".join(signs)


def follow(visitor: Visitor, signs: str) -> None:
    number, _, code = signs.partition(" ")
    assert visitor.post("/follow", {"number": number, "code": "0" * 16}).status == 422
    assert visitor.post("/follow", {"number": number, "code": code}).status == 303
    assert visitor.get("/follow").status == 200
    assert visitor.get("/follow/proof.json").status in {200, 404}
    assert visitor.post("/follow/add_words", {"words": "Thêm."}).status == 303
    for _ in range(2):
        assert visitor.post(f"/reports/{number}/support", {}).status == 303
    assert visitor.get(f"/reports/{number}").status == 200
    assert visitor.get("/record/values.ndjson").status == 200
    assert visitor.get("/record/checkpoint").status in {200, 404}


def desk(visitor: Visitor, signs: str) -> None:
    number = signs[:9].replace("-", "")
    page = visitor.get("/desk/sign-in")
    form = {"username": "an", "csrfmiddlewaretoken": page.field("csrfmiddlewaretoken")}
    assert visitor.post("/desk/sign-in", form | {"password": BROWSER[:9]}).status == 422
    assert visitor.post("/desk/sign-in", form | {"password": PASSWORD}).status == 302
    page = visitor.get(f"/desk/reports/{number}")
    step = {"seen": "9", "csrfmiddlewaretoken": page.field("csrfmiddlewaretoken")}
    assert visitor.post(f"/desk/reports/{number}/accept", step).status == 302
    assert visitor.post(f"/desk/reports/{number}/accept", {}).status == 403
    assert visitor.post("/desk/sign-out", step).status == 302
    for _ in range(7):
        last = visitor.post("/desk/sign-in", form | {"password": "?", "username": visitor.address})
    assert last.status in {403, 429}


def errors(visitor: Visitor) -> None:
    """Of every kind: what was asked wrongly, what is not there, and what is broken here."""
    assert visitor.post("/report/new", {}, Host="elsewhere.example").status == 400
    assert visitor.post("/report/new", {}, Origin="https://elsewhere.example").status == 403
    assert visitor.get("/nowhere").status == 404
    assert visitor.get("/report/photo").status == 405
    assert visitor.post("/report/new", {"page": "check", "text": "x" * 3_000_000}).status == 413
    assert visitor.post("/report/new", whole(subject="https://buy.example")).status == 422
    assert visitor.upload("/report/photo", "photo", b"no photo").status == 422
    assert visitor.get("/record/tile/0/x999").status in {400, 404}
    visitor.server.do(RENAME.format("reports_report", "reports_gone"))
    assert visitor.get("/reports?q=hỏng".replace("ỏ", "o")).status == 500
    assert visitor.post("/report/new", whole(seen="1")).status == 500
    visitor.server.do(RENAME.format("reports_gone", "reports_report"))


def flood(visitor: Visitor) -> None:
    answers = [visitor.post("/report/new", whole(seen="1")).status for _ in range(40)]
    assert set(answers) == {200, 429}


def places(server: Server) -> list[Path]:
    """Where this city writes, and where PostgreSQL does: tables, log of writes, messages."""
    if not server.database_url:
        return [server.data]
    folder = unquote(urlsplit(server.database_url).hostname or "")
    with psycopg.connect(host=folder, user="hopthu", dbname="postgres") as connection:
        connection.autocommit = True
        connection.execute("CHECKPOINT")
    return [server.data, Path(folder).parent]


def found(needles: list[bytes], folders: list[Path], *, since: float) -> list[str]:
    """Names of the files, written to since then, that hold any of `needles`."""
    return [
        path.name
        for path, held in contents(folders)
        if any(needle in held for needle in needles) and path.stat().st_mtime >= since
    ]
