"""Where somebody is signed in: since when, and the hour in which it was last used. Nothing else."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.sessions.models import Session

from hopthu.people.models import SignIn


@dataclass(frozen=True)
class Place:
    """One browser, as its owner sees it."""

    id: int
    began_at: datetime
    used_at: datetime
    here: bool
    """The one that asks."""


def begin(key: str, staff_id: int, *, began_at: datetime, at: datetime) -> None:
    """A session that is stored already belongs to `staff_id`."""
    values = {"staff_id": staff_id, "began_at": began_at, "used_at": full_hour(at)}
    SignIn.objects.update_or_create(session_id=key, defaults=values)


def use(key: str, *, at: datetime) -> None:
    SignIn.objects.filter(session_id=key).update(used_at=full_hour(at))


def of(staff_id: int, *, here: str, at: datetime) -> list[Place]:
    """Those that are open, this one first and then by when they were last used."""
    rows = SignIn.objects.filter(staff_id=staff_id, session__expire_date__gt=at)
    places = [
        Place(row.pk, row.began_at, row.used_at, here=row.session_id == here)
        for row in rows.order_by("-used_at", "-began_at", "-pk")
    ]
    return sorted(places, key=lambda place: not place.here)


def end(staff_id: int, place: int, *, here: str) -> bool:
    """Sign out there; False if that is nowhere, or here."""
    sessions = Session.objects.filter(sign_in__pk=place, sign_in__staff_id=staff_id)
    return sessions.exclude(pk=here).delete()[0] > 0


def end_all(staff_id: int) -> None:
    """Also here, unless the session goes on under another key."""
    Session.objects.filter(sign_in__staff_id=staff_id).delete()


def full_hour(at: datetime) -> datetime:
    return at.replace(minute=0, second=0, microsecond=0)
