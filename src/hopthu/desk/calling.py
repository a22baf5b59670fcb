"""Asking for a sender's telephone number: the form, and what its page is told meanwhile."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hopthu.care.openings.limits import OF_OFFICER
from hopthu.care.openings.queries import Standing
from hopthu.care.openings.refusals import Why
from hopthu.core.browser_seal import KEY_BYTES
from hopthu.core.encoding import NotBase64, decode64, encode64
from hopthu.core.limits import MAX_CALL_WORDS
from hopthu.core.terms import CallReason
from hopthu.core.text import TextTooLong, clean


@dataclass(frozen=True)
class Wish:
    """What the form says, and what is wrong with it."""

    reason: str
    words: str
    errors: dict[str, str]


def read(data: QueryDict) -> Wish:
    reason, words, errors = data.get("reason", ""), data.get("words", ""), {}
    if reason not in set(CallReason):
        errors["reason"] = _("Choose the reason for the call.")
    try:
        cleaned = clean(words, limit=MAX_CALL_WORDS)
    except TextTooLong as error:
        over = error.length - MAX_CALL_WORDS
        errors["words"] = ngettext(
            "Please say it with %(count)s character less.",
            "Please say it with %(count)s characters less.",
            over,
        ) % {"count": over}
    else:
        words = cleaned
        if not words:
            errors["words"] = _("Say why you need to call: the sender and everybody reads it.")
    return Wish(reason, words, errors)


def page_key(data: QueryDict) -> bytes:
    """What the page's script made; empty where it is none."""
    try:
        key = decode64(data.get("page_key", "")[:200])
    except NotBase64:
        return b""
    return key if len(key) == KEY_BYTES else b""


def told(standing: Standing) -> dict[str, Any]:
    """For the page's script: how it stands, and a sentence to show."""
    return {
        "state": standing.state,
        "message": _message(standing),
        "question": standing.question,
        "sealed": encode64(standing.sealed),
    }


def _message(standing: Standing) -> str:
    match standing.state:
        case "asked":
            return _("Your wish is being looked at.")
        case "silent":
            return _(
                "Nobody answers: it seems that “hopthu work” is not running. Please tell whoever "
                "looks after the mailbox. No number was opened."
            )
        case "question":
            return _("Your device asks for your finger, your face or a PIN.")
        case "answered":
            return _("Your passkey’s answer is being checked.")
        case "recorded":
            return _("The opening is being published. The number comes after that.")
        case "opened":
            return _("This is the number. It is on this page alone, until you leave it.")
        case "refused":
            return _refusal(standing.why, standing.until)
    return _("Ten minutes are over, and the wish is gone. Please begin again.")


def _refusal(why: Why | None, until: datetime | None) -> str:
    match why:
        case Why.NOT_IN_CHARGE:
            return _(
                "Another office has this report now, or you are not one of its officers. Only the "
                "office in charge may call."
            )
        case Why.TASK_NEW:
            words = _("Your task at this office is new in the public record, and opens no number")
        case Why.PASSKEY_NEW:
            words = _("Your passkey is new, and opens no number")
        case Why.OFFICER_LIMIT:
            words = _("You have opened %(count)s numbers within a day, and can open no more")
            words %= {"count": OF_OFFICER}
        case Why.CITY_LIMIT:
            words = _("So many numbers were opened today that no more can be")
        case _:
            return _plain(why)
    return f"{words} {_until(until)}"


def _plain(why: Why | None) -> str:
    match why:
        case Why.NO_PASSKEY:
            return _(
                "You have no passkey. Make one under “Your sign-in”; it opens numbers from the "
                "next day on."
            )
        case Why.NO_TELEPHONE:
            return _("The sender has taken the number back, or its time was over.")
        case Why.WRONG_ANSWER:
            return _("This was not signed by your passkey. No number was opened.")
        case Why.EXPIRED:
            return _("The question to your passkey was too old. Please begin again.")
        case Why.UNREADABLE:
            return _(
                "The number cannot be opened: the key that it was sealed to is not here. Please "
                "tell whoever looks after the mailbox."
            )
    return _("This could not be understood. Please begin again.")


def _until(until: datetime | None) -> str:
    if until is None:
        return _("yet. It takes a day after it was published.")
    local = timezone.localtime(until)
    return _("before %(date)s at %(time)s.") % {
        "date": formats.date_format(local, "DATE_FORMAT"),
        "time": formats.time_format(local, "TIME_FORMAT"),
    }
