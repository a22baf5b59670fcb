"""`/reports`: every public report, filtered by a plain form, newest first."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from hopthu.bodies.configuration import Configuration
from hopthu.bodies.queries import configuration
from hopthu.outbox.following.things import Thing
from hopthu.public.forms import following
from hopthu.public.options import Option, areas, categories
from hopthu.reports.queries.listing import STATUS_FILTERS, Cursor, Filter, public_page

MAX_QUERY = 100
"""Characters of a search that are looked at."""
STATUSES = (
    Option("open", _("Open: not yet done")),
    Option("done", pgettext_lazy("status", "Fixed")),
    Option("answered", pgettext_lazy("status", "Answered")),
    Option("declined", pgettext_lazy("status", "Not done")),
    Option("referred", pgettext_lazy("status", "Passed on")),
)


@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    setup = configuration()
    chosen = read_filter(request)
    page = public_page(chosen, setup, before=Cursor.parse(request.GET.get("before", "")))
    context = {
        "page": page,
        "chosen": chosen,
        "older": link(chosen, page.older) if page.older else "",
        "newest": link(chosen) if "before" in request.GET else "",
        "unknown": _is_unknown(chosen, setup),
        **choices(setup),
    }
    if chosen.category or chosen.area:
        context |= following.offer(Thing(area=chosen.area, category=chosen.category), setup)
    return render(request, "public/reports.html", context)


def read_filter(request: HttpRequest) -> Filter:
    return Filter(
        category=request.GET.get("category", ""),
        area=request.GET.get("area", ""),
        status=request.GET.get("status", ""),
        words=request.GET.get("q", "")[:MAX_QUERY],
    )


def _is_unknown(chosen: Filter, setup: Configuration) -> bool:
    """Whether something was asked for that is not there: the reader is told what the list shows."""
    asked = (
        (chosen.category, setup.categories),
        (chosen.area, setup.areas),
        (chosen.status, STATUS_FILTERS),
    )
    return any(code and code not in known for code, known in asked)


def link(chosen: Filter, before: Cursor | None = None) -> str:
    """The list with these filters, from `before` on."""
    query = {
        "q": chosen.words,
        "category": chosen.category,
        "area": chosen.area,
        "status": chosen.status,
        "before": str(before or ""),
    }
    kept = urlencode({key: value for key, value in query.items() if value})
    return f"{reverse('public:reports')}?{kept}".rstrip("?")


def choices(setup: Configuration) -> dict[str, Any]:
    return {"categories": categories(setup), "areas": areas(setup), "statuses": STATUSES}
