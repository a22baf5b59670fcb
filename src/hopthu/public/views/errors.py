"""Pages for when something is not there or went wrong, in the reader's language."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language

from hopthu.web.error_log import refer


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    return render(request, "public/bad_request.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    return render(request, "public/forbidden.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    return render(request, "public/not_found.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Asks neither the database nor the request: either may be what broke."""
    around = {
        "LANGUAGE_CODE": get_language(),
        "LANGUAGES": settings.LANGUAGES,
        "reference": refer(request),
    }
    return HttpResponse(render_to_string("public/error.html", around), status=500)
