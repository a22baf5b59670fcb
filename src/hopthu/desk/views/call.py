"""Calling whoever sent a report: the reason first, then the passkey, then the number.

Two pages that any browser shows, and from there on the page's script: it keeps the key that the
number is sealed to.
"""

import json
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from hopthu.care.openings import actions, queries
from hopthu.core.limits import MAX_CALL_WORDS
from hopthu.core.terms import CallReason
from hopthu.desk import calling, session
from hopthu.desk.access import for_staff
from hopthu.desk.forms.fields import Option
from hopthu.desk.numbers import asked_number
from hopthu.desk.page import desk_page, not_found
from hopthu.desk.reasking import whose
from hopthu.people import passkeys
from hopthu.people.actors import Actor
from hopthu.reports.queries.desk import NotReadable, find
from hopthu.web.words import CALL_REASONS

if TYPE_CHECKING:
    from hopthu.reports.models import Report


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff()
def call(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """Why somebody has to be called; and then the same once more, for the passkey."""
    report = _report(number, actor)
    if report is None:
        return not_found(request)
    if request.method != "POST":
        return _page(request, actor, report, calling.Wish("", "", {}))
    wish = calling.read(request.POST)
    ready = not wish.errors and "change" not in request.POST
    return _page(request, actor, report, wish, ready=ready, status=422 if wish.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff()
def call_ask(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """From the page's script: the wish is written down for `hopthu work`."""
    report = _report(number, actor)
    if request.method != "POST":
        return not_found(request) if report is None else redirect("desk:call", report.number)
    wish, key = calling.read(request.POST), calling.page_key(request.POST)
    if report is None or wish.errors or not key:
        return _gone(404 if report is None else 422)
    try:
        opening = actions.ask(
            report.number,
            staff_id=whose(actor),
            reason=CallReason(wish.reason),
            words=wish.words,
            page_key=key,
            host=session.site(request).host,
            at=timezone.now(),
        )
    except actions.NotAsked:
        return _gone(422)
    return JsonResponse({"opening": str(opening)})


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff()
def call_opening(request: HttpRequest, actor: Actor, number: str, opening: UUID) -> HttpResponse:
    """How it stands, asked by the page's script again and again; and the passkey's answer."""
    whole: Any = {"staff_id": whose(actor), "number": asked_number(number), "at": timezone.now()}
    standing = queries.standing(opening, **whole)
    if standing.state != "gone" and request.method == "POST":
        try:
            answer = json.loads(request.POST.get("answer", ""))
        except (ValueError, RecursionError):
            return _gone(422)
        actions.answer(opening, answer=answer, **whole)
        standing = queries.standing(opening, **whole)
    status = 404 if standing.state == "gone" else 200
    return JsonResponse(calling.told(standing), status=status)


def _gone(status: int) -> HttpResponse:
    return JsonResponse(calling.told(queries.Standing("refused")), status=status)


def _report(number: str, actor: Actor) -> "Report | None":
    """One whose sender this reader may call; nobody else learns whether there is a number."""
    try:
        report = find(asked_number(number), actor)
    except NotReadable:
        return None
    return report if queries.may_ask(report, actor) else None


def _page(
    request: HttpRequest,
    actor: Actor,
    report: "Report",
    wish: calling.Wish,
    *,
    ready: bool = False,
    status: int = 200,
) -> HttpResponse:
    context = {
        "nav": "queue",
        "report": report,
        "ready": ready,
        "reasons": [Option(code, str(words)) for code, words in CALL_REASONS.items()],
        "reason": wish.reason,
        "reason_words": CALL_REASONS.get(wish.reason, ""),
        "words": wish.words,
        "most": MAX_CALL_WORDS,
        "errors": wish.errors,
        "passkeys": passkeys.of(whose(actor)),
        "now": timezone.now(),
    }
    return desk_page(request, "desk/call.html", context, status=status)
