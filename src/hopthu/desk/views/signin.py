"""Coming in and going out."""

from typing import Any

from django.contrib.auth import login, logout
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from hopthu.desk import throttle
from hopthu.desk.page import desk_page


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def signin(request: HttpRequest) -> HttpResponse:
    onwards = _safe_next(request)
    if request.user.is_authenticated:
        return redirect(onwards)
    if request.method != "POST":
        return _page(request, onwards)
    username = request.POST.get("username", "")
    wait = throttle.begin(request, username)
    if wait:
        return _later(request, onwards, wait)
    form = AuthenticationForm(request, data=request.POST)
    if not form.is_valid():
        return _page(request, onwards, {"wrong": True}, status=422)
    login(request, form.get_user())
    response = redirect(onwards)
    throttle.succeeded(request, username, response)
    return response


@require_POST
def signout(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("desk:signin")


def _later(request: HttpRequest, onwards: str, wait: int) -> HttpResponse:
    response = _page(request, onwards, {"wait": wait}, status=429)
    response.headers["Retry-After"] = str(wait)
    return response


def _page(
    request: HttpRequest, onwards: str, said: dict[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """User name and password are never told apart: nobody learns which names exist."""
    context = {"next": onwards, "username": request.POST.get("username", ""), **(said or {})}
    response = desk_page(request, "desk/signin.html", context, status=status)
    add_never_cache_headers(response)
    return response


def _safe_next(request: HttpRequest) -> str:
    """Where somebody wanted to go, if that is a page of this desk."""
    desk = reverse("desk:queue")
    wanted = request.POST.get("next") or request.GET.get("next") or desk
    here = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if here and wanted.startswith(desk) else desk
