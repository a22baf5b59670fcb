"""`/follow/photos/<pk>/cover`: the sender covers places of an own photo, shown to others or not."""

from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from hopthu.public.forms import covering
from hopthu.public.views.follow import back, followed, unkept
from hopthu.reports.actions.covering import cover_own_photo

if TYPE_CHECKING:
    from hopthu.reports.models import Photo


@require_http_methods(["GET", "HEAD", "POST"])
def follow_cover(request: HttpRequest, pk: int) -> HttpResponse:
    photo = _own(request, pk)
    if request.method != "POST":
        return _page(request, photo)
    try:
        if request.POST.get("name") != photo.name:
            raise covering.changed()
        covering.cover_marked(
            request, lambda boxes: cover_own_photo(photo, boxes=boxes, at=timezone.now())
        )
    except covering.NotCovered as wrong:
        return _page(request, _own(request, pk), wrong)
    return back(done="cover")


def _own(request: HttpRequest, pk: int) -> "Photo":
    """Raises Http404."""
    found = followed(request)
    photo = next((one for one in found.photos if one.pk == pk), None) if found else None
    if photo is None:
        raise Http404
    return photo


def _page(
    request: HttpRequest, photo: "Photo", wrong: covering.NotCovered | None = None
) -> HttpResponse:
    address = reverse("public:follow_photo", args=[photo.name])
    context = {
        **covering.context(photo, address, wrong),
        "photo": photo,
        "back": reverse("public:follow"),
        "nav": "follow",
    }
    response = unkept(render(request, "public/follow/cover.html", context))
    if wrong:
        wrong.tell(response)
    return response
