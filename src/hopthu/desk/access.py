"""Who may enter the desk: staff who signed in, in a role that the page is for."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from hopthu.core.terms import STAFF, Role
from hopthu.desk.page import refused, too_old
from hopthu.desk.session import owes_second_step, used
from hopthu.people.actors import Actor
from hopthu.people.queries import actor as actor_of

P = ParamSpec("P")
StaffView = Callable[Concatenate[HttpRequest, Actor, P], HttpResponse]
View = Callable[..., HttpResponse]

CLERKS = frozenset({Role.OFFICER, Role.DISPATCHER})
"""Who takes reports down at the counter or by phone."""
MODERATORS = frozenset({Role.MODERATOR})
ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})


def for_staff(*roles: Role, owing: bool = False) -> Callable[[StaffView[P]], View]:
    """Give the view the `Actor` that is signed in; without one of `roles` it answers 403.

    No roles named: every role of the staff, but at least one. Who owes a second step is led to
    set it up before anything else, except by a view for those `owing` it. Nothing of the desk is
    ever kept by a browser or a proxy, so that a shared machine shows nothing after signing out.
    """
    wanted = frozenset(roles) or STAFF

    def decorate(view: StaffView[P]) -> View:
        @wraps(view)
        def inner(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if request.user.is_anonymous:
                return _signed_out(request)
            used(request, at=timezone.now())
            actor = actor_of(request.user)
            request.actor = actor  # type: ignore[attr-defined]  # the page's navigation needs it
            if not wanted & actor.roles:
                response = refused(request)
            elif not owing and owes_second_step(request, actor):
                response = _first_the_second_step(request)
            else:
                response = view(request, actor, *args, **kwargs)
            add_never_cache_headers(response)
            return response

        return inner

    return decorate


def _first_the_second_step(request: HttpRequest) -> HttpResponse:
    """To where it is set up; a form that was sent is shown with what it said."""
    return too_old(request) if request.method == "POST" else redirect("desk:your_signin")


def _signed_out(request: HttpRequest) -> HttpResponse:
    """To the sign-in, and back to the page; a form that was sent is shown with what it said."""
    if request.method == "POST":
        response = too_old(request)
    else:
        response = redirect_to_login(request.get_full_path())
    add_never_cache_headers(response)
    return response
