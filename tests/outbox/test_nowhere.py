"""An address that is planted is found nowhere but inside the seal."""

import logging
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from hopthu.core.terms import Step
from hopthu.outbox.sending import deliver
from hopthu.people import contacts, seal_keys
from hopthu.people.models import Contact
from hopthu.record import keys, sequencer
from hopthu.reports.models import Report
from tests import makers
from tests.makers import MONDAY
from tests.outbox.mail_server import DROP, Post
from tests.public import wizard

SENTINEL = "sentinel.of.the.planted.address"
pytestmark = pytest.mark.django_db(transaction=True)


def rows() -> str:
    """Every value of every table, also as it would be read out of a blob."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608  names of our own tables
            found += [value for row in cursor.fetchall() for value in row]
    return " ".join(
        bytes(value).decode("latin-1") if isinstance(value, bytes | memoryview) else str(value)
        for value in found
    )


def database_files() -> list[Path]:
    name = Path(str(connection.settings_dict["NAME"]))
    return [*name.parent.glob(f"{name.name}*")] if connection.vendor == "sqlite" else []


def test_it_is_in_no_row_file_log_page_or_error(
    post: Post, sealing: Path, client: Client, caplog: pytest.LogCaptureFixture, settings: object
) -> None:
    logging.getLogger("hopthu").addHandler(caplog.handler)
    settings.RECORD = sealing / "record"  # type: ignore[attr-defined]
    from hopthu.cli.init import make_keys

    make_keys(sealing)
    keys.open_log(origin="city.example/record", at=MONDAY)
    # The form, with a slip first: the page that comes back may show what was typed, to its typer.
    wizard.send(client, email=f"{SENTINEL}@nowhere")
    done = wizard.send(client, email=f"{SENTINEL}@example.vn")
    report = Report.objects.get()
    seen: list[Any] = [done, client.get(f"/reports/{report.number}"), client.get("/reports")]
    seen.append(client.get(f"/reports/{report.number}.json"))
    officer = makers.make_officer()
    for step, answer in [
        (Step.ACCEPT, "450 later"),
        (Step.START, DROP),
        (Step.ANSWER, "550 never"),
        (Step.ASK, "250 OK"),
    ]:
        at = report.received_at
        makers.take(report, step, officer, at=at, words="Mai." if "a" in step[:1] else "")
        post.on_words = answer
        deliver(at)
    client.force_login(officer)
    seen += [client.get("/desk/"), client.get(f"/desk/reports/{report.number}")]
    sequencer.run(report.received_at)

    assert [to for _, to in post.envelopes][-1] == [f"{SENTINEL}@example.vn"]
    assert SENTINEL not in rows()
    assert SENTINEL not in caplog.text
    assert not [page for page in seen if SENTINEL in page.content.decode()]
    files = [path for path in (*sealing.rglob("*"), *database_files()) if path.is_file()]
    assert not [path for path in files if SENTINEL.encode() in path.read_bytes()]
    contact = contacts.reach(Contact.objects.get(), seal_keys.identities())
    assert contact.email == f"{SENTINEL}@example.vn"
    logging.getLogger("hopthu").removeHandler(caplog.handler)
