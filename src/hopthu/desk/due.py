"""Promises as officers read them: how long is left, in whole days of the city's calendar."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


@dataclass(frozen=True)
class Due:
    words: str
    tone: str
    """`late`, `soon` (today or tomorrow) or `later`."""
    at: datetime


def due(at: datetime, now: datetime) -> Due:
    days = (timezone.localdate(at) - timezone.localdate(now)).days
    if now > at:
        return Due(_late(at, -days), "late", at)
    if days == 0:
        return Due(_("today by %(time)s") % {"time": _time(at)}, "soon", at)
    if days == 1:
        return Due(_("tomorrow"), "soon", at)
    words = ngettext("in %(days)s day", "in %(days)s days", days) % {"days": days}
    return Due(words, "later", at)


def _late(at: datetime, days: int) -> str:
    if days == 0:
        return _("late since %(time)s") % {"time": _time(at)}
    return ngettext("%(days)s day late", "%(days)s days late", days) % {"days": days}


def _time(at: datetime) -> str:
    return formats.time_format(timezone.localtime(at), "TIME_FORMAT")
