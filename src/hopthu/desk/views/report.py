"""One report, and the steps that are taken with it."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from hopthu.core.lifecycle import StepRefused
from hopthu.core.terms import Step
from hopthu.core.text import TextTooLong
from hopthu.desk import words
from hopthu.desk.access import for_staff
from hopthu.desk.forms.offers import Tried
from hopthu.desk.forms.step_form import Unreadable, problem, read_given, seen_event, typed
from hopthu.desk.numbers import asked_number
from hopthu.desk.page import not_found
from hopthu.desk.report_page import Trouble, report_page
from hopthu.people.actors import Actor
from hopthu.reports.actions import BadGiven, Given, SomebodyWasFirst, advance
from hopthu.reports.actions.orders import propose
from hopthu.reports.queries.desk import NotReadable, find

if TYPE_CHECKING:
    from hopthu.reports.models import Report


@require_safe
@for_staff()
def report(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    try:
        return report_page(request, actor, find(asked_number(number), actor))
    except NotReadable:
        return not_found(request)


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff()
def step(request: HttpRequest, actor: Actor, number: str, step: str) -> HttpResponse:
    """Take one step; whatever stands in its way is told on the page, with nothing typed lost."""
    try:
        found = find(asked_number(number), actor)
        wanted = Step(step)
    except (NotReadable, ValueError):
        return not_found(request)
    if request.method != "POST":
        # Somebody signed in again, and comes from there: the step itself is only ever sent.
        return redirect("desk:report", found.number)
    seen = seen_event(request.POST)
    try:
        given = read_given(wanted, request.POST)
        done = _take(found, wanted, actor, given, seen)
    except SomebodyWasFirst:
        return _somebody_was_first(request, actor, number, wanted, seen)
    except Unreadable as error:
        return _try_again(request, actor, number, wanted, error.field, error.message, 422)
    except (StepRefused, BadGiven, TextTooLong) as error:
        return _try_again(request, actor, number, wanted, *problem(error))
    messages.success(request, str(done))
    return _onwards(actor, found.number)


def _take(found: "Report", wanted: Step, actor: Actor, given: Given, seen: int) -> words.Words:
    """What came of it. An order hides nothing before a second person has confirmed it."""
    at = timezone.now()
    if wanted is Step.HIDE and given.order is not None:
        propose(found, actor=actor, order=given.order, words=given.words, at=at)
        return words.PROPOSED
    advance(found, step=wanted, actor=actor, at=at, given=given, seen=seen)
    return words.DONE[wanted]


def _onwards(actor: Actor, number: str) -> HttpResponse:
    """Back to the report, or to the queue where the step took it out of the actor's sight."""
    try:
        find(number, actor)
    except NotReadable:
        return redirect("desk:queue")
    # The address of the form named a place on the page: this one is the top.
    return redirect(reverse("desk:report", args=[number]) + "#main")


def _try_again(
    request: HttpRequest,
    actor: Actor,
    number: str,
    wanted: Step,
    field: str,
    message: str,
    status: int,
) -> HttpResponse:
    tried = Tried(
        wanted,
        typed(request.POST),
        errors={field: message} if field else {},
        refused="" if field else message,
    )
    fresh = find(asked_number(number), actor)
    return report_page(request, actor, fresh, trouble=Trouble(tried), status=status)


def _somebody_was_first(
    request: HttpRequest, actor: Actor, number: str, wanted: Step, seen: int
) -> HttpResponse:
    """The page as it is now, what happened meanwhile, and the form with all that was typed."""
    try:
        fresh = find(asked_number(number), actor)
    except NotReadable:
        return not_found(request)
    trouble = Trouble(Tried(wanted, typed(request.POST)), seen=seen)
    return report_page(request, actor, fresh, trouble=trouble, status=409)
