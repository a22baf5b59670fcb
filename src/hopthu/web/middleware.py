"""What happens around every request.

Public pages carry no session and no sign-in: nothing there tells one reader from another. The
desk alone pays for sessions, form tokens and authentication.
"""

from collections.abc import Awaitable, Callable
from datetime import tzinfo
from typing import Any
from urllib.parse import urlsplit

from csp.constants import HEADER
from csp.utils import build_policy
from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.middleware.csrf import CsrfViewMiddleware
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.deprecation import MiddlewareMixin

from hopthu.bodies.queries import NoCity, configuration, one_setup
from hopthu.web import cookies
from hopthu.web.refusals import foreign_form, no_city

Next = Callable[[HttpRequest], HttpResponseBase]
DESK = "/desk/"
PHOTOS = "/photos/"
FILES = ("/map/", PHOTOS)
"""Files show no time: to give one out, the set-up is not read."""
LANGUAGE_COOKIE = cookies.host("lang")
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class PolicyMiddleware:
    """What a page may load and do, and who may load it: one policy for all, written out once.

    django-csp's own middleware writes it for every answer, for policies that change.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response
        self._policy = build_policy()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers[HEADER] = self._policy
        response.headers["Permissions-Policy"] = settings.PERMISSIONS_POLICY
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class PhotoHostMiddleware:
    """Photos of residents from a host of their own, which has nothing else and is sent no cookie.

    So that whatever a file could do in a browser, it does nothing to a page of the mailbox.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response
        self._host = urlsplit(settings.PHOTO_ADDRESS).netloc
        if not self._host:
            raise MiddlewareNotUsed

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        is_photo = request.path_info.startswith(PHOTOS)
        if request.get_host() != self._host:
            if is_photo and request.method in SAFE_METHODS:
                return HttpResponseRedirect(settings.PHOTO_ADDRESS + request.get_full_path())
            return self.get_response(request)
        if not is_photo:
            return HttpResponse("photos only\n", status=404, content_type="text/plain")
        response = self.get_response(request)
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response


class LanguageMiddleware:
    """The language that the reader chose, or else that of the telephone, or else Vietnamese."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        language = reader_language(request)
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response


def reader_language(request: HttpRequest) -> str:
    chosen = request.COOKIES.get(LANGUAGE_COOKIE)
    languages = [code for code, _ in settings.LANGUAGES]
    if chosen in languages:
        return chosen
    accepted = request.headers.get("Accept-Language", "")
    for part in accepted.split(",")[:10]:
        code = part.split(";")[0].strip().lower().split("-")[0]
        if code in languages:
            return code
    return settings.LANGUAGE_CODE


class SetupMiddleware:
    """Reads the city's set-up once for each request, and shows every time on the city's clock."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with one_setup(), timezone.override(_city_clock(request)):
            return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponseBase | None:
        """A page that needs a city, where there is none yet."""
        return no_city(request) if isinstance(exception, NoCity) else None


def _city_clock(request: HttpRequest) -> tzinfo | None:
    if request.path_info.startswith(FILES):
        return None
    try:
        return configuration().calendar.tz
    except NoCity:
        return None


class SameOriginMiddleware:
    """Refuses a form that another site sends here (browsers say where a form comes from).

    And one that is sent to a name that is not ours: its answer would need our address, and could
    only fail once the report is taken in.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in SAFE_METHODS:
            request.get_host()  # raises DisallowedHost, which is answered with 400
            if _is_foreign(request):
                return foreign_form(request)
        return self.get_response(request)


def _is_foreign(request: HttpRequest) -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is not None and urlsplit(origin).netloc != request.get_host()


class _DeskOnly(MiddlewareMixin):
    """A middleware of Django's that public pages do without."""

    def __call__(self, request: HttpRequest) -> HttpResponseBase | Awaitable[HttpResponseBase]:
        if not request.path_info.startswith(DESK):
            return self.get_response(request)
        return super().__call__(request)


class DeskSessionMiddleware(_DeskOnly, SessionMiddleware):
    def process_request(self, request: HttpRequest) -> None:
        """A cookie that is no key of ours opens nothing, and is not looked for.

        A cookie can spell signs, such as NUL, that not every database may be asked for.
        """
        key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
        if not (key.isascii() and key.isalnum()):
            request.COOKIES.pop(settings.SESSION_COOKIE_NAME, None)
        super().process_request(request)


class DeskCsrfMiddleware(_DeskOnly, CsrfViewMiddleware):
    def process_view(self, request: HttpRequest, *args: Any) -> Any:
        if not request.path_info.startswith(DESK):
            return None
        return super().process_view(request, *args)


class DeskAuthenticationMiddleware(_DeskOnly, AuthenticationMiddleware):
    pass


class DeskMessageMiddleware(_DeskOnly, MessageMiddleware):
    pass
