"""Codes of an authenticator app: RFC 6238 with what every such app takes.

A secret of 160 bits and the time make six digits. A telephone's clock may be one step off, and a
code is taken once: whoever looked over a shoulder comes too late.
"""

import hmac
import unicodedata
from datetime import datetime
from typing import Final

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from hopthu.core.digits import ascii_digits

SECRET_BYTES: Final = 20
"""RFC 4226 §4, R6."""
DIGITS: Final = 6
STEP: Final = 30
"""Seconds (RFC 6238 §4.1)."""
SKEW: Final = 1
"""Steps before and after that are taken too (RFC 6238 §5.2)."""


def step_at(at: datetime) -> int:
    return int(at.timestamp()) // STEP


def code_of(secret: bytes, step: int) -> str:
    return _totp(secret).generate(step * STEP).decode()


def step_of(secret: bytes, code: str, *, at: datetime, after: int) -> int | None:
    """The step that `code` belongs to; None for a wrong one, and for any up to step `after`."""
    now = step_at(at)
    found = None
    for step in range(now - SKEW, now + SKEW + 1):
        if hmac.compare_digest(code_of(secret, step).encode(), code.encode()) and step > after:
            found = step
    return found


def app_address(secret: bytes, *, who: str, where: str) -> str:
    """What an authenticator app reads from a QR code: `otpauth://totp/…`, ASCII."""
    return _totp(secret).get_provisioning_uri(who, where)


def typed_code(text: str) -> str:
    """What was typed, without spaces and hyphens and in small letters; digits of any script."""
    shown = unicodedata.normalize("NFKC", text[:200]).casefold()
    return "".join(letter for letter in ascii_digits(shown) if letter.isalnum())


def _totp(secret: bytes) -> TOTP:
    return TOTP(secret, DIGITS, SHA1(), STEP)  # noqa: S303  what apps know; HMAC stands without collisions
