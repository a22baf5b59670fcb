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
    waiting = list(
        Entry.objects.filter(index=None).order_by("id").values_list("id", flat=True)[:BATCH]
    )
    if not waiting:
        return 0
    moved = Head.objects.filter(pk=1, size=size).update(size=F("size") + len(waiting))
    if not moved or _number(size, waiting) != len(waiting):
        raise _Overtaken
    return len(waiting)


def _number(start: int, waiting: list[int]) -> int:
    """Give those of these ids that still wait their places from `start` on; gives how many."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRES, [start, waiting])
        else:
            cursor.executemany(_SQLITE, list(enumerate(waiting, start)))
        return int(cursor.rowcount)


# One statement, as one for each row would take a server most of the sequencer's time. The ids are
# given and not looked for: after a large import PostgreSQL knows nothing yet of how many rows there
# are, and went through all of them for each that waited.
_POSTGRES = """
    UPDATE record_entry SET "index" = %s + waiting.place - 1
    FROM unnest(%s::bigint[]) WITH ORDINALITY AS waiting (id, place)
    WHERE record_entry.id = waiting.id AND "index" IS NULL
"""
_SQLITE = 'UPDATE record_entry SET "index" = %s WHERE id = %s AND "index" IS NULL'
