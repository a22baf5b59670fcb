"""`/desk/invitation/<secret>`: somebody who is invited chooses name and password.

Looking at the page takes nothing up: programs that look through mail follow every link.
"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from hopthu.bodies.queries import configuration
from hopthu.desk import session, throttle
from hopthu.desk.forms import taking_up
from hopthu.desk.forms.taking_up import BadChoice
from hopthu.desk.offices import office_name
from hopthu.desk.page import desk_page
from hopthu.people import invitations
from hopthu.people.actions import UsernameTaken
from hopthu.web.words import ROLES


@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """A link that is none of ours, used, withdrawn or too old: one answer for all of them."""
    try:
        response = (
            _taken_up(request, secret) if request.method == "POST" else _page(request, secret)
        )
    except BadChoice as error:
        response = _page(request, secret, error)
    except (invitations.Outdated, UsernameTaken):
        response = desk_page(request, "desk/invitation_outdated.html", {}, status=410)
    add_never_cache_headers(response)
    return response


def _taken_up(request: HttpRequest, secret: str) -> HttpResponse:
    """Raises `BadChoice`, `invitations.Outdated` and `UsernameTaken`."""
    now = timezone.now()
    username = invitations.find(secret, at=now).username
    chosen = taking_up.read(request.POST, username=username, city=str(configuration().city.name))
    staff = invitations.accept(secret, name=chosen.name, password=chosen.password, at=now)
    session.enter(request, staff, second_step=False)
    messages.success(
        request, _("Welcome. From now on you sign in with your user name and password.")
    )
    response = redirect("desk:your_signin")
    throttle.know(response, username)
    return response


def _page(request: HttpRequest, secret: str, bad: BadChoice | None = None) -> HttpResponse:
    """Raises `invitations.Outdated`."""
    found, setup = invitations.find(secret, at=timezone.now()), configuration()
    context = {
        "username": found.username,
        "role": ROLES[found.role],
        "office": office_name(found.body_id, setup),
        "path": request.path,
        "called": request.POST.get("name", ""),
        "errors": bad.errors if bad else {},
    }
    return desk_page(request, "desk/invitation.html", context, status=422 if bad else 200)
