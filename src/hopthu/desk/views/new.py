"""A report told at the counter or by telephone."""

import secrets

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from hopthu.bodies.queries import configuration
from hopthu.desk import slips
from hopthu.desk.access import CLERKS, for_staff
from hopthu.desk.forms import intake_words
from hopthu.desk.forms.intake import IntakeForm, read_intake
from hopthu.desk.forms.step_form import Unreadable, typed
from hopthu.desk.page import desk_page, not_found
from hopthu.people.actors import Actor
from hopthu.reports.actions import receive
from hopthu.reports.intake import BadIntake
from hopthu.reports.queries.desk import NotReadable, find, taken_down

SOURCE = "desk"


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff(*CLERKS)
def new(request: HttpRequest, actor: Actor) -> HttpResponse:
    setup = configuration()
    if request.method != "POST":
        return _page(request, IntakeForm(setup), secrets.token_urlsafe(32))
    form = request.POST.get("form") or secrets.token_urlsafe(32)
    try:
        received = receive(
            read_intake(request.POST),
            submission=slips.submission(form, actor.staff_id),
            at=timezone.now(),
            source=SOURCE,
            actor=actor,
        )
    except Unreadable as error:
        errors = {error.field: error.message}
    except BadIntake as error:
        errors = intake_words.errors(error.problems)
    else:
        token = slips.keep(
            request.session,
            form=form,
            number=received.report.number,
            fresh=received.fresh,
            at=timezone.now(),
        )
        return redirect("desk:saved", token)
    return _page(request, IntakeForm(setup, typed(request.POST), errors), form, status=422)


def _page(request: HttpRequest, form: IntakeForm, name: str, *, status: int = 200) -> HttpResponse:
    context = {"nav": "new", "form": form, "form_id": name, "errors": _summary(form)}
    return desk_page(request, "desk/new.html", context, status=status)


def _summary(form: IntakeForm) -> dict[str, str]:
    """Id of the field → message, for the list above the form."""
    return {f"new-{name}": message for name, message in form.errors.items()}


@require_safe
@for_staff(*CLERKS)
def saved(request: HttpRequest, actor: Actor, token: str) -> HttpResponse:
    """The number to tell the sender, and the way to their slip; never their code."""
    slip = slips.look(request.session, token, at=timezone.now())
    if slip is None:
        return not_found(request)
    context = {
        "nav": "new",
        "token": token,
        "slip": slip,
        "report": taken_down(slip.number),
        "may_open": _may_open(slip.number, actor),
    }
    return desk_page(request, "desk/saved.html", context)


def _may_open(number: str, actor: Actor) -> bool:
    """A private report may have gone to another office than the clerk's."""
    try:
        find(number, actor)
    except NotReadable:
        return False
    return True
