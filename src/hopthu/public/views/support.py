"""`/reports/<number>/support`: "I have this too", or "it is still there", in one tap.

So that nobody counts twice by mistake, the phone keeps a cookie for this one address, which is
sent nowhere else. And so that nobody pumps the count up, one voice a day counts from one network;
who comes second is told so.
"""

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from hopthu.core.lifecycle import StepRefused
from hopthu.core.terms import Step
from hopthu.people.actors import NEIGHBOUR
from hopthu.reports.actions import advance
from hopthu.reports.queries.reading import reading
from hopthu.web import cookies, rates
from hopthu.web.refusal_words import refusal

COOKIE = cookies.narrow("tapped")
KEPT = 365 * 24 * 3600
"""Seconds."""
BEFORE = "before"


@require_POST
def support(request: HttpRequest, number: str) -> HttpResponse:
    try:
        report = reading(number).report
    except ObjectDoesNotExist as error:
        raise Http404 from error
    counted = "1"
    if request.COOKIES.get(COOKIE) == number:
        pass
    elif not rates.first_voice(request, number):
        counted = BEFORE
    else:
        try:
            advance(report, step=Step.SUPPORT, actor=NEIGHBOUR, at=timezone.now())
        except StepRefused as error:
            context = {"number": number, "reason": refusal(error)}
            return render(request, "public/refused.html", context, status=409)
    response = HttpResponseRedirect(reverse("public:report", args=[number]) + f"?counted={counted}")
    response.status_code = 303
    response.set_cookie(
        COOKIE,
        number,
        max_age=KEPT,
        path=reverse("public:support", args=[number]),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response
