"""`/photos/<name>`: a photo that everybody may see; `?size=small` for its small picture."""

from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from hopthu.reports.photos.storage import NoSuchPhoto, Size, open_photo
from hopthu.reports.queries.reading import published_photo

KEPT = 600
"""Seconds: a moderator may yet take a photo away."""


@require_safe
def photo(request: HttpRequest, name: str) -> FileResponse:
    size: Size = "small" if request.GET.get("size") == "small" else "large"
    found = published_photo(name)
    if found is None:
        raise Http404
    try:
        file = open_photo(found.name, size)
    except NoSuchPhoto as error:
        raise Http404 from error
    response = FileResponse(file, content_type="image/webp")
    response.headers["Cache-Control"] = f"private, max-age={KEPT}"
    return response
