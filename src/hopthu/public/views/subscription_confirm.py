"""`/letters/confirm/<link>`: yes, letters are wanted. Once, and within three days.

Looking at the page confirms nothing: programs that look through mail follow every link.
"""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from hopthu.bodies.queries import configuration
from hopthu.outbox.following import links, subscribing
from hopthu.outbox.following.things import Thing
from hopthu.reports.following.offering import name_of


@require_http_methods(["GET", "HEAD", "POST"])
def subscription_confirm(request: HttpRequest, link: str) -> HttpResponse:
    try:
        token = links.read(links.CONFIRM, link)
    except links.BadLink as error:
        raise Http404 from error
    try:
        response = _answer(request, token)
    except subscribing.Outdated:
        response = render(request, "public/following/outdated.html", status=410)
    response.headers["Cache-Control"] = "no-store"
    return response


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
