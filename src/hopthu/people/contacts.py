"""How to reach whoever sent a report, if they want that: sealed, one row a report.

The web process writes these rows and cannot read them; `hopthu work` alone opens one, to send a
letter. Nobody of the staff sees an address, or whether there is one.
"""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from pyrage.x25519 import Identity

from hopthu.core import sealing
from hopthu.core.mail_addresses import parse_address
from hopthu.core.phone_numbers import parse_phone
from hopthu.core.sealing import Reachable
from hopthu.core.terms import Channel
from hopthu.people import seal_keys
from hopthu.people.models import Contact, Invitation


def is_offered() -> bool:
    """Whether an address can be taken in here."""
    try:
        seal_keys.recipients()
    except seal_keys.NoSeal:
        return False
    return True


def may_be_phone() -> bool:
    """Whether a mobile number is taken in the place of an address: where a gateway sends texts."""
    return settings.SMS_GATEWAY is not None


def read(typed: str, language: str) -> Reachable:
    """What somebody typed. Raises `BadAddress`, and `BadPhone` where that would do as well."""
    if settings.SMS_GATEWAY is None or "@" in typed:
        return Reachable(parse_address(typed), language)
    return Reachable("", language, parse_phone(typed, country=settings.SMS_GATEWAY.country))


@dataclass(frozen=True)
class Sealed:
    channel: Channel
    blob: bytes


def seal(who: Reachable, *, number: str) -> Sealed:
    """Outside of any transaction: it reads a file. Raises `seal_keys.NoSeal`."""
    blob = sealing.seal(who, number=number, recipients=seal_keys.recipients())
    return Sealed(who.channel, blob)


def keep(number: str, sealed: Sealed) -> bool:
    """Keep it for report `number`; True if that is in the place of what was kept before."""
    kept = {"channel": sealed.channel, "sealed": sealed.blob}
    _, fresh = Contact.objects.update_or_create(number=number, defaults=kept)
    return not fresh


def exists(number: str) -> bool:
    return Contact.objects.filter(number=number).exists()


def forget(*, number: str) -> bool:
    """Delete it, and every letter that waits for it; False if there was none."""
    return Contact.objects.filter(number=number).delete()[0] > 0


def reach(contact: Contact, identities: Sequence[Identity]) -> Reachable:
    """In `hopthu work`. Raises `core.sealing.Unreadable` and `ForAnother`."""
    return sealing.open_sealed(bytes(contact.sealed), number=contact.number, identities=identities)


def secret(contact: Contact | Invitation, name: str, identities: Sequence[Identity]) -> bytes:
    """32 bytes of that name, for this address alone; nobody works them out without the key."""
    parts = b"hopthu secret\0" + name.encode() + b"\0" + bytes(contact.sealed)
    return hmac.digest(str(identities[0]).encode(), parts, "sha256")
