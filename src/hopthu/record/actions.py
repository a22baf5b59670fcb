"""Adding to the public record: an entry is kept if, and only if, what it tells of is.

NotInTransaction   there is no transaction that the entry could share
EntryTooLong       (core.entries) the entry does not fit into a bundle; nothing was written
"""

from collections.abc import Sequence
from typing import NamedTuple

from django.db import connection

from hopthu.core.entries import fitting
from hopthu.record.models import Entry

_INSERT = f"INSERT INTO {Entry._meta.db_table} (report, seq, leaf) VALUES (%s, %s, %s)"  # noqa: S608  our own table


class NotInTransaction(RuntimeError):
    """An entry written on its own could tell of something that is rolled back."""


class Pending(NamedTuple):
    """An entry that is to be added."""

    entry: bytes
    """As `core.entries` encoded it."""
    report: str = ""
    seq: int = 0


def append(entry: bytes, *, report: str = "", seq: int = 0) -> None:
    """Add `entry` to the record, in the caller's transaction; the sequencer numbers it later.

    `report` and `seq` are those of the step, and stay empty for an entry about the city.
    Raises `NotInTransaction` and `EntryTooLong`.
    """
    append_many([Pending(entry, report, seq)])


def append_many(rows: Sequence[Pending]) -> None:
    """Add several in this order. Raises `NotInTransaction` and `EntryTooLong`."""
    if not connection.in_atomic_block:
        raise NotInTransaction("an entry is added in the transaction of what it tells of")
    values = [(row.report, row.seq, fitting(row.entry)) for row in rows]
    # Every step of every report does this; building the query costs several times its running.
    with connection.cursor() as cursor:
        if len(values) == 1:
            cursor.execute(_INSERT, values[0])
        else:
            cursor.executemany(_INSERT, values)
