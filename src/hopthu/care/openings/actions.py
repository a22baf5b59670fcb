"""What the desk writes: who asks for what, and later what the passkey answered."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Q

from hopthu.care.openings.limits import LIFE
from hopthu.care.openings.queries import alive
from hopthu.core import browser_seal
from hopthu.core.terms import CallReason
from hopthu.people.models import Opening

TOO_MANY: Final = 20
"""Rows of one person at a time: a page that goes mad fills no table."""
_AHEAD: Final = timedelta(minutes=1)
"""So far two clocks may be apart: a row from later than that is nobody's."""


class NotAsked(Exception):
    """No page of ours asks for this."""


def ask(
    number: str,
    *,
    staff_id: int,
    reason: CallReason,
    words: str,
    page_key: bytes,
    host: str,
    at: datetime,
) -> UUID:
    """Gives the id of the opening. Raises `NotAsked`."""
    purge(at)
    try:
        browser_seal.check(page_key)
    except browser_seal.BadPageKey as error:
        raise NotAsked from error
    if Opening.objects.filter(staff_id=staff_id).count() >= TOO_MANY:
        raise NotAsked
    opening = Opening.objects.create(
        staff_id=staff_id,
        number=number,
        reason=reason,
        words=words,
        page_key=page_key,
        host=host,
        asked_at=at,
    )
    return opening.pk


def answer(opening: UUID, *, staff_id: int, number: str, answer: object, at: datetime) -> bool:
    """What the passkey answered; False where nothing is asked any more."""
    asked = alive(opening, staff_id=staff_id, number=number, at=at)
    waiting = asked.filter(state=Opening.State.QUESTION)
    return waiting.update(state=Opening.State.ANSWERED, answer=answer) == 1


def purge(at: datetime) -> int:
    """Rows of ten minutes ago; gives how many."""
    old = Opening.objects.filter(Q(asked_at__lte=at - LIFE) | Q(asked_at__gt=at + _AHEAD))
    # Asked every half second: a deletion of nothing would hold up whoever writes.
    return old.delete()[0] if old.exists() else 0
