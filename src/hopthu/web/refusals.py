"""Pages that say no, in the reader's language, with a way on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def no_city(request: HttpRequest) -> HttpResponse:
    """Nobody has set a city up here yet."""
    return render(request, "errors/no_city.html", status=503)


def foreign_form(request: HttpRequest) -> HttpResponse:
    """A form that came from another site."""
    return render(request, "errors/foreign_form.html", status=403)
