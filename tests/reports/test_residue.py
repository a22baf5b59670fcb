"""What is struck out or erased is gone from every query at once, and from the files soon after."""

import random
import secrets
from datetime import datetime, timedelta
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction
from django.test import Client

from hopthu.bodies.queries import configuration
from hopthu.core.georeport import read_row
from hopthu.core.terms import Role, Step
from hopthu.people.models import Staff
from hopthu.reports.actions.importing import Import, check_import, import_batch
from hopthu.reports.models import Event, Report
from hopthu.reports.photos import storage
from hopthu.reports.residue import Clearing, left_behind, outstanding, postgres
from tests import makers
from tests.makers import MONDAY, take
from tests.reports import quoting, traces

pytestmark = pytest.mark.django_db(transaction=True)
on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="its own files")
on_postgres = pytest.mark.skipif(connection.vendor != "postgresql", reason="its own files")
NIGHT = datetime(2026, 11, 17, 3, 10, tzinfo=makers.TZ)


@pytest.fixture
def town() -> None:
    quoting.make_city()


@pytest.fixture
def mai() -> Staff:
    return makers.make_staff("mai", (Role.MODERATOR, None), (Role.ADMINISTRATOR, None))


def clear(at: datetime = NIGHT) -> int:
    return Clearing().run(at)


def learn_statistics() -> None:
    """The planner of PostgreSQL keeps samples of what stands in the columns."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def test_what_is_struck_out_is_in_no_file(town: None, mai: Staff) -> None:
    words = traces.sentinel()
    report = quoting.full_of(words, mai)
    learn_statistics()
    assert traces.found(traces.forms(words)), "the search itself finds what is there"
    salts = [salt for event in Event.objects.all() for salt in event.salts.values()]

    take(report, Step.REDACT, mai, passage=words, words="Tên người.")
    assert clear() == 1

    kept = {salt for event in Event.objects.all() for salt in event.salts.values()}
    gone = [salt.encode() for salt in salts if salt not in kept]
    assert len(gone) >= 6
    assert traces.found(traces.forms(words) + gone) == []
    assert outstanding() == 0


def test_what_is_erased_is_in_no_file(town: None, mai: Staff) -> None:
    words, said = traces.sentinel(), traces.sentinel()
    report = quoting.full_of(words, mai)
    take(report, Step.ADD_WORDS, words=said)
    learn_statistics()
    photo = report.photos.get()
    pictures = [storage.path(photo.name, size).read_bytes()[-200:] for size in storage.SIZES]
    assert len(traces.found(pictures)) == 2

    take(report, Step.REDACT, mai, passage=words, words="Tên người.")
    makers.erase(report, mai)
    assert clear() == 2

    assert traces.found([*traces.forms(words), *traces.forms(said), *pictures]) == []
    assert traces.found([photo.token.encode()]) == []


def test_rows_that_were_moved_leave_no_copy_of_themselves(town: None) -> None:
    """A page that grows too full gives rows to others, and keeps the bytes of some."""
    dice = random.Random(4)
    told = {f"Hố {n}, {secrets.token_hex(12)}" for n in range(2_000)}
    texts = [words + " x" * dice.randint(5, 400) for words in sorted(told)]
    import_batch([imported(n, text) for n, text in enumerate(texts)], configuration())
    reports = {report.pk: report.text.partition(" x")[0] for report in Report.objects.all()}
    with transaction.atomic():
        for pk in dice.choices(list(reports), k=2_000):
            Report.objects.filter(pk=pk).update(landmark="y" * dice.randint(1, 160))
        erased = dice.sample(list(reports), 1_000)
        Report.objects.filter(pk__in=erased).update(text="", search_text="")
        left_behind()

    assert clear() == 1

    bytes_kept = b"".join(data for _, data in traces.contents(list(traces.folders())))
    assert [reports[pk] for pk in erased if reports[pk].encode() in bytes_kept] == []


def imported(number: int, text: str) -> Import:
    source = read_row(
        {
            "service_request_id": f"A-{number}",
            "status": "open",
            "service_code": "lamp",
            "description": text,
            "requested_datetime": MONDAY.isoformat(),
            "lat": makers.IN_EAST.lat,
            "long": makers.IN_EAST.lon,
        }
    )
    setup = configuration()
    return check_import(source, setup.categories["lamp"], setup)


def test_a_draft_that_is_not_sent_is_kept_nowhere(town: None) -> None:
    words = traces.sentinel()

    answer = Client().post(
        "/report/new", {"page": "describe", "category": "lamp", "text": words, "submission": "s"}
    )

    assert words in answer.content.decode(), "the form itself carries it"
    assert traces.found(traces.forms(words)) == []


def test_it_is_known_as_not_done_until_it_is(town: None, mai: Staff) -> None:
    report = makers.make_report()
    assert (outstanding(), clear()) == (0, 0)

    take(report, Step.REDACT, mai, passage="Đèn", words="Tên người.")
    assert outstanding() == 1
    clear()

    assert (outstanding(), clear()) == (0, 0)


def test_a_step_that_is_rolled_back_leaves_nothing_to_do(town: None, mai: Staff) -> None:
    report = makers.make_report()

    with transaction.atomic():
        take(report, Step.REDACT, mai, passage="Đèn", words="Tên người.")
        transaction.set_rollback(True)

    assert outstanding() == 0


@on_sqlite
def test_a_reader_of_the_log_is_waited_for(town: None, mai: Staff) -> None:
    clearing = Clearing()
    words = traces.sentinel()
    report = makers.make_report(text=words)
    reader = connection.copy()
    try:
        with reader.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("SELECT text FROM reports_report")
            take(report, Step.REDACT, mai, passage=words, words="Tên người.")
            assert clearing.run(NIGHT) == 0
            assert outstanding() == 1
            assert cursor.fetchall() == [(words,)]
            cursor.execute("ROLLBACK")
    finally:
        reader.close()

    assert clearing.run(NIGHT) == 1, "it does not rest before trying that again"

    assert traces.found(traces.forms(words)) == []
    assert traces.database_files()[1].stat().st_size < 100_000


@on_sqlite
def test_the_next_rewrite_waits_ten_times_as_long_as_the_last_took(town: None, mai: Staff) -> None:
    report = makers.make_report(text="một hai")
    clearing = Clearing()
    take(report, Step.REDACT, mai, passage="một", words="Tên người.")
    assert clearing.run(NIGHT) == 1
    take(report, Step.REDACT, mai, passage="hai", words="Tên người.")

    assert clearing.run(NIGHT) == 0
    assert clearing.run(NIGHT + timedelta(minutes=1)) == 1


@on_postgres
def test_tables_are_written_anew_at_night_alone(town: None, mai: Staff) -> None:
    take(makers.make_report(), Step.REDACT, mai, passage="Đèn", words="Tên người.")

    assert clear(at=MONDAY) == 0
    assert clear(at=NIGHT) == 1


@on_postgres
def test_whoever_still_sees_the_words_is_waited_for(
    town: None, mai: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = traces.sentinel()
    report = makers.make_report(text=words)
    with another_connection() as reader, monkeypatch.context() as impatient:
        impatient.setattr(postgres, "PATIENCE", 0.3)
        reader.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        reader.execute("SELECT 1 FROM people_staff")
        take(report, Step.REDACT, mai, passage=words, words="Tên người.")

        assert clear() == 0

        assert outstanding() == 1
    assert clear() == 1
    assert traces.found(traces.forms(words)) == []


@on_postgres
def test_a_transaction_in_another_database_of_the_server_is_waited_for(
    town: None, mai: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every snapshot of the server reaches back to it, that of the rewrite included."""
    words = traces.sentinel()
    report = makers.make_report(text=words)
    with another_connection(database="postgres") as writer, monkeypatch.context() as impatient:
        impatient.setattr(postgres, "PATIENCE", 0.3)
        writer.execute("SELECT pg_current_xact_id()")
        take(report, Step.REDACT, mai, passage=words, words="Tên người.")

        assert clear() == 0
    assert clear() == 1
    assert traces.found(traces.forms(words)) == []


@on_postgres
def test_who_begins_while_the_tables_are_written_anew_is_waited_for_too(
    town: None, mai: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The samples of the columns are taken anew then: whoever began before may see the old ones."""
    words = traces.sentinel()
    report = makers.make_report(text=words)
    learn_statistics()
    take(report, Step.REDACT, mai, passage=words, words="Tên người.")
    rewrite = postgres._rewrite
    with another_connection(database="postgres") as writer, monkeypatch.context() as meanwhile:

        def begin_first(*table: Any) -> None:
            writer.execute("SELECT pg_current_xact_id()")
            rewrite(*table)

        meanwhile.setattr(postgres, "PATIENCE", 0.3)
        meanwhile.setattr(postgres, "_rewrite", begin_first)

        assert clear() == 0
    assert clear() == 1
    assert traces.found(traces.forms(words)) == []


@on_postgres
def test_a_table_that_somebody_reads_is_not_waited_for_long(
    town: None, mai: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever asks for a table after us waits behind us."""
    monkeypatch.setattr(postgres, "LOCK_TIMEOUT", "100ms")
    take(makers.make_report(), Step.REDACT, mai, passage="Đèn", words="Tên người.")
    with another_connection() as reader:
        reader.execute("SELECT 1 FROM reports_event")

        assert clear() == 0

    assert (outstanding(), clear()) == (1, 1)


@on_postgres
def test_a_user_who_may_not_write_the_tables_anew_is_told(town: None, mai: Staff) -> None:
    take(makers.make_report(), Step.REDACT, mai, passage="Đèn", words="Tên người.")
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE weak; SET ROLE weak")
        try:
            with pytest.raises(postgres.NotRewritten):
                postgres.rewrite()
        finally:
            cursor.execute("RESET ROLE; DROP ROLE weak")


def another_connection(database: str = "") -> "psycopg.Connection[Any]":
    return psycopg.connect(
        host=str(connection.settings_dict["HOST"]),
        user=str(connection.settings_dict["USER"]),
        dbname=database or str(connection.settings_dict["NAME"]),
    )
