"""`/privacy`: what is kept that may tell something about a person."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hopthu.care.inventory import BASES, KINDS, PLACES


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    kinds = [(kind, BASES[kind.basis], PLACES[kind.place]) for kind in KINDS]
    return render(request, "public/privacy.html", {"kinds": kinds})
