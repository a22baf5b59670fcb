"""`/letters/end/<link>`: no more of these letters, by one click in the mail program (RFC 8058).

Looking at the page changes nothing: programs that look through mail follow every link.
"""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hopthu.outbox.following import links, subscribing
from hopthu.public.letter_links import behind_link


@behind_link(links.END)
def subscription_end(request: HttpRequest, token: UUID) -> HttpResponse:
    done = request.method == "POST"
    if done:
        subscribing.end(token)
    return render(request, "public/following/end.html", {"done": done})
