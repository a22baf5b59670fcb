"""Nobody who comes here leaves an address, a telephone number or the name of a browser.

A real server is visited from sentinel addresses, through every flow and every kind of error, and
its letters and texts go to real services for them. Then each byte that the city and its database
wrote is searched for what was planted. Of all that, the sealed contacts alone hold something.
"""

import time
from collections.abc import Iterator
from pathlib import Path
from secrets import token_hex
from urllib.parse import unquote, urlsplit

import psycopg
import pytest

from tests.live import Server, free_port
from tests.outbox.mail_server import Post
from tests.outbox.text_gateway import TextGateway
from tests.reliability.flows import Person, everything
from tests.reliability.visiting import BROWSER, PEER, Visitor, traces, words
from tests.reports.traces import contents

pytestmark = pytest.mark.server

FOUR, SIX = "198.51.100.213", "2001:db8:5e17:1e1::7ace"
SEALED = """
from hopthu.people import contacts, seal_keys
from hopthu.people.models import Contact
keys = seal_keys.identities()
people = [contacts.reach(row, keys) for row in Contact.objects.all()]
print(*(one.phone or one.email for one in people))
"""


def test_the_search_finds_what_there_is(tmp_path: Path) -> None:
    """Each form of a trace, among other bytes: else finding nothing would mean nothing."""
    planted = [*traces(FOUR), *traces(SIX), *words(BROWSER)]
    for needle in (*planted, *Person.invented().traces):
        (tmp_path / "file").write_bytes(b"\0before " + needle + b" after")
        assert found([needle], [tmp_path], since=0) == ["file"]


@pytest.fixture
def mail() -> Iterator[Post]:
    with Post(refused="bounced.") as post:
        yield post


@pytest.fixture
def texts() -> Iterator[TextGateway]:
    with TextGateway() as gateway:
        yield gateway


def test_no_address_number_or_browser_is_written_anywhere(
    server: Server, mail: Post, texts: TextGateway, tmp_path: Path
) -> None:
    since = time.time() - 1
    passing = tmp_path / "passing"
    passing.mkdir()
    server.port = free_port()
    server.settings = {
        "HOPTHU_PROXIES": "127.77.66.0/24",
        "HOPTHU_SMTP_URL": mail.url,
        "HOPTHU_SMS_URL": texts.url,
        "HOPTHU_MAIL_FROM": "hopthu@city.example",
        "HOPTHU_ADDRESS": server.url,
        "TMPDIR": str(passing),
    }
    server.start()
    control = f"Cột {token_hex(6)}"
    people = [Person.invented(), Person.invented()]

    for address, person in zip((FOUR, SIX), people, strict=True):
        everything(Visitor(server, address), person, mail, texts, landmark=control)

    needles = [*traces(FOUR), *traces(SIX), *traces(PEER), *words(BROWSER), *words("Sentinel-Br")]
    needles += [form for person in people for form in person.traces]
    while_it_runs = found(needles, [*places(server), passing], since=since)
    assert set(server.do(SEALED).split()) == people[0].kept | people[1].kept, (
        "and they are there, inside the seals"
    )
    server.stop()

    assert while_it_runs == []
    assert found([control.encode()], places(server), since=since), "words that are kept are found"
    assert "Error" in server.output, "it did say something: where the errors came from"
    assert found(needles, [*places(server), passing], since=since) == []
    assert [needle for needle in needles if needle in server.log.read_bytes()] == []


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
        for path, held in contents(folders, since=since)
        if any(needle in held for needle in needles)
    ]
