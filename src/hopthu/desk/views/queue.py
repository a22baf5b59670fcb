"""The queue: what waits, the most urgent first."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from hopthu.bodies.configuration import Area, Body, Category, Configuration
from hopthu.bodies.queries import configuration
from hopthu.core.text import TextTooLong, clean
from hopthu.desk import words
from hopthu.desk.access import for_staff
from hopthu.desk.due import Due, due
from hopthu.desk.numbers import asked_number
from hopthu.desk.page import desk_page
from hopthu.people.actors import Actor
from hopthu.reports.queries.desk import NotReadable, find
from hopthu.reports.queries.listing import Cursor
from hopthu.reports.queries.queue import (
    Chosen,
    QueueRow,
    Scope,
    counts,
    known,
    queue_page,
    scopes,
)

MAX_SEARCH = 200


@dataclass(frozen=True)
class Line:
    """A row as it is shown."""

    row: QueueRow
    category: Category
    area: Area | None
    body: Body | None
    due: Due
    acknowledge: Due | None


@require_safe
@for_staff()
def queue(request: HttpRequest, actor: Actor) -> HttpResponse:
    offered = scopes(actor)
    if not offered:
        return desk_page(request, "desk/no_queue.html", {"nav": "queue"})
    searched = _searched(request.GET.get("q", ""))
    if _opens(searched, actor):
        return redirect("desk:report", asked_number(searched))
    chosen = Chosen(
        scope=known(request.GET.get("of", ""), offered) or offered[0],
        is_open=request.GET.get("status") != "closed",
        words=searched,
    )
    now = timezone.now()
    page = queue_page(chosen, actor, at=now, after=Cursor.parse(request.GET.get("after", "")))
    setup = configuration()
    numbers = counts(actor, now)
    context = {
        "nav": "queue",
        "chosen": chosen,
        "tabs": [(scope, words.SCOPES[scope], numbers[f"of_{scope}"]) for scope in offered],
        "late": numbers["late"],
        "judging": chosen.scope == Scope.JUDGE,
        "again": chosen.scope == Scope.AGAIN,
        "lines": [_line(row, setup, now) for row in page.rows],
        "following": page.following,
        "unknown": _is_unknown(request, chosen),
        "first_page": "after" not in request.GET,
        "several_bodies": chosen.scope not in (Scope.BODY, Scope.MINE) or len(actor.own_bodies) > 1,
    }
    return desk_page(request, "desk/queue.html", context)


def _searched(text: str) -> str:
    try:
        return clean(text, limit=MAX_SEARCH)
    except TextTooLong:
        return clean(text[:MAX_SEARCH], limit=MAX_SEARCH)


def _opens(searched: str, actor: Actor) -> bool:
    """Whether what was searched for is the number of a report that may be opened."""
    number = asked_number(searched)
    if not number:
        return False
    try:
        find(number, actor)
    except NotReadable:
        return False
    return True


def _is_unknown(request: HttpRequest, chosen: Chosen) -> bool:
    """Whether the address names a list that is not this one."""
    scope, status = request.GET.get("of", ""), request.GET.get("status", "")
    return scope not in ("", chosen.scope) or status not in ("", "open", "closed")


def _line(row: QueueRow, setup: Configuration, now: datetime) -> Line:
    waits = row.acknowledge_by if row.closed_at is None else None
    return Line(
        row=row,
        category=setup.categories[row.category],
        area=setup.areas.get(row.area or ""),
        body=setup.bodies.get(row.body or ""),
        due=due(row.due, now),
        acknowledge=due(waits, now) if waits else None,
    )
