"""Number and code in, a signed cookie for that one report out."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hopthu.core.codes import BadFollowCode, BadNumber, parse_follow_code, parse_number
from hopthu.people import follow_codes
from hopthu.public.forms.problems import Problem, Problems
from hopthu.web import cookies

COOKIE = cookies.narrow("follow")
SALT = "hopthu.public.follow"
LIFE = timedelta(hours=12)
PATH = "/follow"


def read(data: QueryDict) -> tuple[str, str]:
    """Report number and follow-up code as they were typed. Raises Problems.

    What is told here can be seen from what was typed alone: it says nothing about any report.
    """
    problems: list[Problem] = []
    number = code = ""
    try:
        number = read_number(data)
    except Problems as error:
        problems += error.problems
    try:
        code = parse_follow_code(data.get("code", ""))
    except BadFollowCode as error:
        problems.append(Problem("code", code_words(error.why)))
    if problems:
        raise Problems(problems)
    return number, code


def read_number(data: QueryDict, *, field: str = "number") -> str:
    """Raises Problems; told beside `field`."""
    try:
        return parse_number(data.get("number", ""))
    except BadNumber:
        message = _("A report number has 8 letters and digits, as in 7KQ2-M9XD.")
        raise Problems([Problem(field, message)]) from None


def code_words(why: str) -> str:
    if why == "check_digit":
        return _("There is a slip in this code: one digit is wrong, or two changed places.")
    return _("A follow-up code has 16 digits in four groups, as in 1234 5678 9012 3456.")


def no_match() -> Problem:
    """One answer for a wrong number and for a wrong code."""
    return Problem("code", _("This number and this code do not belong together. Look again."))


def wait_words(wait: timedelta) -> str:
    seconds = max(1, round(wait.total_seconds()))
    if seconds < 60:
        return ngettext(
            "Too many wrong codes for this report. Please try again in %(count)s second.",
            "Too many wrong codes for this report. Please try again in %(count)s seconds.",
            seconds,
        ) % {"count": seconds}
    minutes = -(-seconds // 60)
    return ngettext(
        "Too many wrong codes for this report. Please try again in %(count)s minute.",
        "Too many wrong codes for this report. Please try again in %(count)s minutes.",
        minutes,
    ) % {"count": minutes}


def network_words(seconds: int) -> str:
    return ngettext(
        "Too many wrong codes from your network. Please try again in %(count)s second.",
        "Too many wrong codes from your network. Please try again in %(count)s seconds.",
        seconds,
    ) % {"count": seconds}


def asked_words(seconds: int) -> str:
    minutes = -(-seconds // 60)
    return ngettext(
        "Many new codes were asked for from your network. Please try again in %(count)s minute.",
        "Many new codes were asked for from your network. Please try again in %(count)s minutes.",
        minutes,
    ) % {"count": minutes}


def remember(response: HttpResponse, number: str) -> None:
    """Let this browser read that one report, for a while, and until there is a new code."""
    response.set_signed_cookie(
        COOKIE,
        f"{number}.{follow_codes.mark(number)}",
        salt=SALT,
        max_age=LIFE,
        path=PATH,
        httponly=True,
        samesite="Strict",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def forget(response: HttpResponse) -> None:
    response.delete_cookie(COOKIE, path=PATH, samesite="Strict")


def remembered(request: HttpRequest) -> str | None:
    """The number of the report that this browser may read.

    None when the time is over, or when a new code took the place of the one that was typed here.
    """
    kept: str | None = request.get_signed_cookie(COOKIE, None, salt=SALT, max_age=LIFE)
    number, _dot, mark = (kept or "").partition(".")
    return number if mark and mark == follow_codes.mark(number) else None
