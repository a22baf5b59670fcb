"""How one signs in: the second step, recovery codes, and where one is signed in.

Whatever makes signing in easier for somebody else asks for the password again.
"""

from base64 import b32decode, b32encode
from typing import Any, Final

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from hopthu.bodies.queries import configuration
from hopthu.core.one_time_codes import app_address
from hopthu.desk import session
from hopthu.desk.access import for_staff
from hopthu.desk.page import desk_page
from hopthu.desk.reasking import NotYours, ask_password, whose
from hopthu.people import passkeys, second_step, sign_ins
from hopthu.people.actors import Actor
from hopthu.web.qr import qr_of_long

_SALT: Final = "hopthu.desk.app"
_LIFE: Final = 3600
"""Seconds in which a secret that was shown can be set up."""


@require_safe
@for_staff(owing=True)
def your_signin(request: HttpRequest, actor: Actor) -> HttpResponse:
    return overview(request, actor)


@sensitive_post_parameters("password", "code", "secret")
@require_http_methods(["GET", "HEAD", "POST"])
@for_staff(owing=True)
def your_signin_app(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Set up an app, in the place of any before: scan, and show a code of it."""
    if request.method != "POST":
        return _app_page(request, second_step.new_secret(), {})
    secret = _shown_secret(request)
    if secret is None:
        messages.warning(request, _("This page had been open too long. Scan the new picture."))
        return redirect("desk:your_signin_app")
    try:
        ask_password(request, actor)
        codes = second_step.set_up_app(
            whose(actor), secret, request.POST.get("code", ""), at=timezone.now()
        )
    except NotYours as error:
        return _app_page(request, secret, {"password": error.message}, status=error.code)
    except second_step.WrongCode:
        message = _("This is not the code that the app shows now. See that its clock is right.")
        return _app_page(request, secret, {"code": message}, status=422)
    session.go_on(request)
    session.took_second_step(request)
    return codes_page(request, codes, new_app=True)


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
@for_staff()
def your_signin_codes(request: HttpRequest, actor: Actor) -> HttpResponse:
    """New recovery codes, shown once; those before open nothing any more."""
    if request.method != "POST" or not second_step.steps_of(whose(actor)).any:
        return redirect("desk:your_signin")
    try:
        ask_password(request, actor)
    except NotYours as error:
        return overview(request, actor, codes_error=error.message, status=error.code)
    return codes_page(request, second_step.new_recovery_codes(whose(actor)))


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
@for_staff()
def your_signin_off(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Without a second step again, in a role that may do without."""
    if request.method != "POST":
        return redirect("desk:your_signin")
    if session.needs_second_step(actor):
        messages.error(request, _("Your task needs a second step."))
        return redirect("desk:your_signin")
    try:
        ask_password(request, actor)
    except NotYours as error:
        return overview(request, actor, off_error=error.message, status=error.code)
    second_step.forget(whose(actor))
    session.go_on(request)
    session.gave_up_second_step(request)
    messages.success(request, _("The password alone signs you in again."))
    return redirect("desk:your_signin")


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff(owing=True)
def your_signin_elsewhere(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Sign out in one other browser, or everywhere but here."""
    if request.method != "POST":
        return redirect("desk:your_signin")
    chosen = request.POST.get("place")
    if chosen is None:
        second_step.end_sessions(whose(actor))
        session.go_on(request)
        messages.success(request, _("You are signed in here alone."))
    elif chosen.isdecimal() and sign_ins.end(
        whose(actor), int(chosen[:18]), here=session.here(request)
    ):
        messages.success(request, _("There you are signed out."))
    return redirect("desk:your_signin")


def overview(
    request: HttpRequest, actor: Actor, *, status: int = 200, **errors: str
) -> HttpResponse:
    now = timezone.now()
    context = {
        "nav": "your_signin",
        "passkeys": passkeys.of(whose(actor)),
        "places": sign_ins.of(whose(actor), here=session.here(request), at=now),
        "now": now,
        "steps": second_step.steps_of(whose(actor)),
        "owes": session.owes_second_step(request, actor),
        "needs": session.needs_second_step(actor),
        "exempt": bool(session.TAKE_AWAY & actor.roles) and configuration().city.demo,
        **errors,
    }
    return desk_page(request, "desk/your_signin.html", context, status=status)


def _app_page(
    request: HttpRequest, secret: bytes, errors: dict[str, str], *, status: int = 200
) -> HttpResponse:
    written = b32encode(secret).decode()
    address = app_address(
        secret, who=request.user.get_username(), where=str(configuration().city.name)
    )
    context: dict[str, Any] = {
        "nav": "your_signin",
        "qr": qr_of_long(address),
        "groups": [written[start : start + 4] for start in range(0, len(written), 4)],
        "signed": signing.dumps({"staff": request.user.pk, "secret": written}, salt=_SALT),
        "errors": errors,
    }
    return desk_page(request, "desk/your_app.html", context, status=status)


def codes_page(request: HttpRequest, codes: list[str], *, new_app: bool = False) -> HttpResponse:
    context = {"nav": "your_signin", "codes": codes, "new_app": new_app}
    return desk_page(request, "desk/your_codes.html", context)


def _shown_secret(request: HttpRequest) -> bytes | None:
    """The secret that the form was made with; None if that was too long ago, or not for them."""
    try:
        shown = signing.loads(request.POST.get("secret", ""), salt=_SALT, max_age=_LIFE)
    except signing.BadSignature:
        return None
    return b32decode(shown["secret"]) if shown["staff"] == request.user.pk else None
