"""The secret that lets a sender follow a report, kept as Argon2id with a pepper.

The code is 15 random digits (50 bits), not a password that somebody thought up, so a small memory
cost is enough: with the pepper outside the database there is nothing to guess offline, and with it
10^15 tries of a millisecond are 30,000 years (docs/decisions).

Who lost it may have a new one sent to the address that they left (`reports.new_codes`). Both open
the report until the new one is used; then the old one is void. So nobody who knows a number, as
everybody does, can take a code away from its holder; and whoever found a lost one loses it.
"""

import hashlib
import hmac
from datetime import datetime, timedelta
from enum import Enum, auto

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from django.conf import settings
from django.db.models import Q

from hopthu.people.models import FollowCode, FollowTries, LostCode

_HASHER = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1)
_DUMMY = _HASHER.hash("a code that nobody has")
FREE_TRIES = 5
LONGEST_WAIT = timedelta(seconds=30)
"""Short: everybody knows a report's number, and nobody may lock its sender out with wrong codes."""
SLOTS = 65_536
NEW_CODE_LIFE = timedelta(days=7)
"""How long a new code waits in a mailbox to be used."""


class Wait(Exception):
    """Too many wrong codes for this number: the next try counts from `until` on."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


class Fit(Enum):
    """Which code of a report was given."""

    CODE = auto()
    NEW_CODE = auto()
    """One that was sent in place of the other, for the first time: the other is void now."""


def hash_code(code: str) -> str:
    """Outside of any transaction: this takes about a millisecond of the processor."""
    return _HASHER.hash(_peppered(code))


def keep(number: str, hashed: str) -> None:
    """In the transaction that makes the report."""
    FollowCode.objects.create(number=number, hash=hashed)


def check(number: str, code: str, *, at: datetime) -> Fit | None:
    """Which code of report `number` it is; None if it opens nothing.

    A number that does not exist takes the same work, and the same waiting, as a wrong code; so does
    one for which a new code was sent. Raises `Wait` after several wrong codes for one number.
    """
    slot = _slot(number)
    tries = FollowTries.objects.filter(slot=slot).first()
    if tries is not None and tries.wait_until is not None and at < tries.wait_until:
        raise Wait(tries.wait_until)
    row = FollowCode.objects.filter(number=number).first()
    fit = _fit(row, code, at)
    if fit is None:
        _count_failure(slot, tries, at)
    elif tries is not None:
        tries.delete()
    if fit is Fit.NEW_CODE and row is not None:
        _renew(row)
    return fit


def mark(number: str) -> str:
    """Changes when a new code takes the place of the old one; empty where there is no code."""
    hashed = FollowCode.objects.filter(number=number).values_list("hash", flat=True).first()
    return hashlib.sha256(hashed.encode()).hexdigest()[:16] if hashed else ""


def ask_for_new(number: str, *, at: datetime) -> None:
    """Somebody lost the code of `number`, or says so.

    It is written down and nothing is looked at: the same work whether the report has an address,
    has none, or does not exist.
    """
    LostCode.objects.bulk_create(
        [LostCode(number=number, asked_at=at)],
        update_conflicts=True,
        unique_fields=["number"],
        update_fields=["asked_at"],
    )


def offer(number: str, hashed: str, *, until: datetime) -> bool:
    """A code that opens the report beside the old one, in the place of one that was offered before.

    False if nobody holds a code of that report any more.
    """
    row = FollowCode.objects.filter(number=number)
    return row.update(next_hash=hashed, next_until=until) == 1


def take_back_offer(number: str) -> None:
    """Whoever it was sent to is not the sender's address any more."""
    FollowCode.objects.filter(number=number).update(next_hash="", next_until=None)


def forget_tries(*, before: datetime) -> int:
    """Forget wrong codes whose wait was over before then, and those that brought none yet."""
    over = Q(wait_until__lt=before) | Q(wait_until=None)
    return FollowTries.objects.filter(over).delete()[0]


def _fit(row: FollowCode | None, code: str, at: datetime) -> Fit | None:
    """Both are always tried: how long it takes tells nobody that a code was sent."""
    offered = row if row and row.next_until and at < row.next_until else None
    is_new = _fits(offered.next_hash if offered else _DUMMY, code)
    if _fits(row.hash if row else _DUMMY, code):
        return Fit.CODE
    return Fit.NEW_CODE if is_new else None


def _renew(row: FollowCode) -> None:
    """Unless another was offered, or this one used, since `row` was read."""
    same = FollowCode.objects.filter(number=row.number, next_hash=row.next_hash)
    same.update(hash=row.next_hash, next_hash="", next_until=None)


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
