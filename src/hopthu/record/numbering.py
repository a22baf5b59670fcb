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
    count = Entry.objects.filter(index=None)[:BATCH].count()
    if not count:
        return 0
    moved = Head.objects.filter(pk=1, size=size).update(size=F("size") + count)
    if not moved or _number(size, count) != count:
        raise _Overtaken
    return count


def _number(start: int, count: int) -> int:
    """Give the first `count` of those that wait their places from `start` on; gives how many."""
    with connection.cursor() as cursor:
        cursor.execute(_NUMBER, [start, count])
        return int(cursor.rowcount)


# One statement, as one for each row would take most of the sequencer's time.
_NUMBER = """
    UPDATE record_entry SET "index" = waiting.place
    FROM (
        SELECT id, %s + row_number() OVER (ORDER BY id) - 1 AS place
        FROM record_entry WHERE "index" IS NULL
        ORDER BY id LIMIT %s
    ) AS waiting
    WHERE record_entry.id = waiting.id
"""
