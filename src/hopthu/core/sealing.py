"""Contact details, sealed: whoever has the database and the web's files reads none of them.

Encrypted with age (age-encryption.org/v1) to several X25519 recipients: the key of `hopthu work`,
and a recovery key that is kept on paper. What is sealed holds the number of its report, so that a
blob moved to another report is noticed; and it is filled up to one length, so that the size of a
blob tells nothing. The stock tool reads it: `age -d -i recovery-key.txt blob`.

BadRecipient   not the public half of such a key
BadIdentity    not such a key
Unreadable     sealed to other keys, or damaged
ForAnother     sealed for another report than the one that it is kept with
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass

import pyrage
from pyrage.x25519 import Identity, Recipient

from hopthu.core.terms import Channel

LENGTH = 512
"""Bytes of every plaintext: an address has 254 at most."""


class SealError(Exception):
    """The root of what can go wrong with a seal; none of them holds what is sealed."""


class BadRecipient(SealError):
    pass


class BadIdentity(SealError):
    pass


class Unreadable(SealError):
    pass


class ForAnother(SealError):
    pass


@dataclass(frozen=True)
class Reachable:
    """How somebody who sent a report wants to hear of it."""

    email: str
    language: str
    phone: str = ""
    """A mobile number, where there is no e-mail address."""

    @property
    def channel(self) -> Channel:
        return Channel.SMS if self.phone else Channel.EMAIL

    def __repr__(self) -> str:
        """Without anything in it: errors and logs show what they are given."""
        return "Reachable(…)"


def seal(who: Reachable, *, number: str, recipients: Sequence[Recipient]) -> bytes:
    """`who`, sealed to all of `recipients`: any one of their keys opens it."""
    told = {"email": who.email, "phone": who.phone, "language": who.language}
    return _seal(number, told, recipients)


def open_sealed(blob: bytes, *, number: str, identities: Sequence[Identity]) -> Reachable:
    """Raises `Unreadable`, `ForAnother`."""
    told = _open(blob, number, identities)
    try:
        return Reachable(told["email"], told["language"], told.get("phone", ""))
    except KeyError:
        raise Unreadable("it holds something else") from None


def seal_telephone(telephone: str, *, number: str, recipients: Sequence[Recipient]) -> bytes:
    """Of somebody who said that they may be called: that stands in the seal too."""
    return _seal(number, {"telephone": telephone, "may_call": "yes"}, recipients)


def open_telephone(blob: bytes, *, number: str, identities: Sequence[Identity]) -> str:
    """Raises `Unreadable`, `ForAnother`."""
    told = _open(blob, number, identities)
    if told.get("may_call") != "yes" or "telephone" not in told:
        raise Unreadable("it holds something else")
    return told["telephone"]


def _seal(number: str, told: dict[str, str], recipients: Sequence[Recipient]) -> bytes:
    plain = json.dumps({"report": number, **told}, ensure_ascii=False).encode()
    return pyrage.encrypt(plain.ljust(LENGTH), list(recipients))


def _open(blob: bytes, number: str, identities: Sequence[Identity]) -> dict[str, str]:
    """Raises `Unreadable`, `ForAnother`."""
    try:
        told: dict[str, str] = json.loads(pyrage.decrypt(blob, list(identities)))
        sealed_for = told["report"]
    except (pyrage.DecryptError, ValueError, KeyError, TypeError):
        raise Unreadable("sealed to another key, or damaged") from None
    if sealed_for != number:
        raise ForAnother("sealed for another report")
    return told


def new_identity() -> Identity:
    return Identity.generate()


def read_recipients(text: str) -> list[Recipient]:
    """One a line. Raises `BadRecipient`, also where there is none."""
    try:
        found = [Recipient.from_str(line) for line in _lines(text)]
    except pyrage.RecipientError:
        raise BadRecipient("not the public half of an age key (age1…)") from None
    if not found:
        raise BadRecipient("no recipient in it")
    return found


def read_identities(text: str) -> list[Identity]:
    """One a line. Raises `BadIdentity`, also where there is none."""
    try:
        found = [Identity.from_str(line) for line in _lines(text)]
    except pyrage.IdentityError:
        raise BadIdentity("not an age key (AGE-SECRET-KEY-1…)") from None
    if not found:
        raise BadIdentity("no key in it")
    return found


def _lines(text: str) -> list[str]:
    """As in the files of `age-keygen`: blank lines and comments say nothing."""
    return [line.strip() for line in text.splitlines() if line.strip() and line.strip()[0] != "#"]
