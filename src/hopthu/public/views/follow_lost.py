"""`/follow/lost`: a new code for whoever lost theirs, sent to the address that they left.

Everybody who types a number gets one answer, after the same work: whether there is such a report,
and whether it has an address, is looked at by `hopthu work` alone, later (`reports.new_codes`).
"""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from hopthu.people import follow_codes
from hopthu.public.forms.follow import opening
from hopthu.public.forms.problems import Problem, Problems
from hopthu.public.views.follow import ask, back
from hopthu.web import rates

FIELD = "lost-number"


@require_POST
def follow_lost(request: HttpRequest) -> HttpResponse:
    typed = request.POST.get("number", "")[:40]
    try:
        number = opening.read_number(request.POST, field=FIELD)
    except Problems as error:
        return ask(request, error.problems, lost=typed)
    wait = rates.lost_code_wait(request)
    if wait:
        problem = Problem(FIELD, opening.asked_words(wait))
        response = ask(request, (problem,), status=429, lost=typed)
        response.headers["Retry-After"] = str(wait)
        return response
    follow_codes.ask_for_new(number, at=timezone.now())
    return back(done="lost")
