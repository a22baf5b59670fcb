"""`/follow/everything.zip`: all that the city holds about the own report, to keep."""

from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from hopthu.care.access.package import file_name, package
from hopthu.public.proof import proof
from hopthu.public.views.follow import followed
from hopthu.record import folder


@require_safe
def follow_export(request: HttpRequest) -> StreamingHttpResponse:
    found = followed(request)
    if found is None:
        raise Http404
    number = found.report.number
    try:
        proven: str | None = proof(found.report)
    except folder.NotOpened:
        proven = None
    pieces = package(number, proof=proven, at=timezone.now())
    response = StreamingHttpResponse(pieces, content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name(number)}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
