"""Clearing the files of PostgreSQL's tables.

An update leaves the old version of a row where it was, and a plain VACUUM only marks its place as
free. VACUUM FULL writes table and indexes into new files and removes the old ones; meanwhile it
holds ACCESS EXCLUSIVE on the table: nobody reads reports for as long as it takes.

Samples of the columns stand in the planner's statistics, so these are taken anew and written anew.
"""

import time

from django.db import OperationalError, connection
from django.db.backends.utils import CursorWrapper

from hopthu.outbox.models import Subscription
from hopthu.people.models import Contact, Telephone
from hopthu.reports.models import ErasureRequest, Event, Note, Photo, Proposal, Report

_CLEARED = (
    *(Report, Event, Note, Photo, Proposal, ErasureRequest),
    *(Contact, Telephone, Subscription),
)
TABLES = tuple(model._meta.db_table for model in _CLEARED)
SAMPLES = "pg_statistic"
LOCK_TIMEOUT = "3s"
"""To get the table: whoever asks for it after us waits as well."""
PATIENCE = 10.0
"""Seconds for transactions to end that can still see what was taken away."""
_LOCK_NOT_AVAILABLE = "55P03"

# What any of these may still see, a rewrite takes along: the horizon of VACUUM, in the words of
# src/backend/storage/ipc/procarray.c. `age` tells how many transactions ago one began. A snapshot
# reaches back to the oldest transaction of the whole server, another database's as well, and
# VACUUM FULL takes one itself: hence ours.
_STILL_SEEN = """
WITH clients AS (
    SELECT backend_xmin FROM pg_stat_activity
    WHERE pid <> pg_backend_pid()
    AND (datname = current_database() OR backend_type = 'walsender')
)
SELECT EXISTS (
    SELECT FROM (
        SELECT backend_xmin FROM clients
        UNION ALL SELECT pg_snapshot_xmin(pg_current_snapshot())::xid
        UNION ALL SELECT xmin FROM pg_replication_slots
    ) AS held (horizon)
    WHERE age(horizon) > age(%s::xid)
)
"""


class NotRewritten(Exception):
    """The database's user may not write this table anew; it has to own the database."""


def all_have_moved_on() -> bool:
    """Wait until nobody sees rows as they were before now. False: somebody still does."""
    end = time.monotonic() + PATIENCE
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::xid::text")
        (now,) = cursor.fetchone()
        while _is_seen(cursor, before=now):
            if time.monotonic() > end:
                return False
            time.sleep(0.1)
    return True


def _is_seen(cursor: CursorWrapper, *, before: str) -> bool:
    cursor.execute(_STILL_SEEN, [before])
    return bool(cursor.fetchone()[0])


def rewrite() -> bool:
    """Write the tables anew. False where somebody held on for too long: to be tried again.

    The tables' new samples make the old ones outdated only now: whoever began meanwhile still sees
    those, and is waited for as well. Raises `NotRewritten`.
    """
    return _rewrite_all(TABLES) and all_have_moved_on() and _rewrite_all((SAMPLES,))


def _rewrite_all(tables: tuple[str, ...]) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = '{LOCK_TIMEOUT}'")
        try:
            for table in tables:
                _rewrite(cursor, table)
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", "") != _LOCK_NOT_AVAILABLE:
                raise
            return False
        finally:
            cursor.execute("RESET lock_timeout")
    return True


def _rewrite(cursor: CursorWrapper, table: str) -> None:
    before = _file(cursor, table)
    cursor.execute(f"VACUUM (FULL, ANALYZE) {table}")
    # Where it is not permitted, PostgreSQL only warns, and goes on.
    if _file(cursor, table) == before:
        raise NotRewritten(table)


def _file(cursor: CursorWrapper, table: str) -> int:
    cursor.execute("SELECT pg_relation_filenode(%s::regclass)", [table])
    return int(cursor.fetchone()[0])
