"""`/letters/<link>`: one thing that somebody follows, to be looked at, changed and ended.

The link in each letter leads here. It knows of this one thing and of nothing else that the same
person may follow.
"""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from hopthu.bodies.queries import configuration
from hopthu.outbox.following import links, subscribing
from hopthu.outbox.following.things import Thing
from hopthu.outbox.queries import Often
from hopthu.public.forms import words
from hopthu.public.forms.following import OFTEN
from hopthu.public.letter_links import behind_link
from hopthu.reports.following.offering import name_of


@behind_link(links.CHANGE)
def subscription(request: HttpRequest, token: UUID) -> HttpResponse:
    try:
        return _change(request, token) if request.method == "POST" else _show(request, token)
    except subscribing.Outdated:
        return render(request, "public/following/end.html", {"done": True})


def _change(request: HttpRequest, token: UUID) -> HttpResponse:
    """Raises `subscribing.Outdated`."""
    if "end" in request.POST:
        subscribing.end(token)
        return render(request, "public/following/end.html", {"done": True})
    often = request.POST.get("often", "")
    if often not in Often.values:
        return _show(request, token, error=words.message("answer_not_a_choice"))
    subscribing.change(token, Often(often))
    response = HttpResponseRedirect(f"{request.path}?changed=1")
    response.status_code = 303
    return response


def _show(request: HttpRequest, token: UUID, *, error: str = "") -> HttpResponse:
    """Raises `subscribing.Outdated`."""
    row = subscribing.find(token)
    context = {
        "name": name_of(Thing.parse(row.thing), configuration()),
        "options": OFTEN,
        "often": row.often,
        "changed": "changed" in request.GET,
        "errors": {"often": error} if error else {},
    }
    return render(request, "public/following/one.html", context, status=422 if error else 200)
