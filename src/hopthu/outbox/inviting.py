"""Asking somebody by letter to work for the city, and how those letters stand."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from hopthu.core.sealing import Reachable
from hopthu.core.terms import Role
from hopthu.outbox.models import Delivery
from hopthu.people import invitations

TOPIC = "invitation"


@dataclass(frozen=True)
class Invited:
    """An invitation that can still be taken up; the address is not in it."""

    id: int
    username: str
    role: str
    body_id: int | None
    until: datetime
    letter: str
    """`waiting`, `sent` or `dead`: `outbox.models.Delivery.State`."""


@transaction.atomic
def invite(who: Reachable, *, username: str, role: Role, body_id: int | None, at: datetime) -> None:
    """Keep the invitation, with its letter. Raises what `people.invitations.keep` raises."""
    row = invitations.keep(who, username=username, role=role, body_id=body_id, at=at)
    Delivery.objects.create(invitation=row, topic=TOPIC, seq=0, created_at=at, due_at=at)


def invited(*, at: datetime) -> list[Invited]:
    """Whoever is invited and has not come yet, the newest first."""
    letters = Delivery.objects.exclude(invitation=None).values_list("invitation_id", "state")
    states = dict(letters)
    return [
        Invited(
            id=row.pk,
            username=row.username,
            role=row.role,
            body_id=row.body_id,
            until=row.invited_at + invitations.LIFE,
            letter=states.get(row.pk, Delivery.State.WAITING),
        )
        for row in invitations.waiting(at=at)
    ]
