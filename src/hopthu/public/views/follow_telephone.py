"""`/follow/telephone`: the sender leaves a number to be called at, changes it, or takes it back."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from hopthu.core.text import is_blank
from hopthu.people.seal_keys import NoSeal
from hopthu.public.forms import words
from hopthu.public.views.follow import back, followed, show
from hopthu.reports.actions.contacts import leave_telephone, remove_telephone
from hopthu.reports.queries.reading import Reading
from hopthu.reports.reaching import phone_slips


@require_POST
def follow_telephone(request: HttpRequest) -> HttpResponse:
    found = followed(request)
    if found is None:
        return back()
    if "remove" in request.POST:
        remove_telephone(found.report)
        return back(done="no-telephone")
    phone, call_me = request.POST.get("phone", ""), request.POST.get("call_me") == "1"
    slips = dict(phone_slips(phone, call_me=call_me))
    if is_blank(phone):
        slips = {"phone": "phone_missing"}
    if slips:
        return _again(request, found, slips)
    try:
        leave_telephone(found.report, telephone=phone)
    except NoSeal:
        return _again(request, found, {"phone": "phone_unavailable"})
    return back(done="telephone")


def _again(request: HttpRequest, found: Reading, slips: dict[str, str]) -> HttpResponse:
    typed = {
        "phone": request.POST.get("phone", ""),
        "call_me": request.POST.get("call_me") == "1",
        "errors": {f"telephone-{field}": words.message(code) for field, code in slips.items()},
        "failed": "telephone",
    }
    return show(request, found, contact=typed, status=422)
