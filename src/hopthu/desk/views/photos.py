"""Photos: looked at by a moderator one after another, before everybody sees them."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hopthu.core.terms import PHOTO_REASONS, HideReason
from hopthu.desk.access import MODERATORS, for_staff
from hopthu.desk.forms.fields import Option, radios
from hopthu.desk.page import desk_page, not_found
from hopthu.people.actors import Actor
from hopthu.reports.actions.covering import cover_photo
from hopthu.reports.actions.photos import AlreadyDecided, publish_photo, withhold_photo
from hopthu.reports.photos.storage import NoSuchPhoto, Size, open_photo
from hopthu.reports.queries.held import moderated_photo, next_held, viewable_photo
from hopthu.reports.queries.listing import Cursor
from hopthu.web.marks import NOTHING, UNREAD, Marks, Tool
from hopthu.web.words import HIDE_REASONS

if TYPE_CHECKING:
    from hopthu.reports.models import Photo


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff(*MODERATORS)
def photos(request: HttpRequest, actor: Actor) -> HttpResponse:
    """One held photo, or the one that `photo` names; decided here, and the next one follows."""
    if request.method == "POST":
        return _decide(request, actor)
    if "photo" in request.GET:
        named = moderated_photo(request.GET["photo"])
        return _page(request, named) if named else not_found(request)
    after = Cursor.parse(request.GET.get("after", ""))
    return _page(request, next_held(after=after))


def _decide(request: HttpRequest, actor: Actor) -> HttpResponse:
    photo = moderated_photo(request.POST.get("photo", ""))
    if photo is None:
        return not_found(request)
    if photo.state != request.POST.get("state"):
        return _decided_already(request)
    marks = Marks.read(request.POST)
    if request.POST.get("decision") == "withhold":
        return _withhold(request, photo, actor, marks)
    if not marks.readable:
        return _page(request, photo, unmarked=str(UNREAD), status=422)
    if photo.state == "published" and not marks.boxes:
        return _page(request, photo, unmarked=str(NOTHING), status=422)
    try:
        if marks.boxes:
            cover_photo(photo, boxes=marks.boxes, actor=actor, at=timezone.now())
        else:
            publish_photo(photo, actor=actor, at=timezone.now())
    except (AlreadyDecided, NoSuchPhoto):
        return _decided_already(request)
    return redirect("desk:photos")


def _withhold(request: HttpRequest, photo: "Photo", actor: Actor, marks: Marks) -> HttpResponse:
    reason = request.POST.get("reason", "")
    if reason not in PHOTO_REASONS:
        return _page(request, photo, marks, error=_("Choose a reason."), status=422)
    try:
        withhold_photo(photo, actor=actor, reason=HideReason(reason), at=timezone.now())
    except AlreadyDecided:
        return _decided_already(request)
    return redirect("desk:photos")


def _decided_already(request: HttpRequest) -> HttpResponse:
    messages.info(request, _("Somebody else has decided about that photo already."))
    return redirect("desk:photos")


def _page(
    request: HttpRequest,
    shown: "Photo | None",
    marks: Marks | None = None,
    *,
    error: str = "",
    unmarked: str = "",
    status: int = 200,
) -> HttpResponse:
    tool = None
    if shown is not None:
        address = reverse("desk:photo", args=[shown.name])
        tool = Tool(address, shown.width, shown.height, marks or Marks(), unmarked)
    options = [Option(reason, str(HIDE_REASONS[reason])) for reason in PHOTO_REASONS]
    context = {
        "nav": "photos",
        "photo": shown,
        "tool": tool,
        "reasons": radios("reason", _("Why it is not shown"), options, error=error, id="reason"),
        "error": error,
        "later": Cursor(shown.created_at, shown.pk) if shown else None,
    }
    return desk_page(request, "desk/photos.html", context, status=status)


@require_safe
@for_staff()
def photo(request: HttpRequest, actor: Actor, name: str) -> HttpResponse:
    """The picture itself, also while it is held, for those who have to do with its report."""
    found = viewable_photo(name, actor)
    if found is None:
        return not_found(request)
    try:
        size: Size = "small" if request.GET.get("size") == "small" else "large"
        with open_photo(found.name, size) as file:
            return HttpResponse(file.read(), content_type="image/webp")
    except NoSuchPhoto:
        return not_found(request)
