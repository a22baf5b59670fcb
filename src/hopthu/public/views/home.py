"""`/`: what the mailbox is, the way in, and what was lately solved."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hopthu.bodies.queries import configuration
from hopthu.reports.queries.reading import lately_solved

SOLVED = 4


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    context = {"groups": configuration().groups, "solved": lately_solved(SOLVED)}
    return render(request, "public/home.html", context)
