"""The slip for the sender, on paper alone."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from hopthu.core.codes import format_follow_code, format_number
from hopthu.desk import slips
from hopthu.desk.access import CLERKS, for_staff
from hopthu.desk.page import desk_page, not_found
from hopthu.people.actors import Actor
from hopthu.reports.queries.desk import taken_down
from hopthu.web.qr import qr


@require_safe
@for_staff(*CLERKS)
def slip(request: HttpRequest, actor: Actor, token: str) -> HttpResponse:
    """Once: whoever opens the same slip again is told that it was printed."""
    now = timezone.now()
    if slips.look(request.session, token, at=now) is None:
        return not_found(request)
    if request.method == "HEAD":
        return HttpResponse()
    taken = slips.take_code(request.session, token, staff_id=actor.staff_id, at=now)
    if taken is None:
        return desk_page(request, "desk/slip_gone.html", {"nav": "new"}, status=410)
    language = request.GET.get("language", "")
    known = {code for code, _name in settings.LANGUAGES}
    with translation.override(language if language in known else request.LANGUAGE_CODE):
        return _page(request, *taken)


def _page(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """In the sender's language, whatever the clerk reads."""
    link = f"{reverse('public:follow')}#{format_number(number)}-{code}"
    context = {
        "report": taken_down(number),
        "number": format_number(number),
        "code": format_follow_code(code),
        "follow": request.build_absolute_uri(reverse("public:follow")),
        "qr": qr(request.build_absolute_uri(link)),
        "slip_language": translation.get_language(),
    }
    return desk_page(request, "desk/slip.html", context)
