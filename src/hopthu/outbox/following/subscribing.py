"""Asking for letters about a thing, confirming that, changing and ending it.

Every call is about one row, found by its token: nothing here looks for an address, or could. Who
asks twice has two rows, and nobody learns from the answer whether there was one before.

Outdated   confirmed already, or asked for longer ago than `LIFE`, or ended
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from pyrage.x25519 import Identity

from hopthu.core import sealing
from hopthu.core.sealing import Reachable
from hopthu.outbox.following.things import Thing
from hopthu.outbox.models import Delivery, News, Often, Subscription
from hopthu.people import seal_keys

LIFE = timedelta(days=3)
"""How long a question waits for its confirmation."""
KEPT = timedelta(days=8)
"""How long it is known which letters went out: longer than one is tried."""
TOPIC_CONFIRM = "confirm"


class Outdated(LookupError):
    pass


def ask(
    who: Reachable, thing: Thing, often: Often, *, at: datetime, submission: str = ""
) -> UUID | None:
    """Keep the question, sealed, with the one letter that asks whether it was meant.

    The same form (`submission`) sent twice is one question: None the second time.
    Raises `seal_keys.NoSeal`.
    """
    token = UUID(bytes=sha256(submission.encode()).digest()[:16]) if submission else uuid4()
    sealed = sealing.seal(who, number=token.hex, recipients=seal_keys.recipients())
    try:
        with transaction.atomic():
            row = Subscription.objects.create(
                token=token, thing=thing.key, often=often, sealed=sealed, asked_at=at
            )
            Delivery.objects.create(
                subscription=row, topic=TOPIC_CONFIRM, seq=0, created_at=at, due_at=at
            )
    except IntegrityError:
        return None
    return token


def waiting(token: UUID, *, at: datetime) -> Subscription:
    """One that can be confirmed now. Raises `Outdated`."""
    row = Subscription.objects.filter(token=token, confirmed_at=None, asked_at__gt=at - LIFE)
    return _the(row.first())


def confirm(token: UUID, *, at: datetime) -> None:
    """From now on letters come. Once: raises `Outdated`."""
    row = Subscription.objects.filter(token=token, confirmed_at=None, asked_at__gt=at - LIFE)
    if not row.update(confirmed_at=at):
        raise Outdated


def find(token: UUID) -> Subscription:
    """One that was confirmed and not ended. Raises `Outdated`."""
    return _the(Subscription.objects.filter(token=token).exclude(confirmed_at=None).first())


def change(token: UUID, often: Often) -> None:
    """Raises `Outdated`."""
    row = Subscription.objects.filter(token=token).exclude(confirmed_at=None)
    if not row.update(often=often):
        raise Outdated


def end(token: UUID) -> None:
    """Delete it, with its address and letters. One that is gone already is well."""
    Subscription.objects.filter(token=token).delete()


def reach(subscription: Subscription, identities: Sequence[Identity]) -> Reachable:
    """In `hopthu work`. Raises `core.sealing.Unreadable` and `ForAnother`."""
    sealed, token = bytes(subscription.sealed), subscription.token
    return sealing.open_sealed(sealed, number=token.hex, identities=identities)


def purge_unconfirmed(*, at: datetime) -> int:
    """Forget what nobody confirmed in time."""
    old = Subscription.objects.filter(confirmed_at=None, asked_at__lte=at - LIFE)
    count = old.count()
    old.delete()
    return count


def purge_told(*, at: datetime) -> int:
    """Forget which letters went out to followers, and the news that they were about."""
    over = [Delivery.State.SENT, Delivery.State.DEAD]
    letters = Delivery.objects.filter(state__in=over, created_at__lte=at - KEPT)
    count, _ = letters.exclude(subscription=None).delete()
    News.objects.filter(told=True, at__lte=at - KEPT).delete()
    return count


def _the(row: Subscription | None) -> Subscription:
    if row is None:
        raise Outdated
    return row
