"""The addresses in a letter to somebody who follows a thing: each does one thing to one row.

They are made of the row's random token and signed: who has the database alone makes none up.
"""

from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

CONFIRM, CHANGE, END = "confirm", "change", "end"
_VIEWS = {
    CONFIRM: "public:subscription_confirm",
    CHANGE: "public:subscription",
    END: "public:subscription_end",
}


class BadLink(Exception):
    """Not one of ours."""


def _maker(what: str) -> Callable[[UUID], str]:
    def make(token: UUID) -> str:
        return f"{settings.ADDRESS}{path(what, token)}"

    return make


confirm = _maker(CONFIRM)
change = _maker(CHANGE)
end = _maker(END)


def path(what: str, token: UUID) -> str:
    return reverse(_VIEWS[what], args=[_signer(what).sign(token.hex)])


def read(what: str, signed: str) -> UUID:
    """The token of the row. Raises `BadLink`."""
    try:
        return UUID(hex=_signer(what).unsign(signed))
    except (BadSignature, ValueError):
        raise BadLink from None


def _signer(what: str) -> Signer:
    return Signer(salt=f"hopthu.outbox.following.{what}")
