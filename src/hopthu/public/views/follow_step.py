"""`/follow/<step>`: what the sender does with the own report; then back to its page."""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from hopthu.core.terms import Step
from hopthu.people.actors import SENDER
from hopthu.public.forms import incoming, uploads
from hopthu.public.forms.follow import opening, steps
from hopthu.public.forms.follow.page import Typed
from hopthu.public.forms.limits import limits
from hopthu.public.forms.problems import status_of
from hopthu.public.views.follow import back, followed, show, unkept
from hopthu.reports.actions import Given, advance
from hopthu.reports.queries.reading import Reading
from hopthu.web import rates


@require_POST
def follow_step(request: HttpRequest, action: str) -> HttpResponse:
    """What went wrong is told beside the field, and nothing typed is lost."""
    try:
        step = Step(action)
    except ValueError as error:
        raise Http404 from error
    if step not in steps.STEPS:
        raise Http404
    found = followed(request)
    if found is None:
        return back()
    try:
        incoming.read(request)
    except incoming.TooMuch:
        return unkept(render(request, "public/new/too_large.html", limits(), status=413))
    return _take(request, found, step)


@require_POST
def follow_forget(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Clear what this phone knows: the cookie here, the draft and the pages in the browser."""
    response = back(done="forget")
    opening.forget(response)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def _take(request: HttpRequest, found: Reading, step: Step) -> HttpResponse:
    at = timezone.now()
    typed, refused = _typed(request, step, at)
    if refused or "remove" in request.POST:
        status = refused.status if refused else 200
        return show(request, found, typed=typed, status=status)
    seen = request.POST.get("seen", "")
    heeds = step in steps.DEPENDS_ON_WHAT_WAS_READ and seen.isdecimal()
    given = Given(words=typed.words, passage=typed.passage, uploads=typed.uploads)
    try:
        advance(
            found.report,
            step=step,
            actor=SENDER,
            at=at,
            given=given,
            seen=int(seen[:9]) if heeds else None,
        )
    except steps.REFUSED as error:
        refusal = steps.refusal(error)
        now = followed(request) or found
        return show(request, now, typed=typed.refused(refusal, at=at), status=refusal.status)
    return back(done=step)


def _typed(request: HttpRequest, step: Step, at: datetime) -> tuple[Typed, steps.Refusal | None]:
    """What was typed, with the photos of this request taken in."""
    files = request.FILES.getlist("photo")
    wait = rates.upload_wait(request, len(files))
    taken = uploads.take(request.POST.getlist("upload"), files, at=at, wait=wait)
    typed = Typed(
        step=step,
        words=request.POST.get("words", ""),
        passage=request.POST.get("passage", "").replace("\r\n", "\n").strip(),
        uploads=tuple(one for one in taken.tokens if one != request.POST.get("remove")),
    )
    if not taken.problems:
        return typed, None
    refusal = steps.Refusal(taken.problems[0], status_of(taken.problems))
    return typed.refused(refusal, at=at), refusal
