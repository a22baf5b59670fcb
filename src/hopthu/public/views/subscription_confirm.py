"""`/letters/confirm/<link>`: yes, letters are wanted. Once, and within three days.

Looking at the page confirms nothing: programs that look through mail follow every link.
"""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from hopthu.bodies.queries import configuration
from hopthu.outbox.following import links, subscribing
from hopthu.outbox.following.things import Thing
from hopthu.public.letter_links import behind_link
from hopthu.reports.following.offering import name_of


@behind_link(links.CONFIRM)
def subscription_confirm(request: HttpRequest, token: UUID) -> HttpResponse:
    try:
        return _answer(request, token)
    except subscribing.Outdated:
        return render(request, "public/following/outdated.html", status=410)


def _answer(request: HttpRequest, token: UUID) -> HttpResponse:
    """Raises `subscribing.Outdated`."""
    now = timezone.now()
    row = subscribing.waiting(token, at=now)
    context = {
        "name": name_of(Thing.parse(row.thing), configuration()),
        "done": request.method == "POST",
    }
    if request.method == "POST":
        subscribing.confirm(token, at=now)
        context["change"] = links.path(links.CHANGE, token)
    return render(request, "public/following/confirm.html", context)
