"""The second step of a sign-in: a code of an app, or one of the recovery codes on paper.

A passkey (`people.passkeys`) is both steps at once; whoever has one has recovery codes too.

The app's secret is encrypted, and recovery codes are hashed, with keys that are made of the web
process's `secret_key`: whoever has the database alone can make no code.

WrongCode   the code does not fit, or was used before
"""

import hashlib
import hmac
import logging
import os
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import transaction
from django.db.models import F

from hopthu.core import one_time_codes
from hopthu.people import sign_ins
from hopthu.people.models import AuthenticatorApp, Passkey, RecoveryCode, Staff
from hopthu.people.passwords import new_password

RECOVERY_CODES: Final = 10
_NONCE: Final = 12
log = logging.getLogger("hopthu.people")


class WrongCode(Exception):
    """Not the code of this half minute, nor an unused one from the paper."""


@dataclass(frozen=True)
class Steps:
    """What somebody can sign in with beside the password."""

    app: bool
    passkeys: int
    codes_left: int

    @property
    def any(self) -> bool:
        return self.app or self.passkeys > 0


def steps_of(staff_id: int) -> Steps:
    return Steps(
        app=AuthenticatorApp.objects.filter(staff_id=staff_id).exists(),
        passkeys=Passkey.objects.filter(staff_id=staff_id).count(),
        codes_left=RecoveryCode.objects.filter(staff_id=staff_id).count(),
    )


def new_secret() -> bytes:
    return os.urandom(one_time_codes.SECRET_BYTES)


@transaction.atomic
def set_up_app(staff_id: int, secret: bytes, code: str, *, at: datetime) -> list[str]:
    """Keep the app that has `secret`, in the place of any before; gives new recovery codes.

    `code` shows that the app is really there. Everybody else who is signed in as `staff_id` is
    signed out. Raises `WrongCode`.
    """
    step = one_time_codes.step_of(secret, one_time_codes.typed_code(code), at=at, after=0)
    if step is None:
        raise WrongCode
    AuthenticatorApp.objects.update_or_create(
        staff_id=staff_id, defaults={"secret": _encrypted(secret, staff_id), "last_step": step}
    )
    end_sessions(staff_id)
    return new_recovery_codes(staff_id)


@transaction.atomic
def new_recovery_codes(staff_id: int) -> list[str]:
    """Ten new ones; those before open nothing any more."""
    codes = [new_password() for _ in range(RECOVERY_CODES)]
    RecoveryCode.objects.filter(staff_id=staff_id).delete()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(staff_id=staff_id, hash=_hash(one_time_codes.typed_code(code), staff_id))
        for code in codes
    )
    return codes


def take(staff_id: int, code: str, *, at: datetime) -> None:
    """Take `code` as the second step; it fits once. Raises `WrongCode`."""
    typed = one_time_codes.typed_code(code)
    if typed.isdecimal():
        fits = _take_app_code(staff_id, typed, at)
    else:
        fits = _take_recovery_code(staff_id, typed)
    if not fits:
        raise WrongCode


@transaction.atomic
def forget(staff_id: int) -> None:
    """The password alone signs in again. Whoever is signed in as `staff_id` is signed out."""
    for kind in (AuthenticatorApp, Passkey, RecoveryCode):
        kind.objects.filter(staff_id=staff_id).delete()
    end_sessions(staff_id)


def end_sessions(staff_id: int) -> None:
    Staff.objects.filter(pk=staff_id).update(series=F("series") + 1)
    sign_ins.end_all(staff_id)


def _take_app_code(staff_id: int, typed: str, at: datetime) -> bool:
    app = AuthenticatorApp.objects.filter(staff_id=staff_id).first()
    if app is None:
        return False
    try:
        secret = _decrypted(bytes(app.secret), staff_id)
    except InvalidTag:
        log.error("the second steps of staff were kept with another keys/web/secret_key")
        return False
    step = one_time_codes.step_of(secret, typed, at=at, after=app.last_step)
    # Of two at once with the same code one is first.
    unused = AuthenticatorApp.objects.filter(staff_id=staff_id, last_step__lt=step or 0)
    return step is not None and unused.update(last_step=step) == 1


def _take_recovery_code(staff_id: int, typed: str) -> bool:
    rows = RecoveryCode.objects.filter(staff_id=staff_id, hash=_hash(typed, staff_id))
    return rows.delete()[0] == 1


def _encrypted(secret: bytes, staff_id: int) -> bytes:
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(key_for("app")).encrypt(nonce, secret, str(staff_id).encode())


def _decrypted(kept: bytes, staff_id: int) -> bytes:
    """Raises `InvalidTag`: the key is another, or the row was somebody else's."""
    return AESGCM(key_for("app")).decrypt(kept[:_NONCE], kept[_NONCE:], str(staff_id).encode())


def _hash(typed: str, staff_id: int) -> str:
    return hmac.new(key_for("recovery"), f"{staff_id}:{typed}".encode(), hashlib.sha256).hexdigest()


def key_for(purpose: str) -> bytes:
    """A key of the web process for one purpose."""
    message = f"hopthu.people.second_step.{purpose}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), message, hashlib.sha256).digest()
