"""`/letters?report= | area= & category=`: somebody asks for letters about what they follow.

The answer is the same whoever asks for whichever address, however often: nobody finds out here who
follows what.
"""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from hopthu.bodies.queries import configuration
from hopthu.core.sealing import Reachable
from hopthu.outbox.following import subscribing
from hopthu.outbox.following.things import NoThing
from hopthu.people.seal_keys import NoSeal
from hopthu.public.forms import following, guard
from hopthu.public.forms.following import Asked, BadAsk
from hopthu.public.forms.problems import Problem
from hopthu.reports.following.offering import is_followable
from hopthu.web import rates

SENT = "sent"


@require_http_methods(["GET", "HEAD", "POST"])
def subscribe(request: HttpRequest) -> HttpResponse:
    if request.method != "POST" and SENT in request.GET:
        return render(request, "public/following/sent.html")
    try:
        asked = Asked.read(request.POST if request.method == "POST" else request.GET)
    except NoThing as error:
        raise Http404 from error
    if not is_followable(asked.thing, configuration()):
        raise Http404
    return _post(request, asked) if request.method == "POST" else _show(request, asked)


def _post(request: HttpRequest, asked: Asked) -> HttpResponse:
    if guard.trapped(request):
        return _show(request, asked, guard.trap_problem(), status=422)
    try:
        email, often = asked.checked()
    except BadAsk as error:
        return _show(request, asked, error.problem, status=422)
    wait = guard.wait(request, asked.submission, level=rates.asking_level(request))
    if wait is not None:
        response = _show(request, asked, following.patience(wait.seconds), status=429)
        response.headers["Retry-After"] = str(wait.seconds)
        return response
    try:
        if rates.may_ask(email):
            who = Reachable(email, get_language() or "")
            now = timezone.now()
            subscribing.ask(who, asked.thing, often, at=now, submission=asked.submission)
    except NoSeal:
        return _show(request, asked, following.unavailable(), status=503)
    rates.asked(request)
    response = HttpResponseRedirect(f"{reverse('public:subscribe')}?{SENT}=1")
    response.status_code = 303
    return response


def _show(
    request: HttpRequest, asked: Asked, problem: Problem | None = None, *, status: int = 200
) -> HttpResponse:
    context = following.again(asked, problem, configuration())
    context |= guard.context(
        request,
        context["submission"],
        level=rates.asking_level(request),
        sent=request.method == "POST",
    )
    response = render(request, "public/following/ask.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
