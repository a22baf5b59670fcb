"""How whoever sends a report may be reached: what is wrong with it, and how it is kept."""

from collections.abc import Iterator

from hopthu.core.mail_addresses import BadAddress
from hopthu.core.phone_numbers import BadPhone
from hopthu.core.sealing import Reachable
from hopthu.core.telephones import BadTelephone, parse_telephone
from hopthu.core.text import is_blank
from hopthu.people import contacts

Slip = tuple[str, str]
"""A field of the form, and the code of what is wrong with it (`intake.Problem`)."""


def contact_slips(*, email: str, phone: str, call_me: bool) -> Iterator[Slip]:
    yield from _email_slips(email)
    yield from phone_slips(phone, call_me=call_me)


def contact(email: str, language: str) -> Reachable | None:
    """Raises `BadAddress` and `BadPhone`."""
    return None if is_blank(email) else contacts.read(email, language)


def telephone(phone: str) -> str:
    """Raises `BadTelephone`."""
    return "" if is_blank(phone) else parse_telephone(phone)


def _email_slips(email: str) -> Iterator[Slip]:
    try:
        contact(email, "")
    except BadAddress as error:
        yield "email", f"email_{error.why}"
    except BadPhone:
        yield "email", "phone_unknown"


def phone_slips(phone: str, *, call_me: bool) -> Iterator[Slip]:
    """A number is kept to be called at, and for nothing else: without the tick it is not taken."""
    if is_blank(phone):
        if call_me:
            yield "phone", "phone_missing"
        return
    try:
        parse_telephone(phone)
    except BadTelephone as error:
        yield "phone", f"phone_{error.why}"
    if not call_me:
        yield "call_me", "call_me_missing"
