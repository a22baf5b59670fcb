"""Inviting somebody to work for the city, and taking that back: for administrators.

It asks for one's own password: a sign-in for somebody else is the most that can be taken from an
unlocked screen.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from hopthu.bodies.queries import configuration
from hopthu.core.sealing import Reachable
from hopthu.desk.access import ADMINISTRATORS, for_staff
from hopthu.desk.forms.inviting import BadInvitation, InviteForm, Wanted, read, typed
from hopthu.desk.offices import office_name
from hopthu.desk.page import desk_page
from hopthu.desk.reasking import NotYours, ask_password
from hopthu.outbox.inviting import invite, invited
from hopthu.people.actions import UsernameTaken
from hopthu.people.actors import Actor
from hopthu.people.invitations import AlreadyInvited, BadUsername, NeedsBody, withdraw
from hopthu.people.seal_keys import NoSeal
from hopthu.web.words import ROLES


@sensitive_post_parameters("password", "email")
@require_http_methods(["GET", "HEAD", "POST"])
@for_staff(*ADMINISTRATORS)
def invitations(request: HttpRequest, actor: Actor) -> HttpResponse:
    if request.method != "POST":
        return _page(request, {})
    try:
        wanted = read(request.POST, configuration())
        ask_password(request, actor)
        _invite(wanted)
    except BadInvitation as error:
        return _page(request, error.errors, status=422)
    except NotYours as error:
        return _page(request, {"password": error.message}, status=error.code)
    messages.success(request, _("The invitation is on its way. It can be taken up for seven days."))
    return redirect("desk:invitations")


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff(*ADMINISTRATORS)
def invitations_withdraw(request: HttpRequest, _actor: Actor) -> HttpResponse:
    chosen = request.POST.get("invitation", "")
    if request.method == "POST" and chosen.isdecimal() and withdraw(int(chosen[:18])):
        messages.success(request, _("The invitation is withdrawn: its link opens nothing."))
    return redirect("desk:invitations")


def _invite(wanted: Wanted) -> None:
    """The letter is in the language that is read here. Raises `BadInvitation`."""
    who = Reachable(wanted.email, get_language() or "")
    try:
        invite(
            who,
            username=wanted.username,
            role=wanted.role,
            body_id=wanted.body_id,
            at=timezone.now(),
        )
    except BadUsername as error:
        said = _("Letters, digits, dots and dashes, 40 at most; a letter or a digit comes first.")
        raise BadInvitation({"username": said}) from error
    except NeedsBody as error:
        raise BadInvitation({"body": _("An officer always works for one office.")}) from error
    except AlreadyInvited as error:
        said = _("Somebody is invited under this name. Withdraw that first, below.")
        raise BadInvitation({"username": said}) from error
    except UsernameTaken as error:
        said = _("Somebody signs in with this name already. Please choose another.")
        raise BadInvitation({"username": said}) from error
    except NoSeal as error:
        said = _("Addresses cannot be kept safely here just now. Please try again later.")
        raise BadInvitation({"email": said}) from error


def _page(request: HttpRequest, errors: Mapping[str, str], *, status: int = 200) -> HttpResponse:
    setup = configuration()
    form = InviteForm(setup, typed(request.POST), errors) if errors else InviteForm(setup)
    context = {
        "nav": "invitations",
        "form": form,
        "errors": {f"invite-{name}": message for name, message in errors.items()},
        "lines": list(_lines()),
    }
    return desk_page(request, "desk/invitations.html", context, status=status)


def _lines() -> Iterator[dict[str, Any]]:
    """Those that are open, for the table."""
    setup = configuration()
    for one in invited(at=timezone.now()):
        office = office_name(one.body_id, setup)
        yield {"one": one, "role": ROLES[one.role], "office": office}
