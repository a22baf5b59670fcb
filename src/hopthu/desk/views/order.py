"""An order from outside to hide a report, put forward by somebody else: confirmed, or dropped."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from hopthu.core.lifecycle import StepRefused
from hopthu.core.terms import Role
from hopthu.desk import words
from hopthu.desk.access import for_staff
from hopthu.desk.numbers import asked_number
from hopthu.desk.page import not_found
from hopthu.people.actors import Actor
from hopthu.reports.actions import BadGiven, SomebodyWasFirst
from hopthu.reports.actions.orders import NoProposal, confirm, drop
from hopthu.reports.queries.desk import NotReadable, find
from hopthu.web.refusal_words import refusal


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff(Role.MODERATOR, Role.ADMINISTRATOR)
def order(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    try:
        found = find(asked_number(number), actor)
    except NotReadable:
        return not_found(request)
    if request.method == "POST":
        try:
            if request.POST.get("decision") == "confirm":
                confirm(found, actor=actor, at=timezone.now())
                messages.success(request, str(words.CONFIRMED))
            else:
                drop(found)
                messages.success(request, str(words.DROPPED))
        except NoProposal:
            messages.info(request, str(words.DECIDED_ALREADY))
        except (StepRefused, BadGiven, SomebodyWasFirst) as error:
            messages.error(request, str(refusal(error)))
    return redirect("desk:report", found.number)
