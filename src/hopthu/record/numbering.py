"""Giving waiting entries their place in the log: by conditional update, never by counting up ids.

An autoincrement leaves gaps where a transaction is rolled back, and numbers in the order in which
rows were begun. Here `Head.size` is the only counter, and whoever moves it on owns the numbers.
"""

from django.db import connection, transaction
from django.db.models import F

from hopthu.record.models import Entry, Head

BATCH = 4_096
"""Entries that are numbered in one transaction."""
MOST_BATCHES = 16
"""Of one round, so that what waits is published while more of it comes."""


class _Overtaken(Exception):
    """Another sequencer was first: what was read is no longer so."""


def head() -> Head:
    """The row, made where there is none yet."""
    return Head.objects.get_or_create(pk=1)[0]


def number_waiting() -> int:
    """Number what waits, and give how many entries that were."""
    done = 0
    for _ in range(MOST_BATCHES):
        numbered = _batch_or_again()
        done += numbered
        if numbered < BATCH:
            break
    return done


def _batch_or_again() -> int:
    while True:
        try:
            return _batch()
        except _Overtaken:
            continue


@transaction.atomic(durable=True)
def _batch() -> int:
    size = head().size
    waiting = Entry.objects.filter(index=None).order_by("id").values_list("id", flat=True)
    ids = list(waiting[:BATCH])
    if not ids:
        return 0
    moved = Head.objects.filter(pk=1, size=size).update(size=F("size") + len(ids))
    if not moved:
        raise _Overtaken
    table, column = (connection.ops.quote_name(name) for name in (Entry._meta.db_table, "index"))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {table} SET {column} = %s WHERE id = %s AND {column} IS NULL",  # noqa: S608
            [(size + place, id_) for place, id_ in enumerate(ids)],
        )
        if cursor.rowcount != len(ids):
            raise _Overtaken
    return len(ids)
