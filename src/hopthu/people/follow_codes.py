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
from django.db.models import Q

from hopthu.people.models import FollowCode, FollowTries

_HASHER = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1)
_DUMMY = _HASHER.hash("a code that nobody has")
FREE_TRIES = 5
LONGEST_WAIT = timedelta(seconds=30)
"""Short: everybody knows a report's number, and nobody may lock its sender out with wrong codes."""
SLOTS = 65_536


class Wait(Exception):
    """Too many wrong codes for this number: the next try counts from `until` on."""

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
    """Whether `code` opens report `number`.

    A number that does not exist takes the same work, and the same waiting, as a wrong code.
    Raises `Wait` after several wrong codes for one number.
    """
    slot = _slot(number)
    tries = FollowTries.objects.filter(slot=slot).first()
    if tries is not None and tries.wait_until is not None and at < tries.wait_until:
        raise Wait(tries.wait_until)
    row = FollowCode.objects.filter(number=number).first()
    if _fits(row.hash if row else _DUMMY, code):
        if tries is not None:
            tries.delete()
        return True
    _count_failure(slot, tries, at)
    return False


def forget_tries(*, before: datetime) -> int:
    """Forget wrong codes whose wait was over before then, and those that brought none yet."""
    over = Q(wait_until__lt=before) | Q(wait_until=None)
    return FollowTries.objects.filter(over).delete()[0]


def _fits(hashed: str, code: str) -> bool:
    try:
        return _HASHER.verify(hashed, _peppered(code))
    except VerifyMismatchError:
        return False


def _count_failure(slot: int, tries: FollowTries | None, at: datetime) -> None:
    failures = tries.failures + 1 if tries else 1
    wait = min(timedelta(seconds=2 ** min(failures - FREE_TRIES, 10)), LONGEST_WAIT)
    FollowTries.objects.update_or_create(
        slot=slot,
        defaults={
            "failures": failures,
            "wait_until": at + wait if failures > FREE_TRIES else None,
        },
    )


def _slot(number: str) -> int:
    return int.from_bytes(_peppered(number)[:4]) % SLOTS


def _peppered(text: str) -> bytes:
    return hmac.new(settings.FOLLOW_CODE_PEPPER, text.encode(), hashlib.sha256).digest()
