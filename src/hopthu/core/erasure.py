"""A request to delete something for good: who may ask, for what, why, and by when it is decided.

The city never starts one. Two people decide, within `CITY_PROMISE`.
"""

import base64
import hashlib
from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import Final

from hopthu.core import codes
from hopthu.core.deadlines import Calendar, Promise, Unit, due

CITY_PROMISE: Final = Promise(2, Unit.WORKING_DAYS)
"""From asking to the decision, with which it is deleted. The city's own promise, not the law's.

Vietnam's law asks for less: an answer that tells the procedure within two working days, and data
deleted within 20 days (30 where others have copies), once put off by 20 at most. That is article 5
of Decree 356/2025/ND-CP, in force since 2026-01-01 with Law 91/2025/QH15; read in summaries of law
firms that agree (frasersvn.com, cdlaf.vn), not in the gazette."""
MOST_OPEN: Final = 5
"""Requests of people named in one report that may wait at the same time."""
_REFERENCE_BYTES: Final = 10
_REFERENCE_LENGTH: Final = 16


class Asker(StrEnum):
    SENDER = "sender"
    """Whoever holds the follow-up code."""
    PERSON_NAMED = "person_named"
    """Somebody who is named in the text, and has no code."""


class Scope(StrEnum):
    REPORT = "report"
    PASSAGE = "passage"


class Ground(StrEnum):
    """What a person who is named finds told there."""

    NAME = "name"
    CONTACT = "contact"
    PRIVATE_LIFE = "private_life"
    UNTRUE = "untrue"


class Verdict(StrEnum):
    ERASE = "erase"
    REFUSE = "refuse"


class BadReference(ValueError):
    """What was typed cannot be the reference number of a request."""


def decide_by(calendar: Calendar, asked_at: datetime) -> datetime:
    return due(calendar, asked_at, CITY_PROMISE)


def new_reference(random_bytes: Callable[[int], bytes]) -> str:
    """80 random bits in sixteen characters of `codes.ALPHABET`: nobody guesses one.

    >>> new_reference(lambda count: bytes(count))
    '0000000000000000'
    """
    value = int.from_bytes(random_bytes(_REFERENCE_BYTES), "big")
    shifts = range(5 * (_REFERENCE_LENGTH - 1), -1, -5)
    return "".join(codes.ALPHABET[value >> shift & 31] for shift in shifts)


def format_reference(reference: str) -> str:
    """As people see it.

    >>> format_reference("0123456789ABCDEF")
    '0123-4567-89AB-CDEF'
    """
    return "-".join(reference[at : at + 4] for at in range(0, _REFERENCE_LENGTH, 4))


def parse_reference(text: str) -> str:
    """Forgives case, spaces, dashes and look-alike letters. Raises `BadReference`.

    >>> parse_reference(" 0123 4567-89ab – cdef ")
    '0123456789ABCDEF'
    """
    try:
        return codes.parse_letters(text, _REFERENCE_LENGTH)
    except codes.BadNumber as error:
        raise BadReference(text[:40]) from error


def fingerprint(reference: str) -> str:
    """What is stored of it. With so many random bits nothing slower than one SHA-256 is needed."""
    return (
        base64.urlsafe_b64encode(hashlib.sha256(reference.encode()).digest()).decode().rstrip("=")
    )
