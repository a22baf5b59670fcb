"""From one piece of news to a letter for each who follows the thing, some at a time.

Every batch is a transaction of its own, with the place that it reached in it: cut short anywhere it
goes on from there, and two workers at once make no letter twice. Between two batches it rests as
long as the last one took, so that whoever receives a report finds the database free.
"""

import time
from collections.abc import Callable
from datetime import datetime

from django.db import connection, transaction
from django.db.models import QuerySet

from hopthu.outbox.models import Delivery, News, Subscription

BATCH = 1_000
"""Letters of one transaction: some 10 ms, in which SQLite lets nobody else write."""
RANK = 1
"""After the letters to senders, and those that ask for a confirmation."""
TOPIC_NEWS, TOPIC_DIGEST = "news", "digest"
RANDOM = {"sqlite": "lower(hex(randomblob(16)))", "postgresql": "gen_random_uuid()"}
"""As Django stores a UUID there."""
Rest = Callable[[float], object]
"""Given seconds; true: it is time to stop."""


def expand(at: datetime, *, rest: Rest = time.sleep) -> int:
    """Put letters about all the news there are into the outbox; gives how many those were."""
    made = 0
    while (news := News.objects.filter(told=False).order_by("id").first()) is not None:
        started = time.monotonic()
        made += _batch(news, at)
        if rest(time.monotonic() - started):
            break
    return made


@transaction.atomic
def _batch(news: News, at: datetime) -> int:
    """The next letters about it; 0 too where another worker was first."""
    followers = Subscription.objects.filter(
        often=news.often, thing=news.thing, id__gt=news.after, confirmed_at__lte=news.at
    )
    found = list(followers.order_by("id").values_list("id", flat=True)[:BATCH])
    here = News.objects.filter(pk=news.pk, after=news.after, told=False)
    if not here.update(after=found[-1] if found else news.after, told=len(found) < BATCH):
        return 0
    return _write(_letter(news, at), followers.filter(id__lte=found[-1])) if found else 0


def _letter(news: News, at: datetime) -> Delivery:
    """About its event, or, of a morning, about the row itself."""
    return Delivery(
        rank=RANK,
        topic=TOPIC_NEWS if news.number else TOPIC_DIGEST,
        number=news.number,
        seq=news.seq if news.number else news.pk,
        created_at=at,
        due_at=at,
    )


def _write(letter: Delivery, followers: QuerySet[Subscription]) -> int:
    """A copy of `letter` for each of them, in one statement; gives how many were new.

    Made row by row in Python it takes several times as long, in which nobody else may write.
    """
    table, ids = Delivery._meta.db_table, followers.order_by("id").values_list("id")
    select, chosen = ids.query.get_compiler(connection=connection).as_sql()
    columns, values, given = [], [], []
    for field in Delivery._meta.concrete_fields:
        if field.primary_key:
            continue
        columns.append(connection.ops.quote_name(field.column))
        if field.name == "subscription":
            values.append("chosen.id")
        elif field.name == "token":
            values.append(RANDOM[connection.vendor])
        else:
            values.append("%s")
            given.append(field.get_db_prep_save(getattr(letter, field.attname), connection))
    into = f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)}"
    with connection.cursor() as cursor:
        cursor.execute(
            f"{into} FROM ({select}) AS chosen WHERE true ON CONFLICT DO NOTHING",
            [*given, *chosen],
        )
        return int(cursor.rowcount)
