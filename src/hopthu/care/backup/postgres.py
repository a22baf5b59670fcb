"""A consistent copy of a PostgreSQL database that is in use, and back, without its own tools.

`pg_dump` has to be as new as the server and is on few web servers. Here the tables are made by the
program's own migrations, and COPY carries the rows, all seen at one moment (REPEATABLE READ).
"""

from pathlib import Path
from typing import Any, Final

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.migrations.executor import MigrationExecutor

from hopthu.care.backup.sqlite import FREEZE

NOT_TAKEN_ALONG: Final = frozenset({"django_session", "people_signin"})
"""Whoever steals a backup shall not be signed in at the desk."""
_CHUNK: Final = 1024 * 1024


def dump(folder: Path) -> dict[str, Any]:
    """Write a file a table into `folder`; gives their columns, and where the sequences stand."""
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        tables = {table: _columns(cursor, table) for table in _tables(cursor)}
        for table, columns in tables.items():
            if table not in NOT_TAKEN_ALONG:
                _copy_out(cursor, table, columns, folder / f"{table}.copy")
        # Later than the rows is well: what was numbered already is never numbered again.
        cursor.execute(
            "SELECT sequencename, last_value FROM pg_sequences "
            "WHERE schemaname = current_schema() AND last_value IS NOT NULL"
        )
        return {"tables": tables, "sequences": dict(cursor.fetchall())}


def is_empty() -> bool:
    with connection.cursor() as cursor:
        return not _tables(cursor)


def load(folder: Path, about: dict[str, Any], frozen: str) -> None:
    """Make the tables as they were then, and fill them; their record is frozen with them."""
    _make_tables({(app, name) for app, name in about["migrations"]})
    tables: dict[str, list[str]] = about["tables"]
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(map(_quoted, tables))}")
        for table, columns in tables.items():
            if table not in NOT_TAKEN_ALONG:
                _copy_in(cursor, table, columns, folder / f"{table}.copy")
        for name, value in about["sequences"].items():
            cursor.execute("SELECT setval(%s::regclass, %s)", [_quoted(name), value])
        cursor.execute(FREEZE, [frozen])


def _make_tables(applied: set[tuple[str, str]]) -> None:
    executor = MigrationExecutor(connection)
    graph = executor.loader.graph
    newest = [
        node
        for node in sorted(applied)
        if not any(child.key[0] == node[0] and child.key in applied
                   for child in graph.node_map[node].children)
    ]  # fmt: skip
    executor.migrate(newest)


def _tables(cursor: CursorWrapper) -> list[str]:
    cursor.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename"
    )
    return [name for (name,) in cursor.fetchall()]


def _columns(cursor: CursorWrapper, table: str) -> list[str]:
    cursor.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema() "
        "AND table_name = %s AND is_generated = 'NEVER' ORDER BY ordinal_position",
        [table],
    )
    return [name for (name,) in cursor.fetchall()]


def _copy_out(cursor: Any, table: str, columns: list[str], path: Path) -> None:
    with cursor.copy(f"COPY {_listed(table, columns)} TO STDOUT") as copy, path.open("wb") as file:
        for data in copy:
            file.write(data)


def _copy_in(cursor: Any, table: str, columns: list[str], path: Path) -> None:
    command = f"COPY {_listed(table, columns)} FROM STDIN"
    with cursor.copy(command) as copy, path.open("rb") as file:
        while data := file.read(_CHUNK):
            copy.write(data)


def _listed(table: str, columns: list[str]) -> str:
    return f"{_quoted(table)} ({', '.join(map(_quoted, columns))})"


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name.replace('"', ""))
