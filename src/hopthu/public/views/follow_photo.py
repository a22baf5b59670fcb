"""`/follow/photos/<name>`: a photo of the own report, also while it waits for a moderator."""

from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from hopthu.public.views.follow import followed
from hopthu.reports.photos.storage import NoSuchPhoto, open_photo


@require_safe
def follow_photo(request: HttpRequest, name: str) -> FileResponse:
    found = followed(request)
    if found is None or all(photo.name != name for photo in found.photos):
        raise Http404
    try:
        file = open_photo(name, "small" if request.GET.get("size") == "small" else "large")
    except NoSuchPhoto as error:
        raise Http404 from error
    response = FileResponse(file, content_type="image/webp")
    response.headers["Cache-Control"] = "no-store"
    return response
