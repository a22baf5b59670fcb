"""Passkeys: making one, removing one, and coming in with one.

A page holds the question; the device answers it by the page's script, and the form brings the
answer. Each question is answered once.
"""

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from hopthu.desk import session
from hopthu.desk.access import for_staff
from hopthu.desk.page import desk_page
from hopthu.desk.reasking import NotYours, ask_password, whose
from hopthu.desk.views.signin import safe_next
from hopthu.desk.views.your_signin import codes_page, overview
from hopthu.people import passkeys, second_step
from hopthu.people.actors import Actor


@require_http_methods(["GET", "HEAD", "POST"])
def signin_passkey(request: HttpRequest) -> HttpResponse:
    """In place of password and second step: the device has asked for a finger or a PIN."""
    onwards = safe_next(request)
    if request.user.is_authenticated:
        return redirect(onwards)
    if request.method != "POST":
        return _signin_page(request, onwards)
    now = timezone.now()
    state = session.asked_passkey(request, at=now)
    try:
        if state is None:
            raise passkeys.NotAnswered
        staff = passkeys.signed_in(state, _answer(request), site=session.site(request))
    except passkeys.NotAnswered:
        return _signin_page(request, onwards, wrong=True, status=422)
    session.enter(request, staff, second_step=True)
    return redirect(onwards)


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
@for_staff(owing=True)
def your_signin_passkey(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Make one: first what it is called and the password, then the device is asked."""
    if request.method != "POST":
        return _new_page(request, {})
    if "answer" in request.POST:
        return _added(request, actor)
    name = request.POST.get("name", "").strip()
    errors = {} if name else {"name": _("Give it a name, such as the device’s.")}
    status = 422
    if name:
        try:
            ask_password(request, actor)
        except NotYours as error:
            errors, status = {"password": error.message}, error.code
    return _new_page(request, errors, status=status) if errors else _question_page(request, name)


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
@for_staff()
def your_signin_passkey_remove(request: HttpRequest, actor: Actor) -> HttpResponse:
    if request.method != "POST":
        return redirect("desk:your_signin")
    steps = second_step.steps_of(whose(actor))
    if session.needs_second_step(actor) and not steps.app and steps.passkeys == 1:
        messages.error(request, _("Your task needs a second step."))
        return redirect("desk:your_signin")
    try:
        ask_password(request, actor)
    except NotYours as error:
        return overview(request, actor, passkey_error=error.message, status=error.code)
    chosen = request.POST.get("passkey", "")
    if chosen.isdecimal() and passkeys.remove(whose(actor), int(chosen[:18])):
        second_step.end_sessions(whose(actor))
        session.go_on(request)
        messages.success(request, _("This passkey opens nothing any more."))
    return redirect("desk:your_signin")


def _added(request: HttpRequest, actor: Actor) -> HttpResponse:
    now, name = timezone.now(), request.POST.get("name", "").strip()
    state = session.asked_passkey(request, at=now)
    staff = request.user
    try:
        if state is None or staff.is_anonymous or not name:
            raise passkeys.NotAnswered
        answer, site = _answer(request), session.site(request)
        passkeys.add(staff, state, answer, name=name, site=site, at=now)
    except passkeys.NotAnswered:
        messages.error(request, _("The device made no passkey. Please try again."))
        return redirect("desk:your_signin_passkey")
    second_step.end_sessions(whose(actor))
    session.go_on(request)
    session.took_second_step(request)
    if not second_step.steps_of(whose(actor)).codes_left:
        return codes_page(request, second_step.new_recovery_codes(whose(actor)), new_app=True)
    messages.success(request, _("From now on this passkey signs you in."))
    return redirect("desk:your_signin")


def _answer(request: HttpRequest) -> passkeys.Answer:
    """What the page's script wrote. Raises `NotAnswered`."""
    try:
        answer: Any = json.loads(request.POST.get("answer", ""))
    except (ValueError, RecursionError) as error:
        raise passkeys.NotAnswered from error
    if not isinstance(answer, dict):
        raise passkeys.NotAnswered
    return answer


def _signin_page(
    request: HttpRequest, onwards: str, *, wrong: bool = False, status: int = 200
) -> HttpResponse:
    question, state = passkeys.ask_to_sign_in(site=session.site(request))
    session.ask_passkey(request, state, at=timezone.now())
    context = {"next": onwards, "question": question, "wrong": wrong}
    response = desk_page(request, "desk/signin_passkey.html", context, status=status)
    add_never_cache_headers(response)
    return response


def _new_page(request: HttpRequest, errors: dict[str, str], *, status: int = 200) -> HttpResponse:
    context = {"nav": "your_signin", "called": request.POST.get("name", ""), "errors": errors}
    return desk_page(request, "desk/your_passkey.html", context, status=status)


def _question_page(request: HttpRequest, name: str) -> HttpResponse:
    if request.user.is_anonymous:
        return redirect("desk:signin")
    question, state = passkeys.ask_for_new(request.user, site=session.site(request))
    session.ask_passkey(request, state, at=timezone.now())
    context = {"nav": "your_signin", "called": name, "question": question}
    return desk_page(request, "desk/your_passkey.html", context)
