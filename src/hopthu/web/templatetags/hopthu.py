"""What every template may use; loaded everywhere, so `{% load %}` is never needed for it."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

from django import template
from django.http import QueryDict
from django.template.context import RequestContext
from django.template.loader import get_template, render_to_string
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from hopthu.core.codes import format_number
from hopthu.web import icons, words
from hopthu.web.kept import once

register = template.Library()

PANEL_ICONS = {"bad": "danger", "warning": "danger", "done": "check", "private": "lock"}
"""The icon of a panel by its kind; any other gets the letter `i`."""


@register.simple_tag
@cache
def icon(name: str, css: str = "") -> SafeString:
    """An icon that says nothing by itself: words stand beside it."""
    return format_html(
        '<svg class="icon {}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{}</svg>',
        css,
        mark_safe(icons.shapes(name)),  # noqa: S308 - our own file
    )


@register.simple_tag
@cache
def stamp(name: str, css: str = "") -> SafeString:
    """An icon on a postage stamp: how categories look everywhere."""
    return format_html('<span class="stamp {}">{}</span>', css, icon(name))


@register.simple_tag
def status_tag(status: str, outcome: str = "", css: str = "") -> SafeString:
    """The status of a report as the reader knows it."""
    look = words.status(status, outcome)
    return format_html(
        '<span class="tag tag-{} {}">{}{}</span>', look.tone, css, icon(look.icon), look.label
    )


@register.simple_block_tag
def panel(content: str, kind: str = "info", title: str = "", html_id: str = "") -> str:
    """A framed message: `info`, `done`, `warning`, `bad` or `private`."""
    values = {"kind": kind, "title": title, "html_id": html_id, "content": content}
    values["icon_name"] = PANEL_ICONS.get(kind, "info")
    return render_to_string("components/panel.html", values)


@register.simple_tag(takes_context=True)
def here(context: RequestContext, **changes: Any) -> str:
    """The address of this page with some of its query changed; an empty value leaves it out."""
    query: QueryDict = context["request"].GET.copy()
    for key, value in changes.items():
        query.pop(key, None)
        if value not in ("", None):
            query[key] = value
    return "?" + query.urlencode()


@register.simple_tag(takes_context=True)
def language_url(context: RequestContext, code: str) -> str:
    """Where the reader takes another language, and comes back to this page."""
    request = context.get("request")
    next_page = request.get_full_path() if request else "/"
    return f"/language/{code}?" + urlencode({"next": next_page})


@register.simple_tag(takes_context=True)
def kept(context: RequestContext, name: str, by_address: bool = False) -> SafeString:
    """A component that is the same for one city, language and part of the site (`nav`).

    `by_address`: it names the page that it stands on as well.
    """
    request = context.get("request")
    address = request.get_full_path() if request and by_address else ""
    key = (name, context.get("LANGUAGE_CODE"), context.get("nav"), address)

    def write() -> SafeString:
        written: SafeString = get_template(name).template.render(context)  # type: ignore[attr-defined]
        return written

    return once(context.get("city"), key, write)


@register.filter
def report_number(number: str) -> str:
    """`7KQ2M9XD` as people read it: `7KQ2-M9XD`."""
    return format_number(number)


@register.filter
def when(moment: datetime) -> SafeString:
    """A moment on the city's clock, for people and for machines."""
    local = timezone.localtime(moment)
    shown = gettext("%(date)s at %(time)s") % {
        "date": formats.date_format(local, "DATE_FORMAT"),
        "time": formats.time_format(local, "TIME_FORMAT"),
    }
    return _time(local.isoformat(timespec="minutes"), shown)


@register.filter
def day(moment: date | datetime) -> SafeString:
    """The day of a moment on the city's calendar."""
    if isinstance(moment, datetime):
        moment = timezone.localtime(moment).date()
    return _time(moment.isoformat(), formats.date_format(moment, "DATE_FORMAT"))


@register.filter
def get(mapping: Mapping[str, Any] | None, key: str) -> Any:
    """The value of a key that only the template knows; nothing where there is none."""
    return mapping.get(key, "") if mapping else ""


def _time(machine: str, shown: str) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', machine, shown)
