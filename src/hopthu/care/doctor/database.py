"""The database: does it answer, does it keep what it confirms, does it forget what is erased?"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from hopthu.care.doctor.findings import Finding, fail, ok, warn
from hopthu.reports.residue import outstanding

SQLITE: Final[Mapping[str, tuple[str, str]]] = {
    "journal_mode": ("wal", "readers and writers block one another"),
    "synchronous": ("2", "a power cut may lose reports that were confirmed"),
    "secure_delete": ("1", "what is erased stays readable in the file"),
}
"""Setting → what it has to be, and what happens otherwise (`project/env.py` sets them)."""
POSTGRES: Final[Mapping[str, tuple[str, str]]] = {
    "fsync": ("on", "a power cut may destroy the database"),
    "full_page_writes": ("on", "a power cut may destroy the database"),
    "synchronous_commit": ("on", "a power cut may lose reports that were confirmed"),
    "log_statement": ("none", "what residents write stands in the server's log"),
    "log_min_duration_statement": ("-1", "what residents write may stand in the server's log"),
}


def check(_at: datetime) -> Iterator[Finding]:
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        why = str(error).partition("\n")[0]
        yield fail(f"does not answer: {why}", "start PostgreSQL, or mend HOPTHU_DATABASE_URL")
        return
    sqlite = connection.vendor == "sqlite"
    wrong = list(_sqlite() if sqlite else _postgres())
    yield from wrong or [ok(f"{connection.vendor} answers, and keeps what it confirms")]


def _sqlite() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        for name, (needed, otherwise) in SQLITE.items():
            (value,) = cursor.execute(f"PRAGMA {name}").fetchone()
            if str(value) != needed:
                todo = "no other program may change the database's settings"
                yield fail(f"{name} is {value}, not {needed}: {otherwise}", todo)


def _postgres() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        for name, (needed, otherwise) in POSTGRES.items():
            cursor.execute(f"SHOW {name}")
            (value,) = cursor.fetchone()
            if value != needed:
                todo = f"ALTER SYSTEM SET {name} = '{needed}', and SELECT pg_reload_conf()"
                yield fail(f"{name} is {value}, not {needed}: {otherwise}", todo)


def migrations(_at: datetime) -> Iterator[Finding]:
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        yield fail(f"{len(missing)} changes of the tables are not made yet", "run `hopthu init`")
    else:
        yield ok("the tables are those of this version")


def residue(_at: datetime) -> Iterator[Finding]:
    left = outstanding()
    if not left:
        yield ok("what was erased is gone from the database's files")
    elif connection.vendor == "sqlite":
        yield warn(
            f"{left} erased, and still in the database's files",
            "gone seconds after the step while `hopthu work` runs: see that it does",
        )
    else:
        yield warn(
            f"{left} erased, and still in the database's files",
            "gone in the night while `hopthu work` runs; if not, see docs/erasure.md",
        )
