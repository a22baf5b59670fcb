"""`/record`: what the public record is, how it stands, and how anybody checks it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hopthu.public.record_page import record_page


@require_safe
def record(request: HttpRequest) -> HttpResponse:
    response = render(request, "public/record.html", record_page(request))
    response.headers["Cache-Control"] = "no-cache"
    return response
