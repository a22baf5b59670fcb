"""`/letters/end/<link>`: no more of these letters, by one click in the mail program (RFC 8058).

Looking at the page changes nothing: programs that look through mail follow every link.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from hopthu.outbox.following import links, subscribing


@require_http_methods(["GET", "HEAD", "POST"])
def subscription_end(request: HttpRequest, link: str) -> HttpResponse:
    try:
        token = links.read(links.END, link)
    except links.BadLink as error:
        raise Http404 from error
    if request.method == "POST":
        subscribing.end(token)
    context = {"done": request.method == "POST", "link": link}
    response = render(request, "public/following/end.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response
