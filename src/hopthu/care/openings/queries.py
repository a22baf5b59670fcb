"""What the desk reads: whether somebody may be called, and how an opening stands."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import QuerySet

from hopthu.care.openings.limits import LIFE, SILENCE
from hopthu.care.openings.refusals import Why
from hopthu.people import telephones
from hopthu.people.actors import Actor
from hopthu.people.models import Opening

if TYPE_CHECKING:
    from hopthu.reports.models import Report


@dataclass(frozen=True)
class Standing:
    state: str
    """One of `Opening.State`; or `silent`: work has not answered yet; or `gone`."""
    question: Any = None
    why: Why | None = None
    until: datetime | None = None
    sealed: bytes = b""


def may_ask(report: "Report", actor: Actor) -> bool:
    """An officer of the body in charge, of a report whose sender may be called."""
    in_charge = report.body_id in actor.own_bodies and report.concerned_id != report.body_id
    return in_charge and telephones.exists(report.number)


def alive(opening: UUID, *, staff_id: int, number: str, at: datetime) -> QuerySet[Opening]:
    """Only for whoever asked."""
    return Opening.objects.filter(
        pk=opening, staff_id=staff_id, number=number, asked_at__gt=at - LIFE
    )


def standing(opening: UUID, *, staff_id: int, number: str, at: datetime) -> Standing:
    row = alive(opening, staff_id=staff_id, number=number, at=at).first()
    if row is None:
        return Standing("gone")
    if row.state == Opening.State.ASKED and at - row.asked_at > SILENCE:
        return Standing("silent")
    return Standing(
        row.state,
        row.question if row.state == Opening.State.QUESTION else None,
        Why(row.refusal) if row.refusal in set(Why) else None,
        row.wait_until,
        bytes(row.sealed or b""),
    )
