"""Passkeys: keys that never leave a phone or a computer, and sign for a finger or a PIN (WebAuthn).

Signing in with one is both steps at once. Each new one is an entry of the public record, without a
name, that tells which key it is and from when on it may open a contact: a day later, so that
whoever took over a sign-in does not get at contacts before somebody can see the entry.

A question is made here, kept by the caller (in the session) and given back with the answer.

NotAnswered   what came back is no answer to the question, or of no passkey of ours
"""

import hashlib
import hmac
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import QuerySet
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from hopthu.core.commitments import SALT_BYTES, Opening
from hopthu.core.encoding import decode64, encode64
from hopthu.core.entries import city_entry, hour
from hopthu.people.actions import STAFF_SLOT
from hopthu.people.models import Passkey, Staff
from hopthu.people.second_step import key_for
from hopthu.record.actions import append

WAIT: Final = timedelta(hours=24)
"""Until a new one may open a contact; then up to the full hour, as the record tells hours."""
MOST: Final = 20
"""Passkeys of one person."""
MAX_NAME: Final = 60
_VERIFIED: Final = UserVerificationRequirement.REQUIRED

Question = dict[str, Any]
State = dict[str, Any]
Answer = Mapping[str, Any]


class NotAnswered(Exception):
    """Not signed by a passkey of ours, for this question and this place."""


@dataclass(frozen=True)
class Site:
    """Where passkeys are for: they answer to nobody else."""

    host: str
    """Without a port, as `mailbox.example` or `localhost`."""
    name: str

    def server(self) -> Fido2Server:
        rp = PublicKeyCredentialRpEntity(id=self.host, name=self.name)
        return Fido2Server(rp, verify_origin=self._is_here)

    def _is_here(self, origin: str) -> bool:
        """Not a name below ours either: that may be somebody else's page."""
        parts = urlsplit(origin)
        return parts.hostname == self.host and (parts.scheme == "https" or self.host == "localhost")


def of(staff_id: int) -> QuerySet[Passkey]:
    return Passkey.objects.filter(staff_id=staff_id).order_by("added_at", "pk")


def ask_for_new(staff: Staff, *, site: Site) -> tuple[Question, State]:
    """For a passkey that the device can find by itself; not one more on the same device."""
    user = PublicKeyCredentialUserEntity(
        id=_handle(staff.pk), name=staff.username, display_name=staff.name
    )
    options, state = site.server().register_begin(
        user,
        [_data(one) for one in of(staff.pk)],
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=_VERIFIED,
    )
    return dict(options), dict(state)


@transaction.atomic
def add(
    staff: Staff, state: State, answer: Answer, *, name: str, site: Site, at: datetime
) -> Passkey:
    """Keep a new one, and tell the record. Raises `NotAnswered`."""
    try:
        made = site.server().register_complete(state, answer).credential_data
    except Exception as error:  # bytes from outside, and the library raises what comes of them
        raise NotAnswered from error
    if made is None or of(staff.pk).count() >= MOST:
        raise NotAnswered
    passkey, fresh = Passkey.objects.get_or_create(
        credential_id=made.credential_id,
        defaults={
            "staff": staff,
            "name": name[:MAX_NAME],
            "credential": bytes(made),
            "salt": encode64(os.urandom(SALT_BYTES)),
            "added_at": at,
            "opens_from": _full_hour(at + WAIT),
        },
    )
    if not fresh:
        raise NotAnswered
    append(_entry(passkey))
    return passkey


def ask_to_sign_in(*, site: Site) -> tuple[Question, State]:
    """Of anybody: who it is, the passkey tells."""
    options, state = site.server().authenticate_begin(user_verification=_VERIFIED)
    return dict(options), dict(state)


@transaction.atomic
def signed_in(state: State, answer: Answer, *, site: Site) -> Staff:
    """Whose passkey answered. Raises `NotAnswered`."""
    try:
        response = AuthenticationResponse.from_dict(answer)
        asked_for, counter = response.raw_id, response.response.authenticator_data.counter
    except Exception as error:  # as above
        raise NotAnswered from error
    found = Passkey.objects.select_related("staff").filter(credential_id=asked_for)
    passkey = found.filter(staff__is_active=True).first()
    if passkey is None:
        raise NotAnswered
    try:
        site.server().authenticate_complete(state, [_data(passkey)], response)
    except Exception as error:  # as above
        raise NotAnswered from error
    _count(passkey, counter)
    return passkey.staff


def ask_to_open(own: Sequence[Passkey], *, challenge: bytes, site: Site) -> tuple[Question, State]:
    """Of one of these, for the one thing that the challenge stands for (`care.openings`)."""
    options, state = site.server().authenticate_begin(
        [_data(one) for one in own], user_verification=_VERIFIED, challenge=challenge
    )
    return dict(options), dict(state)


@transaction.atomic
def prove(own: Sequence[Passkey], state: State, answer: Answer, *, site: Site) -> None:
    """That one of these answered. Raises `NotAnswered`."""
    try:
        response = AuthenticationResponse.from_dict(answer)
        asked_for, counter = response.raw_id, response.response.authenticator_data.counter
        passkey = next(one for one in own if bytes(one.credential_id) == asked_for)
        site.server().authenticate_complete(state, [_data(passkey)], response)
    except Exception as error:  # as above
        raise NotAnswered from error
    _count(passkey, counter)


def fingerprint(passkey: Passkey) -> str:
    """Of the key itself, as its entry tells it."""
    return hashlib.sha256(bytes(passkey.credential)).hexdigest()


def remove(staff_id: int, passkey_id: int) -> bool:
    """False if there is no such passkey of theirs."""
    return of(staff_id).filter(pk=passkey_id).delete()[0] > 0


def _count(passkey: Passkey, counter: int) -> None:
    """A counter that did not go up is a copy's (WebAuthn §6.1.1); phones that share keys send 0.

    Raises `NotAnswered`.
    """
    if counter == 0 and passkey.counter == 0:
        return
    earlier = Passkey.objects.filter(pk=passkey.pk, counter__lt=counter)
    if not earlier.update(counter=counter):
        raise NotAnswered


def _handle(staff_id: int) -> bytes:
    """By this a device tells people apart; it tells nothing of who they are."""
    return hmac.new(key_for("passkey"), str(staff_id).encode(), hashlib.sha256).digest()


def _data(passkey: Passkey) -> AttestedCredentialData:
    return AttestedCredentialData(bytes(passkey.credential))


def _full_hour(at: datetime) -> datetime:
    """The next one, or this moment if it is one."""
    return (at + timedelta(hours=1, microseconds=-1)).replace(minute=0, second=0, microsecond=0)


def _entry(passkey: Passkey) -> bytes:
    """Which key, and from when on it may open contacts; whose it is, is committed to only."""
    return city_entry(
        "staff.changed",
        at=passkey.added_at,
        told={
            "change": "passkey",
            "key": fingerprint(passkey),
            "opens_from": hour(passkey.opens_from),
        },
        openings={STAFF_SLOT: Opening(passkey.staff.username, decode64(passkey.salt))},
    )
