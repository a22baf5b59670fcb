"""What every page of the desk has around it."""

from typing import Any

from django.contrib.messages import constants, get_messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hopthu.core.terms import Role
from hopthu.people.actors import Actor
from hopthu.reports.queries.erasures import count_open
from hopthu.reports.queries.held import count_held

KINDS = {constants.SUCCESS: "done", constants.WARNING: "warning", constants.ERROR: "bad"}
"""The kind of panel that a message of Django's is shown in."""
WRITTEN = ("words", "note", "text", "passage", "landmark", "recipient", "phone")
"""Fields that somebody took time to write."""


def desk_page(
    request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """A page with the desk's header: who is signed in, and where they may go."""
    actor: Actor | None = getattr(request, "actor", None)
    around: dict[str, Any] = {
        "user": request.user,
        "messages": [
            {"level_tag": KINDS.get(message.level, "info"), "message": message}
            for message in get_messages(request)
        ],
        "may_take_down": bool(actor and {Role.OFFICER, Role.DISPATCHER} & actor.roles),
        "moderates": bool(actor and Role.MODERATOR in actor.roles),
    }
    if around["moderates"]:
        around["held_count"] = count_held()
    around["administers"] = bool(actor and Role.ADMINISTRATOR in actor.roles)
    if around["administers"]:
        around["erasure_count"] = count_open()
    return render(request, template, {**around, **context}, status=status)


def refused(request: HttpRequest) -> HttpResponse:
    """Signed in, but this page is for somebody else."""
    return desk_page(request, "desk/refused.html", {}, status=403)


def too_old(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001  Django's
    """A form was sent after its session had ended: what was typed is shown, to be copied.

    Also what Django calls where the token of a form does not fit any more.
    """
    context = {
        "written": [
            text for name in WRITTEN for text in request.POST.getlist(name) if text.strip()
        ],
        "onwards": request.get_full_path(),
    }
    return desk_page(request, "desk/too_old.html", context, status=403)


def not_found(request: HttpRequest) -> HttpResponse:
    """No such report, or one that this reader may not open: nobody is told which."""
    return desk_page(request, "desk/not_found.html", {}, status=404)
