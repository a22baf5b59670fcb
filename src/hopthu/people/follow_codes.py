"""The secret that lets a sender follow a report, kept as Argon2id with a pepper.

The code is 15 random digits (50 bits), not a password that somebody thought up, so a small memory
cost is enough: with the pepper outside the database there is nothing to guess offline, and with it
10^15 tries of a millisecond are 30,000 years (docs/decisions).
"""

import hashlib
import hmac
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from django.conf import settings
from django.db.models import F

from hopthu.people.models import FollowCode

_HASHER = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1)
_DUMMY = _HASHER.hash("a code that nobody has")
FREE_TRIES = 5
LONGEST_WAIT = timedelta(minutes=15)


class Wait(Exception):
    """Too many wrong codes for this report: the next try counts from `until` on."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


def hash_code(code: str) -> str:
    """Outside of any transaction: this takes about a millisecond of the processor."""
    return _HASHER.hash(_peppered(code))


def keep(number: str, hashed: str) -> None:
    """In the transaction that makes the report."""
    FollowCode.objects.create(number=number, hash=hashed)


def check(number: str, code: str, *, at: datetime) -> bool:
    """Whether `code` opens report `number`; as slow for a number that does not exist.

    Raises `Wait` after several wrong codes for one number.
    """
    row = FollowCode.objects.filter(number=number).first()
    if row is not None and row.wait_until is not None and at < row.wait_until:
        raise Wait(row.wait_until)
    fits = _fits(row.hash if row else _DUMMY, code)
    if row is None:
        return False
    if fits:
        if row.failures:
            FollowCode.objects.filter(number=number).update(failures=0, wait_until=None)
        return True
    _count_failure(row, at)
    return False


def _fits(hashed: str, code: str) -> bool:
    try:
        return _HASHER.verify(hashed, _peppered(code))
    except VerifyMismatchError:
        return False


def _count_failure(row: FollowCode, at: datetime) -> None:
    failures = row.failures + 1
    wait = min(timedelta(seconds=2 ** (failures - FREE_TRIES)), LONGEST_WAIT)
    FollowCode.objects.filter(number=row.number).update(
        failures=F("failures") + 1,
        wait_until=at + wait if failures > FREE_TRIES else None,
    )


def _peppered(code: str) -> bytes:
    return hmac.new(settings.FOLLOW_CODE_PEPPER, code.encode(), hashlib.sha256).digest()
