"""`/unsubscribe/<token>`: no more letters, by one click in the mail program (RFC 8058) or here.

Looking at the address changes nothing: programs that look through mail follow every link.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from hopthu.outbox import unsubscribing


@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    try:
        unsubscribing.check(token)
        if request.method == "POST":
            unsubscribing.unsubscribe(token)
    except unsubscribing.BadToken as error:
        raise Http404 from error
    done = request.method == "POST"
    response = render(request, "public/unsubscribe.html", {"done": done, "token": token})
    response.headers["Cache-Control"] = "no-store"
    return response
