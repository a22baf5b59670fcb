"""Asking for one's own password again, before how one signs in is changed.

An unlocked screen is no reason to lose a name for good.
"""

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hopthu.desk import throttle
from hopthu.people.actors import Actor


class NotYours(Exception):
    """The password typed again is wrong, or too many were; `code` is that of the answer."""

    def __init__(self, message: str, code: int) -> None:
        super().__init__(message)
        self.message = message
        self.code = code


def whose(actor: Actor) -> int:
    """Whoever is signed in has an id; a sender has none."""
    return actor.staff_id or 0


def ask_password(request: HttpRequest, actor: Actor) -> None:
    """Raises `NotYours`."""
    staff_id = whose(actor)
    wait = throttle.begin_own(staff_id)
    if wait:
        message = ngettext(
            "Too many wrong passwords. Please try again in %(count)s second.",
            "Too many wrong passwords. Please try again in %(count)s seconds.",
            wait,
        )
        raise NotYours(message % {"count": wait}, 429)
    if not request.user.check_password(request.POST.get("password", "")):
        raise NotYours(_("This is not your password."), 422)
    throttle.own_succeeded(staff_id)
