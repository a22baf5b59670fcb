"""What a session at the desk knows: who is coming in, and with how many steps they came in."""

import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from django.contrib.auth import login, update_session_auth_hash
from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest
from django.utils import timezone

from hopthu.bodies.queries import configuration
from hopthu.core.terms import Role
from hopthu.people import passkeys, sign_ins
from hopthu.people.actors import Actor

if TYPE_CHECKING:
    from hopthu.people.models import Staff

TAKE_AWAY: Final = frozenset({Role.MODERATOR, Role.ADMINISTRATOR})
"""Who covers, hides or erases words of others: they sign in with two steps."""
PATIENCE: Final = timedelta(minutes=10)
"""Between the password and the second step."""
_ASKED: Final = "passkey"
_BEGAN: Final = "began"
_COMING: Final = "coming"
_SECOND: Final = "second-step"
_lock = threading.Lock()
_noted: dict[str, datetime] = {}
"""Sessions that this process wrote down in the running hour."""


@dataclass(frozen=True)
class Coming:
    """Somebody whose password was right, and whose second step is awaited."""

    staff: "Staff"
    username: str


def await_second_step(request: HttpRequest, staff: "Staff", *, at: datetime) -> None:
    """Whatever the session held before is gone: it may have been another person's."""
    request.session.flush()
    until = (at + PATIENCE).timestamp()
    request.session[_COMING] = {"staff": staff.pk, "until": until}


def coming(request: HttpRequest, *, at: datetime) -> Coming | None:
    """Who is coming in here; None if nobody is, or no more."""
    kept = request.session.get(_COMING)
    if not kept or at.timestamp() > kept["until"]:
        return None
    staff = ModelBackend().get_user(kept["staff"])
    return Coming(staff, staff.get_username()) if staff else None


def ask_passkey(request: HttpRequest, state: passkeys.State, *, at: datetime) -> None:
    until = (at + PATIENCE).timestamp()
    request.session[_ASKED] = {"state": state, "until": until}


def asked_passkey(request: HttpRequest, *, at: datetime) -> passkeys.State | None:
    """What a passkey was asked here, to be answered once; None if it was not, or long ago."""
    asked = request.session.pop(_ASKED, None)
    if not asked or at.timestamp() > asked["until"]:
        return None
    state: passkeys.State = asked["state"]
    return state


def site(request: HttpRequest) -> passkeys.Site:
    host = urlsplit(f"//{request.get_host()}").hostname or ""
    return passkeys.Site(host, str(configuration().city.name))


def enter(request: HttpRequest, staff: "Staff", *, second_step: bool) -> None:
    """Signed in, under a new session key; nothing that was begun before can be finished."""
    for begun in (_COMING, _ASKED):
        request.session.pop(begun, None)
    login(request, staff, "django.contrib.auth.backends.ModelBackend")
    if second_step:
        took_second_step(request)
    request.session[_BEGAN] = timezone.now().isoformat(timespec="seconds")
    _list_it(request)


def took_second_step(request: HttpRequest) -> None:
    request.session[_SECOND] = timezone.now().isoformat(timespec="seconds")


def go_on(request: HttpRequest) -> None:
    """Every session of this person was ended, and this one goes on."""
    if request.user.is_anonymous:
        return
    request.user.refresh_from_db()
    update_session_auth_hash(request, request.user)
    _list_it(request)


def here(request: HttpRequest) -> str:
    """The key of this session: never to be shown."""
    return request.session.session_key or ""


def used(request: HttpRequest, *, at: datetime) -> None:
    """Write down the hour, once an hour: whoever looks at pages does not write each time."""
    key, hour = here(request), sign_ins.full_hour(at)
    with _lock:
        if _noted.get(key) == hour:
            return
        for old in [one for one, noted in _noted.items() if noted != hour]:
            del _noted[old]
        _noted[key] = hour
    sign_ins.use(key, at=at)


def _list_it(request: HttpRequest) -> None:
    """Under the key that it has now, so that its owner sees it and can end it from elsewhere."""
    if request.user.is_anonymous:
        return
    request.session.save()
    now = timezone.now()
    began = request.session.get(_BEGAN)
    sign_ins.begin(
        here(request),
        request.user.pk,
        began_at=datetime.fromisoformat(began) if began else now,
        at=now,
    )


def gave_up_second_step(request: HttpRequest) -> None:
    request.session.pop(_SECOND, None)


def needs_second_step(actor: Actor) -> bool:
    """In a role that takes words away.

    The staff of an invented city are exempt: their passwords are there to be passed round.
    """
    return bool(TAKE_AWAY & actor.roles) and not configuration().city.demo


def owes_second_step(request: HttpRequest, actor: Actor) -> bool:
    """Needs one, and came in with the password alone."""
    return not request.session.get(_SECOND) and needs_second_step(actor)
