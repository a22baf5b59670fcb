"""Coming in and going out."""

from django.contrib.auth import login, logout
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from hopthu.desk.page import desk_page


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def signin(request: HttpRequest) -> HttpResponse:
    onwards = _safe_next(request)
    if request.user.is_authenticated:
        return redirect(onwards)
    if request.method != "POST":
        return _page(request, onwards)
    form = AuthenticationForm(request, data=request.POST)
    if not form.is_valid():
        return _page(request, onwards, wrong=True)
    login(request, form.get_user())
    return redirect(onwards)


@require_POST
def signout(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("desk:signin")


def _page(request: HttpRequest, onwards: str, *, wrong: bool = False) -> HttpResponse:
    """User name and password are never told apart: nobody learns which names exist."""
    context = {"next": onwards, "wrong": wrong, "username": request.POST.get("username", "")}
    response = desk_page(request, "desk/signin.html", context, status=422 if wrong else 200)
    add_never_cache_headers(response)
    return response


def _safe_next(request: HttpRequest) -> str:
    """Where somebody wanted to go, if that is a page of this desk."""
    desk = reverse("desk:queue")
    wanted = request.POST.get("next") or request.GET.get("next") or desk
    here = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if here and wanted.startswith(desk) else desk
