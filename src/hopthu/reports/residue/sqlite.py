"""Clearing the files of an SQLite database.

`PRAGMA secure_delete` (`project/env.py`) overwrites what is deleted, at once. It leaves two things:

1. FTS5 keeps the words that it was told to delete until its pieces are merged ("optimize"; since
   SQLite 3.42 it has a `secure-delete` option of its own, but an index that was once written with
   that cannot be read by older libraries, and the second point needs a rewrite in any case),
2. where a page grows too full its rows are moved to others, and copies stay behind in it that no
   later delete knows of: VACUUM writes every page anew.

Both leave the old pages in the write-ahead log, so that is emptied last.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection
from django.db.backends.utils import CursorWrapper

PATIENCE_MS = 100
"""How long to wait for readers of the write-ahead log: writers wait meanwhile."""


def rewrite() -> None:
    """Write index and tables anew; readers go on, writers wait (0.9 s and 1.1 s at 100,000)."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO reports_search(reports_search) VALUES ('optimize')")
        with _temporary_files_in_the_data_folder(cursor):
            cursor.execute("VACUUM")


def empty_log() -> bool:
    """Move the write-ahead log into the database and cut it to nothing.

    False where a reader still holds it: to be tried again.
    """
    with connection.cursor() as cursor:
        # Without waiting for anybody first: what is left then is little, and soon done.
        cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")
        (before,) = cursor.execute("PRAGMA busy_timeout").fetchone()
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE_MS}")
        try:
            busy, _, _ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {before}")
    return not busy


@contextmanager
def _temporary_files_in_the_data_folder(cursor: CursorWrapper) -> Iterator[None]:
    """VACUUM writes a copy first: neither into memory nor onto a disk that holds nothing else."""
    folder = str(Path(str(connection.settings_dict["NAME"])).parent).replace("'", "''")
    cursor.execute(f"PRAGMA temp_store_directory = '{folder}'")
    cursor.execute("PRAGMA temp_store = FILE")
    try:
        yield
    finally:
        cursor.execute("PRAGMA temp_store = MEMORY")
