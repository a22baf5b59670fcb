"""People who follow something, and a round of what `hopthu work` does for them."""

from datetime import datetime, timedelta

from hopthu.core.sealing import Reachable
from hopthu.outbox.following import subscribing
from hopthu.outbox.following.expanding import expand
from hopthu.outbox.following.things import Thing
from hopthu.outbox.models import Delivery, Often, Subscription
from hopthu.record.numbering import number_waiting
from hopthu.reports.following.gathering import gather
from tests.makers import MONDAY

EAST = Thing(area="east")
LAMPS = Thing(category="lamp")
BEFORE = MONDAY - timedelta(minutes=5)


def follow(
    thing: Thing,
    often: str = "now",
    *,
    email: str = "an@example.vn",
    language: str = "en",
    confirmed: bool = True,
    at: datetime = BEFORE,
) -> Subscription:
    """Somebody who asked and, mostly, confirmed; their letter that asks is not kept."""
    token = subscribing.ask(Reachable(email, language), thing, Often(often), at=at)
    assert token
    Delivery.objects.filter(subscription__token=token).delete()
    if confirmed:
        subscribing.confirm(token, at=at)
    return Subscription.objects.get(token=token)


def begin(at: datetime = BEFORE) -> None:
    """What is in the record so far is told to nobody."""
    number_waiting()
    gather(at)


def tell(at: datetime = MONDAY) -> int:
    """Find out what is new, and put the letters about it into the outbox; gives how many."""
    number_waiting()
    gather(at)
    return expand(at, rest=lambda _seconds: False)


def told() -> list[tuple[str, int, int]]:
    """Of each letter to a follower: number, seq and whose it is."""
    rows = Delivery.objects.exclude(subscription=None).order_by("id")
    return list(rows.values_list("number", "seq", "subscription_id"))
