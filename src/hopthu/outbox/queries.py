"""How the outbox stands: counts, and never who."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Sum

from hopthu.core.terms import Channel
from hopthu.outbox.following.things import Thing
from hopthu.outbox.models import Delivery, Often, Subscription

__all__ = ["Often", "Standing", "followers", "letters_about", "standing"]
FEWEST = 10
"""Fewer followers than these are not told: so few could be somebody."""


@dataclass(frozen=True)
class Standing:
    waiting: int
    texts: int
    """Of these, such as go to a telephone."""
    oldest: datetime | None
    """Since when the oldest letter waits."""
    sent: int
    dead: dict[str, int]
    """Why letters were given up, and how many."""
    perhaps_twice: int
    """How often an attempt broke off with nobody knowing whether the letter had gone out."""


def standing() -> Standing:
    states = Delivery.State
    counts = dict(Delivery.objects.values_list("state").annotate(Count("id")))
    waiting = Delivery.objects.filter(state=states.WAITING)
    dead = Delivery.objects.filter(state=states.DEAD).values_list("problem")
    return Standing(
        waiting=counts.get(states.WAITING, 0),
        texts=waiting.filter(channel=Channel.SMS).count(),
        oldest=waiting.aggregate(first=Min("created_at"))["first"],
        sent=counts.get(states.SENT, 0),
        dead=dict(dead.annotate(Count("id")).order_by("problem")),
        perhaps_twice=Delivery.objects.aggregate(sum=Sum("interrupted"))["sum"] or 0,
    )


def letters_about(number: str) -> list[Delivery]:
    """The letters to the sender of report `number`, the first one first."""
    return list(Delivery.objects.filter(number=number).exclude(contact=None).order_by("id"))


def followers(things: Sequence[Thing]) -> dict[Thing, int]:
    """How many want to hear of each; without those that fewer than `FEWEST` follow."""
    by_key = {thing.key: thing for thing in things}
    rows = Subscription.objects.filter(often__in=Often.values, thing__in=by_key)
    counts = rows.exclude(confirmed_at=None).values_list("thing").annotate(Count("id"))
    return {by_key[key]: count for key, count in counts if count >= FEWEST}
