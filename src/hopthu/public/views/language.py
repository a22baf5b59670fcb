"""`/language/<code>?next=`: the reader chooses a language, and comes back to the same page.

The choice is kept in a cookie that says the language and nothing else.
"""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from hopthu.web.middleware import LANGUAGE_COOKIE

KEPT = 365 * 24 * 3600
"""Seconds."""


@require_safe
def language(request: HttpRequest, code: str) -> HttpResponse:
    if code not in dict(settings.LANGUAGES):
        raise Http404
    next_page = request.GET.get("next", "")
    if not next_page.startswith("/") or not url_has_allowed_host_and_scheme(next_page, None):
        next_page = "/"
    response = HttpResponseRedirect(next_page)
    response.headers["Cache-Control"] = "no-store"
    response.set_cookie(
        LANGUAGE_COOKIE,
        code,
        max_age=KEPT,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response
