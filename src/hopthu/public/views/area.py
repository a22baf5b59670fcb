"""`/areas` and `/areas/<code>`: the reports of one ward or commune."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hopthu.bodies.queries import configuration
from hopthu.outbox.following.things import Thing
from hopthu.public.forms import following
from hopthu.public.views.reports import choices, link
from hopthu.reports.queries.listing import Filter, public_page
from hopthu.reports.queries.reading import lately_solved

NEWEST = 10
SOLVED = 4


@require_safe
def areas(request: HttpRequest) -> HttpResponse:
    return render(request, "public/areas.html", {"areas": configuration().areas.values()})


@require_safe
def area(request: HttpRequest, code: str) -> HttpResponse:
    setup = configuration()
    if code not in setup.areas:
        raise Http404
    here = setup.areas[code]
    chosen = Filter(area=code)
    page = public_page(chosen, setup, size=NEWEST)
    context = {
        "area": here,
        "page": page,
        "solved": lately_solved(SOLVED, area_id=here.id),
        "chosen": chosen,
        "older": link(chosen, page.older) if page.older else "",
        **choices(setup),
        **following.offer(Thing(area=code), setup),
    }
    return render(request, "public/area.html", context)
