"""`/follow/contact`: the sender leaves an address, changes it, or has it deleted."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from hopthu.core.mail_addresses import BadAddress
from hopthu.core.phone_numbers import BadPhone
from hopthu.people.seal_keys import NoSeal
from hopthu.public.forms import words
from hopthu.public.views.follow import back, followed, show
from hopthu.reports.actions.contacts import leave_contact, remove_contact
from hopthu.reports.queries.reading import Reading


@require_POST
def follow_contact(request: HttpRequest) -> HttpResponse:
    found = followed(request)
    if found is None:
        return back()
    if "remove" in request.POST:
        remove_contact(found.report)
        return back(done="no-contact")
    email = request.POST.get("email", "")
    try:
        leave_contact(found.report, email=email, language=get_language() or "")
    except BadAddress as error:
        return _again(request, found, email, f"email_{error.why}")
    except BadPhone:
        return _again(request, found, email, "phone_unknown")
    except NoSeal:
        return _again(request, found, email, "email_unavailable")
    return back(done="contact")


def _again(request: HttpRequest, found: Reading, email: str, code: str) -> HttpResponse:
    wrong = {"contact-email": words.message(code)}
    typed = {"typed_email": email, "errors": wrong, "failed": "contact"}
    return show(request, found, contact=typed, status=422)
