"""`/record/check`: the reader's own browser checks a receipt or proof; nothing comes here."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hopthu.bodies.queries import configuration
from hopthu.public.check_words import check_words
from hopthu.public.record_page import trusted_keys


@require_safe
def record_check(request: HttpRequest) -> HttpResponse:
    values = {
        "words": check_words(configuration()),
        "address": request.build_absolute_uri("/record"),
        **trusted_keys(),
    }
    response = render(request, "public/record_check.html", values)
    response.headers["Cache-Control"] = "no-cache"
    return response
