"""Work is a row; claiming it is a conditional update. How a letter's row moves.

    waiting, due ── claim ──> held, for LEASE ── begin ──> an attempt is on its way
                                                  sent <── finish ──> waiting, later │ dead

Any number of processes may do this at once. One that dies leaves rows behind whose claim ends by
itself; a row that says `begun` when it is claimed again tells of an attempt that nobody saw the end
of: the only way in which a letter can go out twice.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F, QuerySet

from hopthu.core.terms import Channel
from hopthu.outbox.models import Delivery

LEASE = timedelta(minutes=5)
"""Longer than any one attempt; renewed before each."""
PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=3),
    timedelta(hours=6),
    timedelta(hours=12),
    timedelta(hours=24),
    timedelta(hours=24),
)
"""Between one attempt and the next; after the last one a letter is given up, in three days."""

WAITING = Delivery.State.WAITING


def is_any_due(at: datetime, channel: Channel) -> bool:
    return _due(at, channel).exists()


def claim(
    holder: UUID, *, at: datetime, limit: int, channel: Channel = Channel.EMAIL
) -> list[Delivery]:
    """Take up to `limit` letters that are due; nobody else has these until the lease ends."""
    due = _due(at, channel)
    found = list(due.order_by("rank", "due_at", "id").values_list("pk", flat=True)[:limit])
    due.filter(pk__in=found).update(holder=holder, due_at=at + LEASE)
    held = Delivery.objects.filter(holder=holder, state=WAITING)
    reached = held.select_related("contact", "subscription", "invitation")
    return list(reached.order_by("rank", "id"))


def _due(at: datetime, channel: Channel) -> QuerySet[Delivery]:
    return Delivery.objects.filter(state=WAITING, channel=channel, due_at__lte=at)


def begin(delivery: Delivery, *, at: datetime) -> bool:
    """Before an attempt. False: it is not ours any more, or its address was deleted meanwhile."""
    ours = Delivery.objects.filter(
        pk=delivery.pk, holder=delivery.holder, state=WAITING, due_at__gt=at
    )
    broken = 1 if delivery.begun else 0
    changed = ours.update(
        begun=True,
        attempts=F("attempts") + 1,
        interrupted=F("interrupted") + broken,
        due_at=at + LEASE,
    )
    delivery.attempts += changed
    return changed == 1


def sent(delivery: Delivery, *, at: datetime) -> None:
    _finish(delivery, state=Delivery.State.SENT, sent_at=at, problem="")


def given_up(delivery: Delivery, problem: str) -> None:
    _finish(delivery, state=Delivery.State.DEAD, problem=problem)


def put_off(delivery: Delivery, problem: str, *, at: datetime, perhaps_sent: bool = False) -> None:
    """Try again later, or give it up after the last attempt."""
    more: dict[str, object] = {"interrupted": F("interrupted") + 1} if perhaps_sent else {}
    if delivery.attempts > len(PAUSES):
        _finish(delivery, state=Delivery.State.DEAD, problem=problem, **more)
    else:
        pause = PAUSES[max(delivery.attempts, 1) - 1]
        _finish(delivery, problem=problem, due_at=at + pause, **more)


def withdraw(delivery: Delivery, *, at: datetime) -> None:
    """The attempt did not come about, for a reason that is not the letter's."""
    _finish(delivery, attempts=F("attempts") - 1, due_at=at)


def release(holder: UUID, *, at: datetime) -> None:
    """Leave to others, and to later, what was claimed and not begun."""
    held = Delivery.objects.filter(holder=holder, state=WAITING, begun=False)
    held.update(holder=None, due_at=at)


def _finish(delivery: Delivery, **changed: object) -> None:
    """Written where it is still ours: a claim that ran out is another's to finish."""
    ours = Delivery.objects.filter(pk=delivery.pk, holder=delivery.holder, state=WAITING)
    ours.update(begun=False, holder=None, **changed)
