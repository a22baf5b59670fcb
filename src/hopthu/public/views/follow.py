"""`/follow`: the sender's own view of one report, opened with its number and code.

No session: a signed cookie for that one report, sent to `/follow` alone, for 12 hours at most.
"""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from hopthu.bodies.queries import configuration
from hopthu.people import contacts, follow_codes
from hopthu.people.follow_codes import Fit
from hopthu.public.forms.erasing import Asking
from hopthu.public.forms.follow import erasure, opening, page
from hopthu.public.forms.follow.steps import DONE
from hopthu.public.forms.problems import Problem, Problems, status_of
from hopthu.public.forms.shown import first_of_each
from hopthu.reports.queries.reading import Reading, reading
from hopthu.web import rates


@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _open(request)
    found = followed(request)
    if found is None:
        return ask(request)
    return show(request, found, done=request.GET.get("done", ""))


def followed(request: HttpRequest) -> Reading | None:
    """The report that this browser's cookie is for."""
    number = opening.remembered(request)
    if number is None:
        return None
    try:
        return reading(number, held_photos=True)
    except ObjectDoesNotExist:
        return None


def show(
    request: HttpRequest,
    found: Reading,
    *,
    done: str = "",
    typed: page.Typed | None = None,
    contact: Mapping[str, Any] | None = None,
    asking: Asking | None = None,
    status: int = 200,
) -> HttpResponse:
    """The private page; `typed`, `asking`, or what is in `contact`, did not go through."""
    values = page.context(found, configuration(), at=timezone.now(), done=done, typed=typed)
    values |= erasure.context(found, asking or Asking(), at=timezone.now())
    if asking:
        values["errors"] = values["wrong"]
    values |= contact or {}
    return unkept(render(request, "public/follow/report.html", values, status=status))


def unkept(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    return response


def _open(request: HttpRequest) -> HttpResponse:
    """Wrong number and wrong code answer alike, in words and in time."""
    try:
        number, code = opening.read(request.POST)
    except Problems as error:
        return ask(request, error.problems)
    wait = rates.code_wait(request)
    if wait:
        return _later(request, opening.network_words(wait), wait)
    at = timezone.now()
    try:
        fit = follow_codes.check(number, code, at=at)
    except follow_codes.Wait as error:
        left = error.until - at
        return _later(request, opening.wait_words(left), max(1, round(left.total_seconds())))
    if fit is None:
        rates.wrong_code(request)
        return ask(request, (opening.no_match(),))
    response = back(done="new-code" if fit is Fit.NEW_CODE else "")
    opening.remember(response, number)
    return response


def back(*, done: str = "") -> HttpResponse:
    response = redirect(reverse("public:follow") + (f"?done={done}" if done else ""))
    response.status_code = 303
    return unkept(response)


def _later(request: HttpRequest, message: str, seconds: int) -> HttpResponse:
    response = ask(request, (Problem("code", message),), status=429)
    response.headers["Retry-After"] = str(seconds)
    return response


def ask(
    request: HttpRequest,
    problems: tuple[Problem, ...] = (),
    *,
    status: int | None = None,
    lost: str | None = None,
) -> HttpResponse:
    """For number and code; `lost` is the number that was typed by whoever lost the code."""
    typed = request.POST if lost is None else QueryDict()
    values = {
        "errors": first_of_each(problems),
        "number": typed.get("number", "")[:40],
        "code": typed.get("code", "")[:60],
        "lost": lost is not None,
        "lost_number": lost or "",
        "slip": opening.code_words("check_digit"),
        "said": DONE.get(request.GET.get("done", ""), ""),
        "texts": contacts.may_be_phone(),
        "forgotten": request.GET.get("done") == "forget",
        "nav": "follow",
    }
    code = status or (status_of(problems) if problems else 200)
    return unkept(render(request, "public/follow/open.html", values, status=code))
