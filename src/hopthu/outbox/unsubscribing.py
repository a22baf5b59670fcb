"""One click that ends all letters (RFC 8058), or texts: an address that nobody can make up.

Its signature is cut to 96 bits: a text has little room.
"""

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from hopthu.outbox.following import links
from hopthu.outbox.models import Delivery
from hopthu.people.models import Contact

_SALT = "hopthu.outbox.unsubscribe"
_LENGTH = 16


class BadToken(Exception):
    """Not one of ours."""


class _Signer(Signer):
    def signature(self, value: str | bytes, key: str | bytes | None = None) -> str:
        return super().signature(value, key)[:_LENGTH]


def end_link(delivery: Delivery) -> str:
    """What `List-Unsubscribe` of this letter names; empty for the one letter of an invitation."""
    if delivery.invitation is not None:
        return ""
    if delivery.subscription is not None:
        return links.end(delivery.subscription.token)
    if delivery.contact is None:
        raise BadToken("a letter to nobody")
    return link(delivery.contact)


def link(contact: Contact) -> str:
    """It names a row, and neither the report nor the address."""
    token = _Signer(salt=_SALT).sign(str(contact.pk))
    return f"{settings.ADDRESS}{reverse('public:unsubscribe', args=[token])}"


def check(token: str) -> int:
    """The id of the contact. Raises `BadToken`."""
    try:
        return int(_Signer(salt=_SALT).unsign(token))
    except (BadSignature, ValueError):
        raise BadToken from None


def unsubscribe(token: str) -> None:
    """Forget the contact. One that is gone already is well. Raises `BadToken`."""
    Contact.objects.filter(pk=check(token)).delete()
