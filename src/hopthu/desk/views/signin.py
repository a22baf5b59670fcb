"""Coming in and going out: the password, and a second step for those who have set one up."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from hopthu.desk import session, throttle
from hopthu.desk.page import desk_page
from hopthu.people import second_step

FEW_CODES = 5
"""Recovery codes left, from which on it is said how many."""


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def signin(request: HttpRequest) -> HttpResponse:
    onwards = safe_next(request)
    if request.user.is_authenticated:
        return redirect(onwards)
    if request.method != "POST":
        return _page(request, onwards)
    username = request.POST.get("username", "")
    wait = throttle.begin(request, username)
    if wait:
        return _later(request, "desk/signin.html", onwards, wait)
    form = AuthenticationForm(request, data=request.POST)
    if not form.is_valid():
        return _page(request, onwards, {"wrong": True}, status=422)
    staff = form.get_user()
    throttle.password_fitted(request, username)
    if second_step.steps_of(staff.pk).any:
        session.await_second_step(request, staff, at=timezone.now())
        return redirect(_address("desk:signin_code", onwards))
    session.enter(request, staff, second_step=False)
    response = redirect(onwards)
    throttle.know(response, username)
    return response


@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def signin_code(request: HttpRequest) -> HttpResponse:
    """The second step; whoever takes too long begins with the password again."""
    onwards = safe_next(request)
    if request.user.is_authenticated:
        return redirect(onwards)
    now = timezone.now()
    coming = session.coming(request, at=now)
    if coming is None:
        return redirect(_address("desk:signin", onwards))
    if request.method != "POST":
        return _code_page(request, onwards)
    wait = throttle.begin_code(request, coming.username)
    if wait:
        return _later(request, "desk/signin_code.html", onwards, wait)
    try:
        second_step.take(coming.staff.pk, request.POST.get("code", ""), at=now)
    except second_step.WrongCode:
        return _code_page(request, onwards, {"wrong": True}, status=422)
    throttle.code_succeeded(request, coming.username)
    session.enter(request, coming.staff, second_step=True)
    _say_how_many_codes(request, coming.staff.pk)
    response = redirect(onwards)
    throttle.know(response, coming.username)
    return response


@require_POST
def signout(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("desk:signin")


def _say_how_many_codes(request: HttpRequest, staff_id: int) -> None:
    left = second_step.steps_of(staff_id).codes_left
    if left < FEW_CODES:
        text = ngettext(
            "You have %(count)s recovery code left. Under “Your sign-in” you get new ones.",
            "You have %(count)s recovery codes left. Under “Your sign-in” you get new ones.",
            left,
        )
        messages.warning(request, text % {"count": left})


def _address(view: str, onwards: str) -> str:
    return f"{reverse(view)}?{urlencode({'next': onwards})}"


def _later(request: HttpRequest, template: str, onwards: str, wait: int) -> HttpResponse:
    response = _shown(request, template, onwards, {"wait": wait}, status=429)
    response.headers["Retry-After"] = str(wait)
    return response


def _page(
    request: HttpRequest, onwards: str, said: dict[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """User name and password are never told apart: nobody learns which names exist."""
    return _shown(request, "desk/signin.html", onwards, said or {}, status=status)


def _code_page(
    request: HttpRequest, onwards: str, said: dict[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    return _shown(request, "desk/signin_code.html", onwards, said or {}, status=status)


def _shown(
    request: HttpRequest, template: str, onwards: str, said: dict[str, Any], *, status: int
) -> HttpResponse:
    context = {"next": onwards, "username": request.POST.get("username", ""), **said}
    response = desk_page(request, template, context, status=status)
    add_never_cache_headers(response)
    return response


def safe_next(request: HttpRequest) -> str:
    """Where somebody wanted to go, if that is a page of this desk."""
    desk = reverse("desk:queue")
    wanted = request.POST.get("next") or request.GET.get("next") or desk
    here = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if here and wanted.startswith(desk) else desk
