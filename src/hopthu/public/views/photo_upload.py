"""`/report/photo`: a photo that is sent while the rest of the form is still being filled in."""

from django.http import FileResponse, Http404, HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hopthu.public.forms import incoming, uploads, words
from hopthu.public.forms.problems import status_of
from hopthu.reports.photos.storage import NoSuchPhoto, open_photo
from hopthu.reports.queries.uploads import living_uploads
from hopthu.web import rates


@require_POST
def photo_upload(request: HttpRequest) -> JsonResponse:
    """One file `photo` → {token, thumb}; else {error}, in the reader's language."""
    try:
        incoming.read(request)
    except incoming.TooMuch:
        return _refusal(_("This is too large to be sent at once."), 413)
    file = request.FILES.get("photo")
    if file is None:
        return _refusal(_("There was no photo in what arrived."), 422)
    wait = rates.upload_wait(request, 1)
    if wait:
        response = _refusal(words.photos_wait(wait), 429)
        response.headers["Retry-After"] = str(wait)
        return response
    taken = uploads.take((), [file], at=timezone.now())
    if taken.problems:
        return _refusal(taken.problems[0].message, status_of(taken.problems))
    (token,) = taken.tokens
    return _unkept(JsonResponse({"token": token, "thumb": uploads.thumb(token)}, status=201))


@require_safe
def photo_thumb(request: HttpRequest, token: str) -> HttpResponseBase:
    """A picture of an upload, small or `?size=large`, for whoever knows its token.

    Asked for again on every page, since places of it may be covered meanwhile.
    """
    try:
        (photo,) = living_uploads([token], at=timezone.now())
        tag = quote_etag(photo.sha256)
        known = get_conditional_response(request, etag=tag)
        if known is not None:
            return known
        file = open_photo(photo.name, "large" if request.GET.get("size") == "large" else "small")
    except (ValueError, NoSuchPhoto) as error:
        raise Http404 from error
    response = FileResponse(file, content_type="image/webp")
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["ETag"] = tag
    return response


def _refusal(message: str, status: int) -> JsonResponse:
    return _unkept(JsonResponse({"error": message}, status=status))


def _unkept(response: JsonResponse) -> JsonResponse:
    response.headers["Cache-Control"] = "no-store"
    return response
