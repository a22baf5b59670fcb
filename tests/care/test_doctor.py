"""Every verdict of `hopthu doctor`, each in a city that really is so."""

import os
import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from pytest_django import Settings

from hopthu.care.doctor import (
    clock,
    database,
    deletions,
    hidden,
    keys,
    letters,
    proxy,
    record,
    storage,
    surroundings,
)
from hopthu.care.doctor.findings import Finding
from hopthu.core.checkpoints import parse_checkpoint
from hopthu.core.orders import Order
from hopthu.core.sealing import new_identity
from hopthu.core.terms import Role, Step
from hopthu.outbox.channels.servers import parse_server
from hopthu.outbox.models import Delivery
from hopthu.people.models import Staff
from hopthu.record import folder, models, sequencer
from hopthu.record.actions import append
from hopthu.reports.actions import erasing
from hopthu.reports.models import Event, Report
from hopthu.reports.residue import left_behind
from tests import makers
from tests.live import Server
from tests.makers import MONDAY

pytestmark = pytest.mark.django_db
on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="its own settings")
on_postgres = pytest.mark.skipif(connection.vendor != "postgresql", reason="its own settings")
NOW = datetime(2026, 11, 16, 3, 0, tzinfo=UTC)
"""An hour after `MONDAY`."""


def told(check: Callable[[datetime], Iterable[Finding]], at: datetime = NOW) -> str:
    """What it found, a line each; whatever is not well says what to do."""
    findings = list(check(at))
    assert findings
    assert all(bool(one.todo) is (one.verdict != "ok") for one in findings)
    return "\n".join(f"{one.verdict} {one.what}" for one in findings)


def test_storage(data: Path, settings: Settings) -> None:
    assert told(storage.check).startswith(f"ok {data} can be written")

    data.chmod(0o755)
    assert f"FAIL {data} is open to other users" in told(storage.check)
    settings.DATA = data / "elsewhere"
    assert told(storage.check) == f"FAIL {data}/elsewhere is not there"
    settings.DATA = Path("/proc/self")
    assert "FAIL /proc/self cannot be written" in told(storage.check)
    assert "FAIL 0 MB free in /proc/self" in told(storage.check)


def test_a_disk_that_is_getting_full_is_told_in_time(data: Path) -> None:
    assert storage._space(data, 10**10).verdict == "ok"
    assert storage._space(data, 10**9).verdict == "warn"
    assert storage._space(data, 10**8).verdict == "FAIL"


@on_sqlite
@pytest.mark.django_db(transaction=True)
def test_settings_of_sqlite() -> None:
    assert told(database.check) == "ok sqlite answers, and keeps what it confirms"
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=OFF")
        cursor.execute("PRAGMA secure_delete=OFF")
    try:
        assert told(database.check) == (
            "FAIL synchronous is 0, not 2: a power cut may lose reports that were confirmed\n"
            "FAIL secure_delete is 0, not 1: what is erased stays readable in the file"
        )
    finally:
        connection.close()


@on_postgres
def test_settings_of_postgresql() -> None:
    """That of the tests runs without fsync, so it is told of."""
    with connection.cursor() as cursor:
        cursor.execute("SET log_statement = 'all'; SET synchronous_commit = 'on'")
        assert told(database.check).splitlines() == [
            "FAIL fsync is off, not on: a power cut may destroy the database",
            "FAIL full_page_writes is off, not on: a power cut may destroy the database",
            "FAIL log_statement is all, not none: what residents write stands in the server's log",
        ]
        cursor.execute("RESET ALL")


def test_migrations() -> None:
    assert told(database.migrations) == "ok the tables are those of this version"
    MigrationRecorder(connection).record_unapplied("reports", "0002_search_and_events")
    assert told(database.migrations) == "FAIL 1 changes of the tables are not made yet"


def test_erased_words_that_are_still_in_files() -> None:
    assert told(database.residue).startswith("ok ")
    with transaction.atomic():
        left_behind()
    assert told(database.residue) == "warn 1 erased, and still in the database's files"


def test_keys(data: Path) -> None:
    assert told(keys.check) == "ok all are there, and closed to others"

    (data / "keys/web/pepper").chmod(0o640)
    (data / "keys/work").chmod(0o755)
    (data / "keys/web/promise_key").unlink()
    assert told(keys.check) == (
        "FAIL keys/web/promise_key is missing\n"
        f"FAIL other users may read {data}/keys/web/pepper\n"
        f"FAIL other users may read {data}/keys/work"
    )


def test_a_lost_key_of_contacts_is_told_with_what_to_do(data: Path) -> None:
    assert told(letters.contacts) == "ok can be sealed and opened"

    (data / "keys/work/seal_key").write_text(f"{new_identity()}\n")
    assert told(letters.contacts).startswith("FAIL keys/work/seal_key does not open what is sealed")
    (data / "keys/work/seal_key").unlink()
    lost = list(letters.contacts(NOW))
    assert "or the recovery key in its place" in lost[0].what
    assert lost[0].todo == "docs/operator.md, Sealed contacts: all else works until then"
    (data / "keys/web/seal_recipient").write_text("spoilt")
    assert "cannot be sealed" in told(letters.contacts)


def test_letters_that_wait_and_letters_that_were_given_up(
    data: Path, settings: Settings, city: None
) -> None:
    assert told(letters.letters).startswith("warn go into ")
    settings.MAIL_SERVER = parse_server("smtp://127.0.0.1:9?tls=off")
    assert told(letters.letters) == "ok 0 sent, 0 wait"
    makers.make_report(email="an@example.vn", language="vi", at=MONDAY)
    assert told(letters.letters, MONDAY + timedelta(minutes=59)) == "ok 0 sent, 1 wait"
    assert told(letters.letters, MONDAY + timedelta(hours=2)) == "warn 1 wait, the oldest for 2 h"
    Delivery.objects.update(state="dead", problem="550")
    assert told(letters.letters) == "warn given up: 1 for 550"


@pytest.mark.skipif(os.geteuid() != 0, reason="giving files away takes root")
def test_the_key_split_is_told_as_it_is(data: Path) -> None:
    off = "warn off: protects stolen databases and backups, not a taken-over web process"
    assert told(keys.split) == off
    os.chown(data / "keys/web", 12345, -1)
    assert told(keys.split) == "ok on: web and work are two users"


def test_a_frozen_record(data: Path, settings: Settings) -> None:
    assert told(record.frozen) == "ok grows"
    sequencer.run(MONDAY)
    sequencer.freeze("a witness saw more")
    assert told(record.frozen) == "FAIL frozen: a witness saw more"
    settings.RECORD = data / "no record"
    assert told(record.frozen) == "FAIL no log was opened"


def test_entries_that_wait(data: Path) -> None:
    makers.make_city()
    sequencer.run(MONDAY)
    assert told(record.queue) == "ok no entry waits for its number"

    makers.make_report(at=MONDAY)
    assert told(record.queue, MONDAY + timedelta(seconds=50)) == "ok 1 entries wait, for 50 s"
    assert told(record.queue, MONDAY + timedelta(seconds=70)) == "FAIL 1 entries wait, for 70 s"


def test_what_was_imported_does_not_seem_to_wait_for_years(data: Path) -> None:
    makers.make_city()
    sequencer.run(MONDAY)
    makers.make_report(at=MONDAY - timedelta(days=900))
    assert told(record.queue, MONDAY + timedelta(seconds=5)) == "ok 1 entries wait, for 5 s"


def test_an_entry_about_the_city_waits_too(data: Path) -> None:
    assert told(record.queue, MONDAY + timedelta(minutes=59)) == "ok 1 entries wait, for 0 s"
    assert told(record.queue, MONDAY + timedelta(minutes=62)).startswith("FAIL 1 entries wait")


def test_the_published_head(data: Path) -> None:
    assert told(record.head) == "warn nothing is published yet"
    publish(3)
    assert told(record.head) == "ok 4 entries, all published"

    models.Head.objects.update(size=6)
    assert told(record.head) == "warn 2 entries are not published yet"
    models.Head.objects.update(size=3)
    assert told(record.head) == "FAIL 4 entries are published; the database has 3"
    models.Head.objects.update(size=4)
    models.Checkpoint.objects.update(root=b"r" * 32)
    assert told(record.head) == "FAIL the published head is not the one in the database"
    (data / "record/checkpoint").unlink()
    assert told(record.head) == "FAIL 4 entries are numbered, and nothing is published"


def publish(count: int) -> None:
    with transaction.atomic():
        for number in range(count):
            append(b"entry %d" % number)
    sequencer.run(MONDAY)
    note = folder.published()
    assert note
    assert parse_checkpoint(note.text).size == count + 1


def test_without_a_witness_it_says_so(data: Path, settings: Settings) -> None:
    assert told(record.witnesses) == "warn nobody outside vouches for the record"
    settings.WITNESSES = ("paper", "university")
    assert told(record.witnesses) == "ok 2 cosign"


def test_the_clock(data: Path) -> None:
    makers.make_city()
    makers.make_report(at=MONDAY)
    assert told(clock.check) == "ok 2026-11-16 03:00 UTC, and nothing here is newer"
    assert told(clock.check, datetime(1970, 1, 1, tzinfo=UTC)) == (
        "FAIL it says 1970-01-01, which is long ago"
    )
    day_before = MONDAY - timedelta(days=1)
    assert told(clock.check, day_before) == "FAIL the newest step is 1 day, 0:00:00 ahead of it"
    sequencer.run(MONDAY)
    tomorrow = (MONDAY + timedelta(days=1)).timestamp()
    os.utime(data / "record/checkpoint", (tomorrow, tomorrow))
    assert told(clock.check, MONDAY) == "FAIL the published head is 1 day, 0:00:00 ahead of it"
    assert (Report.objects.count(), Event.objects.count()) == (1, 1)


NGINX = "server {{ listen 443; {log} location / {{ proxy_pass http://127.0.0.1:8000; }} }}"


@pytest.mark.parametrize(
    ("path", "text", "well"),
    [
        ("etc/nginx/sites-enabled/city", NGINX.format(log="access_log off;"), True),
        ("etc/nginx/sites-enabled/city", NGINX.format(log=""), False),
        ("etc/nginx/conf.d/city.conf", NGINX.format(log="access_log /var/log/a.log;"), False),
        ("etc/nginx/conf.d/city.conf", NGINX.format(log="# access_log off;\n"), False),
        ("etc/nginx/nginx.conf", "http { access_log /var/log/nginx/access.log; }", True),
        ("etc/caddy/Caddyfile", "city.example {\n reverse_proxy :8000\n}\n", True),
        ("etc/caddy/Caddyfile", "{\n log {\n }\n}\ncity {\n reverse_proxy :8000\n}\n", True),
        ("etc/caddy/Caddyfile", "city {\n log\n reverse_proxy :8000\n}\n", False),
        ("etc/caddy/Caddyfile", "city {\n\tlog {\n\t}\n\treverse_proxy :8000\n}\n", False),
    ],
)
def test_access_logs_in_configurations(tmp_path: Path, path: str, text: str, well: bool) -> None:
    (tmp_path / path).parent.mkdir(parents=True)
    (tmp_path / path).write_text(text)

    found = told(lambda at: proxy.check(at, system=tmp_path))

    assert found.startswith("ok none found") if well else path in found


def test_access_logs_that_are_being_written(tmp_path: Path) -> None:
    log = tmp_path / "var/log/nginx/access.log"
    log.parent.mkdir(parents=True)
    log.write_text("203.0.113.9 GET /")
    os.utime(log, (NOW.timestamp(), NOW.timestamp()))

    assert told(lambda at: proxy.check(at, system=tmp_path)) == (
        f"FAIL {log} was written to within a day"
    )
    later = NOW + timedelta(days=2)
    assert told(lambda at: proxy.check(at, system=tmp_path), later).startswith("ok none found")


def test_requests_to_delete_need_two_people_and_are_decided_in_time(db: None) -> None:
    makers.make_city()
    makers.make_staff("giang", *makers.CHIEF)
    left = makers.make_staff("hoa", *makers.CHIEF)
    erasing.ask_as_sender(makers.make_report(), erasing.Wish(scope="report"), at=MONDAY)

    assert told(deletions.check) == "ok 1 wait, none too long"
    assert told(deletions.check, NOW + timedelta(days=7)) == (
        "warn 1 wait past the day that was promised"
    )
    Staff.objects.filter(pk=left.pk).update(is_active=False)
    assert told(deletions.check) == (
        "warn 1 of 2 administrators are there: nobody can have anything deleted"
    )


def test_languages(settings: Settings, tmp_path: Path) -> None:
    assert re.fullmatch(r"(ok|warn) .*", told(surroundings.translations).splitlines()[0])
    settings.LOCALE_PATHS = [tmp_path]
    assert told(surroundings.translations) == "FAIL vi is not there\nFAIL km is not there"


def test_https(settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["localhost"]
    assert told(surroundings.https) == "warn off: well for a trial on this machine"
    settings.ALLOWED_HOSTS = ["city.example", "localhost"]
    assert told(surroundings.https) == (
        "FAIL off, though city.example is public: anybody on the way can read"
    )
    settings.SESSION_COOKIE_SECURE = True
    assert told(surroundings.https) == "ok insisted on"
    settings.DEBUG = True
    assert told(surroundings.https).startswith("FAIL HOPTHU_DEBUG is on")


@pytest.mark.server
def test_the_command_says_a_line_a_check_and_fails_if_one_does(server: Server) -> None:
    lines = server.attempt("doctor").stdout.splitlines()
    assert all(re.match(r"(ok   |warn |FAIL ) [a-z ]{13} \S", line) for line in lines)
    assert len(lines) >= 14

    (server.data / "keys/web/pepper").unlink()
    broken = server.attempt("doctor")
    assert broken.returncode == 1
    assert "FAIL  keys          keys/web/pepper is missing. Do: put it back" in broken.stdout


@pytest.mark.server
def test_a_database_that_does_not_answer_is_one_more_finding(server: Server) -> None:
    if not server.database_url:
        server.database_url = "sqlite:////no/such/folder/file"
    else:
        server.database_url = server.database_url.rpartition("/")[0] + "/nobody"
    ill = server.attempt("doctor")
    assert ill.returncode == 1
    assert "FAIL  database      does not answer: " in ill.stdout
    assert ill.stderr == ""


def test_hidden_reports_that_nobody_looks_at_again(city: None) -> None:
    mai = makers.make_staff("mai", (Role.MODERATOR, None))
    asked, ordered = makers.make_report(), makers.make_report()
    makers.take(asked, Step.HIDE, mai, reason="test", words="Thử.")
    assert told(hidden.check) == "ok 1 hidden, 0 senders ask for another look"
    makers.take(asked, Step.ASK_REVIEW)
    order = Order("Tòa án khu vực 3", "12/QĐ", MONDAY.date(), MONDAY.date() + timedelta(days=30))
    second = makers.make_officer().pk
    given: dict[str, Any] = {
        "reason": "order",
        "words": "Theo lệnh.",
        "second_person": second,
        "order": order,
    }
    makers.take(ordered, Step.HIDE, mai, **given)

    assert told(hidden.check) == "ok 2 hidden, 1 senders ask for another look"
    assert told(hidden.check, NOW + timedelta(days=29)).splitlines() == [
        "warn 1 senders ask for another look, one for 29 days"
    ]
    assert told(hidden.check, NOW + timedelta(days=30)).splitlines() == [
        "warn 1 hidden by an order whose day to look at it again has come",
        "warn 1 senders ask for another look, one for 30 days",
    ]
