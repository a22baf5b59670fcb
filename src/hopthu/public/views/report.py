"""`/reports/<number>`: one report as everybody reads it. The page is the same for all readers."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from hopthu.bodies.queries import configuration
from hopthu.outbox.following.things import Thing
from hopthu.public.forms import following
from hopthu.public.report_page import report_page
from hopthu.reports.queries.reading import reading, stands_at
from hopthu.web.page_cache import cached


@require_safe
def report(request: HttpRequest, number: str) -> HttpResponse:
    setup = configuration()
    stands = stands_at(number)
    if stands is None:
        raise Http404
    address = reverse("public:report", args=[number])
    if request.path != address:
        return HttpResponsePermanentRedirect(address)

    def page() -> HttpResponse:
        context = report_page(reading(number), setup)
        context |= following.offer(Thing(number=number), setup)
        context["counted"] = request.GET.get("counted", "")
        return render(request, "public/report.html", context)

    return cached(
        request,
        version=f"{setup.version}-{stands.seq}",
        generation=stands.left,
        render=page,
    )
