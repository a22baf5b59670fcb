"""The title and the second line of each kind of event."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from hopthu.bodies.configuration import Configuration
from hopthu.core.codes import format_number
from hopthu.core.terms import Outcome, Step
from hopthu.web.words import ASKED_BY, CALL_REASONS, DECLINE_REASONS, HIDE_REASONS, Words

Data = Mapping[str, Any]

RECEIVED = "received"
PHOTO_PUBLISHED = "photo.published"
PHOTO_WITHHELD = "photo.withheld"
PHOTO_REPLACED = "photo.replaced"
CONTACT_OPENED = "contact.opened"

TITLES: Mapping[str, Words] = {
    RECEIVED: gettext_lazy("The report came in"),
    PHOTO_PUBLISHED: gettext_lazy("A photo was looked at and is shown"),
    PHOTO_WITHHELD: gettext_lazy("A photo is not shown"),
    PHOTO_REPLACED: gettext_lazy("A part of a photo was covered"),
    CONTACT_OPENED: gettext_lazy("The sender’s telephone number was opened, to call them"),
    Step.ASSIGN: gettext_lazy("Somebody there now looks after it"),
    Step.RECATEGORISE: gettext_lazy("The kind of problem was corrected"),
    Step.RELOCATE: gettext_lazy("The place was corrected"),
    Step.ACCEPT: gettext_lazy("An office has taken this on"),
    Step.START: gettext_lazy("Work has begun"),
    Step.ASK: gettext_lazy("The city asks the sender"),
    Step.REPLY: gettext_lazy("The sender replied"),
    Step.ANSWER: gettext_lazy("The city answers"),
    Step.UNMERGE: gettext_lazy("Taken apart again: it is followed by itself"),
    Step.REOPEN: gettext_lazy("Opened again"),
    Step.ADD_WORDS: gettext_lazy("The sender added something"),
    Step.SUPPORT: gettext_lazy("A neighbour has this too"),
    Step.CONFIRM: gettext_lazy("The sender says: yes, it is done"),
    Step.DISPUTE: gettext_lazy("The sender says: it is still not done"),
    Step.WITHDRAW: gettext_lazy("The sender took the report back"),
    Step.HIDE: gettext_lazy("Hidden from the public"),
    Step.SHOW: gettext_lazy("Shown to the public again"),
    Step.ASK_REVIEW: gettext_lazy("The sender asks for another look at why it is hidden"),
    Step.KEEP_HIDDEN: gettext_lazy("Looked at once more: it stays hidden"),
    Step.ERASE: gettext_lazy("Everything the sender had sent was deleted for good"),
}

ICONS: Mapping[str, str] = {
    RECEIVED: "mail",
    PHOTO_PUBLISHED: "camera",
    PHOTO_WITHHELD: "camera",
    PHOTO_REPLACED: "camera",
    CONTACT_OPENED: "phone",
    Step.ROUTE: "arrow-right",
    Step.ASSIGN: "person",
    Step.RECATEGORISE: "edit",
    Step.RELOCATE: "map-pin",
    Step.ACCEPT: "check",
    Step.START: "tools",
    Step.SCHEDULE: "calendar",
    Step.ASK: "question",
    Step.REPLY: "reply",
    Step.ANSWER: "speech",
    Step.RESOLVE: "check",
    Step.DECLINE: "cross",
    Step.REFER: "arrow-right",
    Step.MERGE: "merge",
    Step.UNMERGE: "merge",
    Step.EXTEND: "clock",
    Step.REOPEN: "reopen",
    Step.ADD_WORDS: "plus",
    Step.SUPPORT: "people",
    Step.CONFIRM: "check",
    Step.DISPUTE: "reopen",
    Step.WITHDRAW: "reply",
    Step.REDACT: "eye-off",
    Step.HIDE: "eye-off",
    Step.SHOW: "eye",
    Step.ASK_REVIEW: "question",
    Step.KEEP_HIDDEN: "eye-off",
    Step.ERASE: "trash",
}


def title(kind: str, data: Data, setup: Configuration) -> str:
    match kind:
        case Step.ROUTE:
            return _("Given to %(body)s") % {"body": _body(data, setup)}
        case Step.SCHEDULE:
            return _("To be done by %(day)s") % {"day": _day(data)}
        case Step.EXTEND:
            return _("The promised day was moved to %(day)s") % {"day": _day(data)}
        case Step.RESOLVE if data.get("outcome") == Outcome.ANSWERED:
            return pgettext("status", "Answered")
        case Step.RESOLVE:
            return pgettext("status", "Fixed")
        case Step.DECLINE:
            return pgettext("status", "Not done")
        case Step.REFER:
            return _("Passed on to %(recipient)s") % {"recipient": data.get("recipient", "")}
        case Step.MERGE:
            return _("Merged into report %(number)s") % {"number": format_number(data["into"])}
        case Step.REDACT:
            return _redacted(int(data.get("passages", 1)))
        case Step.ANSWER if data.get("judged"):
            return _("Looked at from outside the office: it stays closed, the sender disagrees")
        case Step.REOPEN if data.get("judged"):
            return _("Looked at from outside the office: opened again")
        case Step.DISPUTE if data.get("count", 1) > 1:
            return _("The sender says again: it is still not done")
    return str(TITLES[kind])


def note(kind: str, data: Data, setup: Configuration) -> str:
    """A second line; empty where the title says all."""
    match kind:
        case Step.RECATEGORISE if data.get("to") in setup.categories:
            now = _("It is now: %(kind)s.") % {"kind": setup.categories[data["to"]].name}
            return f"{now} {_taken_along(data, setup)}".strip()
        case Step.RELOCATE:
            return _taken_along(data, setup)
        case Step.DECLINE if data.get("reason") in DECLINE_REASONS:
            return f"{DECLINE_REASONS[data['reason']]}."
        case Step.ERASE | Step.REDACT if data.get("reason") in ASKED_BY:
            return str(ASKED_BY[data["reason"]])
        case Step.HIDE | "photo.withheld" if data.get("reason") in HIDE_REASONS:
            return f"{HIDE_REASONS[data['reason']]}. {_order(data)}".strip()
        case Step.KEEP_HIDDEN:
            return _review(data)
        case "contact.opened" if data.get("reason") in CALL_REASONS:
            return f"{CALL_REASONS[data['reason']]}."
        case Step.DISPUTE if data.get("count", 1) > 1:
            return _("Somebody outside the office looks at it now.")
        case Step.REFER if "date" in data:
            return _("Telephone: %(phone)s. The city asks there on %(day)s what became of it.") % {
                "phone": data.get("phone", ""),
                "day": _day(data),
            }
    return ""


def _order(data: Data) -> str:
    """Who ordered it and how to ask for that; empty where nobody did."""
    if "order" not in data:
        return ""
    told = _("By order of %(issuer)s, number %(number)s of %(day)s.") % {
        "issuer": data["issuer"],
        "number": data["order"],
        "day": _date(data["ordered"]),
    }
    return f"{told} {_review(data)}"


def _review(data: Data) -> str:
    if "review" not in data:
        return ""
    return _("To be looked at again on %(day)s.") % {"day": _date(data["review"])}


def _taken_along(data: Data, setup: Configuration) -> str:
    """A correction may take the report to another office on the way."""
    if "body" not in data:
        return ""
    return _("Given to %(body)s") % {"body": _body(data, setup)} + "."


def _redacted(count: int) -> str:
    return ngettext(
        "Some words were covered, at %(count)s place",
        "Some words were covered, at %(count)s places",
        count,
    ) % {"count": count}


def _day(data: Data) -> str:
    return _date(data["date"])


def _date(spelled: str) -> str:
    return formats.date_format(date.fromisoformat(spelled), "DATE_FORMAT")


def _body(data: Data, setup: Configuration) -> str:
    body = setup.bodies.get(data.get("body") or "")
    return str(body.name) if body else _("the dispatcher")
