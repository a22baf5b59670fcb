"""From the public record to news for those who follow a thing; done by `hopthu work`.

The record is what is read, in its order and up to where it is numbered: receiving a report costs
nothing for it, no step is missed, and nobody is told what the record does not hold.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from hopthu.bodies.queries import NoCity, configuration
from hopthu.core.mornings import last_morning
from hopthu.outbox.models import Gathered, News, Often, Subscription
from hopthu.record import queries as record
from hopthu.reports.following.happenings import CHUNK, Happening, happenings

ByThing = dict[str, list[Happening]]


def gather(at: datetime) -> int:
    """Look through what is new in the record; gives how many pieces of news that made.

    At once: each step by itself. Daily and weekly: in the first round after a morning, all since
    the last one, however many mornings were missed.
    """
    try:
        tz = configuration().calendar.tz
    except NoCity:
        return 0
    mornings = {
        Often.DAILY: last_morning(at, tz),
        Often.WEEKLY: last_morning(at, tz, weekly=True),
    }
    made = sum(_of_morning(often, morning, at) for often, morning in mornings.items())
    return made + _at_once()


def _at_once() -> int:
    done, made = _so_far(Often.NOW, None), 0
    while (end := min(done.upto + CHUNK, record.size())) > done.upto:
        by_thing = _followed(Often.NOW, happenings(done.upto, end))
        news = [
            News(thing=thing, often=Often.NOW, number=one.number, seq=one.seq, at=one.at)
            for thing, found in by_thing.items()
            for one in found
        ]
        made += _keep(done, end, None, news)
        done = _so_far(Often.NOW, None)
    return made


def _of_morning(often: Often, morning: date, at: datetime) -> int:
    done = _so_far(often, morning)
    if done.morning is None or done.morning >= morning:
        return 0
    end = max(done.upto, record.size())
    news = [
        News(
            thing=thing,
            often=often,
            seq=morning.toordinal(),
            lines=[[one.number, one.seq] for one in found],
            at=at,
        )
        for thing, found in _followed(often, happenings(done.upto, end)).items()
    ]
    return _keep(done, end, morning, news)


def _so_far(often: Often, morning: date | None) -> Gathered:
    """The row; a new one begins with what comes from now on."""
    start = {"upto": record.size(), "morning": morning}
    return Gathered.objects.get_or_create(often=often, defaults=start)[0]


def _followed(often: Often, found: Iterable[Happening]) -> ByThing:
    """What happened, by those things that somebody follows."""
    rows = Subscription.objects.filter(often=often).exclude(confirmed_at=None)
    followed = set(rows.values_list("thing", flat=True).distinct())
    by_thing: ByThing = defaultdict(list)
    if not followed:
        return by_thing
    for one in found:
        for thing in one.things():
            if thing.key in followed:
                by_thing[thing.key].append(one)
    return by_thing


@transaction.atomic
def _keep(done: Gathered, end: int, morning: date | None, news: list[News]) -> int:
    """Both or neither, where nobody else went on meanwhile."""
    here = Gathered.objects.filter(often=done.often, upto=done.upto, morning=done.morning)
    if not here.update(upto=end, morning=morning):
        return 0
    News.objects.bulk_create(news, ignore_conflicts=True)
    return len(news)
