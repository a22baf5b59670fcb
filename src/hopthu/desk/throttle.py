"""Guessing passwords takes ever longer, and nobody can lock a colleague out by guessing.

Counted in the memory of each web process (`core.pacing`), for four things:

- an account, tried from one network: a wait that doubles, up to five minutes;
- a network, whatever is tried from there: the same, after more tries, up to a minute;
- an account, from everywhere together: seconds only, since strangers can bring that about;
- a browser that has signed in to that account before: it has a count of its own and none of the
  others holds it up. A signed cookie says so; it opens nothing.

The second step has counts of its own, for an account and for a browser that is known: whoever gets
there has the password.

A name that nobody has waits like any other. What is tried during a wait is not looked at.
"""

import secrets
import threading
import time
import unicodedata
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import salted_hmac

from hopthu.core.pacing import Waits
from hopthu.web import cookies, senders

COOKIE = cookies.narrow("desk-known")
SALT = "hopthu.desk.known"
LIFE = 180 * 24 * 3600
"""Seconds."""

_lock = threading.Lock()
_from_there = Waits(free=5, longest=300)
_network = Waits(free=30, longest=60)
_account = Waits(free=20, longest=10)
_browser = Waits(free=5, longest=300)
_code = Waits(free=5, longest=300)
_own = Waits(free=3, longest=300)

Counted = list[tuple[Waits, bytes]]


def forget() -> None:
    """As if the process had just started."""
    with _lock:
        for waits in (_from_there, _network, _account, _browser, _code, _own):
            waits.forget()


def begin(request: HttpRequest, username: str) -> int:
    """Seconds until this account may be tried from here; 0, and then the try counts as failed.

    It is counted before the password is looked at: many at once get no further than one by one.
    """
    return _begin(_counted(request, username))


def password_fitted(request: HttpRequest, username: str) -> None:
    """It was the right password; there may be a second step."""
    with _lock:
        for waits, key in _counted(request, username):
            if waits is _from_there or waits is _browser:
                waits.succeeded(key)
            else:
                waits.take_back(key, now=time.monotonic())


def know(response: HttpResponse, username: str) -> None:
    """Somebody came in: the browser is known from now on."""
    known = {"who": _who(username), "browser": secrets.token_hex(8)}
    response.set_cookie(
        COOKIE,
        signing.dumps(known, salt=SALT),
        max_age=LIFE,
        path=reverse("desk:signin"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def begin_code(request: HttpRequest, username: str) -> int:
    """The same for the code that is asked for after the password."""
    return _begin([(_code, _code_key(request, username))])


def code_succeeded(request: HttpRequest, username: str) -> None:
    with _lock:
        _code.succeeded(_code_key(request, username))


def begin_own(staff_id: int) -> int:
    """The same for one's own password or a new code, asked of `staff_id` who is signed in."""
    return _begin([(_own, _own_key(staff_id))])


def own_succeeded(staff_id: int) -> None:
    with _lock:
        _own.succeeded(_own_key(staff_id))


def _begin(counted: Counted) -> int:
    now = time.monotonic()
    with _lock:
        left = max(waits.left(key, now=now) for waits, key in counted)
        if left:
            return int(left) + 1
        for waits, key in counted:
            waits.failed(key, now=now)
    return 0


def _counted(request: HttpRequest, username: str) -> Counted:
    browser = _known_browser(request, username)
    if browser:
        return [(_browser, senders.mark_of("browser", browser))]
    counted = [(_account, senders.mark_of("account", _normal(username)))]
    there = senders.mark(request, "account", _normal(username))
    network = senders.mark(request, "desk")
    if there and network:
        counted += [(_from_there, there), (_network, network)]
    return counted


def _known_browser(request: HttpRequest, username: str) -> str:
    try:
        known: dict[str, Any] = signing.loads(
            request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=LIFE
        )
    except signing.BadSignature:
        return ""
    return str(known["browser"]) if known["who"] == _who(username) else ""


def _who(username: str) -> str:
    """The cookie names nobody: the computer may be shared."""
    return salted_hmac(SALT, _normal(username), algorithm="sha256").hexdigest()[:32]


def _normal(username: str) -> str:
    """As the sign-in form reads it."""
    return unicodedata.normalize("NFKC", username).strip()


def _code_key(request: HttpRequest, username: str) -> bytes:
    browser = _known_browser(request, username)
    if browser:
        return senders.mark_of("code-browser", browser)
    return senders.mark_of("code", _normal(username))


def _own_key(staff_id: int) -> bytes:
    return senders.mark_of("own", str(staff_id))
