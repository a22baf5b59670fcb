"""`/reports/<number>/erasure`: who is named in a report asks for it to be deleted, without account.

Nothing that is typed there becomes public, and it is no report. What became of it is told at
`/erasure`, to whoever has the reference number, which is shown once and kept nowhere.
"""

from typing import TYPE_CHECKING

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from hopthu.bodies.queries import configuration
from hopthu.core.erasure import Asker, decide_by, format_reference
from hopthu.core.text import TextTooLong
from hopthu.public.forms import erasing as form
from hopthu.public.views.follow import unkept
from hopthu.reports.actions.erasing import AskedAlready, BadWish, NotAskable, Wish, ask_as_named
from hopthu.reports.queries.erasures import askable, request_by
from hopthu.reports.queries.reading import reading
from hopthu.web import erasure_words, rates

if TYPE_CHECKING:
    from hopthu.reports.models import Report


@require_http_methods(["GET", "HEAD", "POST"])
def erasure(request: HttpRequest, number: str) -> HttpResponse:
    try:
        report = reading(number).report
    except ObjectDoesNotExist as error:
        raise Http404 from error
    if not askable(report, Asker.PERSON_NAMED):
        raise Http404
    if request.method != "POST":
        return _form(request, report, form.Asking())
    return _ask(request, report, form.read(request.POST))


def _ask(request: HttpRequest, report: "Report", wish: Wish) -> HttpResponse:
    wait = rates.erasure_wait(request)
    if wait:
        return _form(request, report, form.Asking(wish, {"top": _later(wait)}), status=429)
    at = timezone.now()
    try:
        reference = ask_as_named(report, wish, at=at)
    except (BadWish, TextTooLong) as error:
        name, message = erasure_words.wrong_wish(error)
        status = 413 if isinstance(error, TextTooLong) else 422
        return _form(request, report, form.Asking(wish, {name: str(message)}), status=status)
    except AskedAlready:
        message = erasure_words.ASKED_ALREADY[Asker.PERSON_NAMED]
        return _form(request, report, form.Asking(wish, {"top": str(message)}), status=409)
    except NotAskable as error:
        raise Http404 from error
    context = {
        "report": report,
        "reference": format_reference(reference),
        "due_at": decide_by(configuration().calendar, at),
    }
    return unkept(render(request, "public/erasure/asked.html", context))


def _form(
    request: HttpRequest, report: "Report", asking: form.Asking, *, status: int = 200
) -> HttpResponse:
    context = {"report": report, **form.context(asking)}
    context["errors"] = context["wrong"]
    return unkept(render(request, "public/erasure/ask.html", context, status=status))


def _later(seconds: int) -> str:
    message = ngettext(
        "Several people on your network have just asked. Please try again in %(count)s second.",
        "Several people on your network have just asked. Please try again in %(count)s seconds.",
        seconds,
    )
    return message % {"count": seconds}


@require_http_methods(["GET", "HEAD", "POST"])
def erasure_asked(request: HttpRequest) -> HttpResponse:
    """What became of a request. The number is in no address: those are written down on the way."""
    context: dict[str, object] = {"reference": request.POST.get("reference", "")[:60]}
    status = 200
    if request.method == "POST":
        asked = request_by(request.POST.get("reference", ""))
        if asked is None:
            context["errors"] = {"reference": _("There is no request with this number.")}
            status = 422
        else:
            scope = erasure_words.SCOPES[asked.scope]
            late = asked.is_open and timezone.now() > asked.due_at
            context |= {"asked": asked, "scope": scope, "late": late}
    return unkept(render(request, "public/erasure/outcome.html", context, status=status))
