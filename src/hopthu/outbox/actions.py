"""Putting letters into the outbox, and reviving those that were given up."""

from datetime import datetime

from hopthu.core.terms import Channel
from hopthu.outbox.models import Delivery
from hopthu.people.models import Contact


def tell(topic: str, *, number: str, seq: int, at: datetime) -> None:
    """A letter about event `seq` to the sender of `number`, if they left an address.

    In the transaction of the step: either both are there or neither. Telling twice is telling once.
    """
    contacts = Contact.objects.filter(number=number).values_list("pk", "channel")
    letters = [
        Delivery(
            contact_id=contact,
            channel=channel,
            topic=topic,
            number=number,
            seq=seq,
            created_at=at,
            due_at=at,
        )
        for contact, channel in contacts
    ]
    if letters:
        Delivery.objects.bulk_create(letters, ignore_conflicts=True)


def send_by(channel: Channel, *, number: str) -> None:
    """Whoever sent report `number` now hears of it on another way: so does what waits for them."""
    waiting = Delivery.objects.filter(contact__number=number, state=Delivery.State.WAITING)
    waiting.exclude(channel=channel).update(channel=channel)


def revive(*, at: datetime) -> int:
    """Try again what was given up; gives how many letters that is."""
    dead = Delivery.objects.filter(state=Delivery.State.DEAD)
    return dead.update(state=Delivery.State.WAITING, attempts=0, due_at=at, problem="")
