"""Asking once more who somebody is, before something is lost for good or a sign-in is changed.

An unlocked screen is no reason to lose a name for good.
"""

from datetime import datetime

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hopthu.desk import throttle
from hopthu.desk.forms.fields import Field, text
from hopthu.people import second_step
from hopthu.people.actors import Actor


class NotYours(Exception):
    """What was typed is wrong, or too much of that was; `code` is that of the answer."""

    def __init__(self, message: str, code: int) -> None:
        super().__init__(message)
        self.message = message
        self.code = code


def whose(actor: Actor) -> int:
    """Whoever is signed in has an id; a sender has none."""
    return actor.staff_id or 0


def ask_password(request: HttpRequest, actor: Actor, *, name: str = "password") -> None:
    """Raises `NotYours`."""
    _wait(actor)
    if not request.user.check_password(request.POST.get(name, "")):
        raise NotYours(_("This is not your password."), 422)
    throttle.own_succeeded(whose(actor))


def ask_second_step(request: HttpRequest, actor: Actor, *, name: str, at: datetime) -> None:
    """Once more, with a code that was not used before. Raises `NotYours`.

    Who has none is asked for the password: only in an invented city anybody gets so far without.
    """
    if not second_step.steps_of(whose(actor)).any:
        ask_password(request, actor, name=name)
        return
    _wait(actor)
    try:
        second_step.take(whose(actor), request.POST.get(name, ""), at=at)
    except second_step.WrongCode as error:
        message = _(
            "This code does not fit, or was used already. Wait for the next one in the app, and "
            "see that the phone’s clock is right."
        )
        raise NotYours(message, 422) from error
    throttle.own_succeeded(whose(actor))


def second_step_field(actor: Actor, name: str, *, error: str = "") -> Field:
    """For what `ask_second_step` takes; what was typed into it never comes back."""
    steps = second_step.steps_of(whose(actor))
    if not steps.any:
        label = _("Your password")
        return text(name, label, id=name, error=error, type="password", autocomplete="off")
    hint = _(
        "Six digits from the app on your phone, other ones than you signed in with. Without the "
        "phone: one of your recovery codes."
    )
    return text(
        name,
        _("A new code"),
        id=name,
        hint=hint if steps.app else _("One of your recovery codes."),
        error=error,
        maxlength=40,
        autocomplete="one-time-code",
    )


def _wait(actor: Actor) -> None:
    wait = throttle.begin_own(whose(actor))
    if wait:
        message = ngettext(
            "Too many tries. Please try again in %(count)s second.",
            "Too many tries. Please try again in %(count)s seconds.",
            wait,
        )
        raise NotYours(message % {"count": wait}, 429)
