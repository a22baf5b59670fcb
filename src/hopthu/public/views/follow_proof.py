"""`/follow/proof.json`: all that the sender can prove of the own report, to keep."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from hopthu.public.proof import file_name, proof
from hopthu.public.views.follow import followed, unkept
from hopthu.record import folder


@require_safe
def follow_proof(request: HttpRequest) -> HttpResponse:
    found = followed(request)
    if found is None:
        raise Http404
    try:
        file = proof(found.report)
    except folder.NotOpened as error:
        raise Http404 from error
    response = HttpResponse(file, content_type="application/json; charset=utf-8")
    name = file_name(found.report)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return unkept(response)
