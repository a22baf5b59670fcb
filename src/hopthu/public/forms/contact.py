"""The address and the number that a sender may leave: on the form, and where it is followed.

Where texts go out, the field for the address takes a mobile number too: it stays one field.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from hopthu.core.telephones import MAX_TYPED
from hopthu.people import contacts, telephones
from hopthu.reports.actions.contacts import KEPT_FOR

if TYPE_CHECKING:
    from hopthu.reports.models import Report


@dataclass(frozen=True)
class Standing:
    """Whether there is an address, or a number; which one it is, the page does not know either."""

    kept: bool
    telephone: bool
    open: bool
    """One can be left: the report is not over."""


def of(report: "Report", *, at: datetime) -> Standing:
    over = report.closed_at is not None and report.closed_at + KEPT_FOR <= at
    return Standing(
        kept=contacts.exists(report.number),
        telephone=telephones.exists(report.number),
        open=contacts.is_offered() and not over,
    )


def context(email: str = "", phone: str = "", *, call_me: bool = False) -> dict[str, Any]:
    """For `new/email.html` and `new/telephone.html`."""
    texts = contacts.may_be_phone()
    label = (
        _("E-mail address or mobile number, to hear when something happens")
        if texts
        else _("E-mail address, to hear when something happens")
    )
    return {
        **_telephone(phone, call_me=call_me),
        "texts": texts,
        "email": email,
        "email_offered": bool(email) or contacts.is_offered(),
        "email_label": label,
        "email_hint": _hint(texts=texts),
        "email_type": "text" if texts else "email",
    }


def _hint(*, texts: bool) -> str:
    hint = _(
        "It is sealed: nobody in the city sees it, only the program that writes to you. If you "
        "lose your follow-up code, a new one can be sent there. It is deleted 30 days after "
        "your report is closed, or when you remove it."
    )
    consent = _("A number gets short texts (SMS) about this report, each with a link to end them.")
    return f"{hint} {consent}" if texts else hint


def _telephone(phone: str, *, call_me: bool) -> dict[str, Any]:
    return {
        "phone": phone,
        "call_me": call_me,
        "phone_length": MAX_TYPED,
        "phone_offered": bool(phone) or contacts.is_offered(),
        "phone_label": _("Telephone number, if a call may help"),
        "phone_hint": _(
            "It is sealed. Only an officer of the office in charge can have it opened, one report "
            "at a time, and each opening is published with its reason before they see it. It is "
            "deleted 30 days after your report is closed, or when you remove it."
        ),
        "call_me_label": _("You may call me about this report"),
    }
