"""What the views behind the links of letters to followers have in common."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from hopthu.outbox.following import links

RowView = Callable[[HttpRequest, UUID], HttpResponse]
LinkView = Callable[[HttpRequest, str], HttpResponse]


def behind_link(what: str) -> Callable[[RowView], LinkView]:
    """Give the view the token of the row that the link is about; its answer is kept nowhere.

    A link that is none of ours leads to no page.
    """

    def decorate(view: RowView) -> LinkView:
        @require_http_methods(["GET", "HEAD", "POST"])
        @wraps(view)
        def inner(request: HttpRequest, link: str) -> HttpResponse:
            try:
                token = links.read(what, link)
            except links.BadLink as error:
                raise Http404 from error
            response = view(request, token)
            response.headers["Cache-Control"] = "no-store"
            return response

        return inner

    return decorate
