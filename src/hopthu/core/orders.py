"""An order from outside to hide a report: what it names, and who cannot have issued it.

A city does not order itself. Names are compared as they are searched (`core.text.fold`), whole or
as a part of each other, so that "UBND TP. Sông Mây" is the city of Sông Mây, and "Văn phòng" its
own office. Courts and prosecutors bear the name of their place and are nobody's office.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from hopthu.core.text import fold

MAX_ISSUER: Final = 200
MAX_NUMBER: Final = 80
LONGEST: Final = timedelta(days=366)
"""Within this time somebody looks at it again, whatever an order says."""
_SHORT: Final = {"tp": "thanh pho", "tx": "thi xa", "tt": "thi tran", "ubnd": "uy ban nhan dan"}
"""Abbreviations that are written in place of the words, folded."""
_CHAIR: Final = "chu tich uy ban nhan dan"
_COUNCIL: Final = "hoi dong nhan dan"
_INDEPENDENT: Final = ("toa an", "vien kiem sat", "people s court", "people s procuracy", "តុលាការ")
"""What the names of courts and prosecutors begin with, folded.

Law on the Organization of People's Courts (34/2024/QH15), art. 2, and of People's Procuracies
(63/2014/QH13), art. 2: they are no part of any people's committee.
"""
_BETWEEN: Final = re.compile(r"[\s.,;:/()\[\]\"'“”‘’«»–—-]+")


@dataclass(frozen=True)
class Order:
    """Public in all its parts."""

    issuer: str
    """Who gave it."""
    number: str
    """Under which it can be asked for."""
    day: date
    """Of the order."""
    review_on: date
    """When it is looked at again, whether it still has to be."""


class OrderFault(StrEnum):
    SELF_ISSUED = "self_issued"
    """The city cannot order itself."""
    FROM_THE_FUTURE = "from_the_future"
    REVIEW_PAST = "review_past"
    """The day to look at it again is not ahead."""
    REVIEW_TOO_LATE = "review_too_late"


def order_fault(order: Order, *, own_names: Iterable[str], today: date) -> OrderFault | None:
    """What is wrong with an order that is given today, if anything is.

    `own_names`: of the city and of its bodies, in every language.
    """
    if is_own(order.issuer, own_names):
        return OrderFault.SELF_ISSUED
    if order.day > today:
        return OrderFault.FROM_THE_FUTURE
    return review_fault(order.review_on, today=today)


def review_fault(review_on: date, *, today: date) -> OrderFault | None:
    """What is wrong with the day on which an order is looked at again, if anything is."""
    if review_on <= today:
        return OrderFault.REVIEW_PAST
    return OrderFault.REVIEW_TOO_LATE if review_on > today + LONGEST else None


def is_own(issuer: str, own_names: Iterable[str]) -> bool:
    """Whether the issuer is the city, or one of its bodies, by any of their names."""
    named = _plain(issuer)
    if named.startswith(_INDEPENDENT):
        return False
    return any(_are_one(named, _plain(own)) for own in own_names)


def _are_one(issuer: str, own: str) -> bool:
    """Whether one stands in the other, be it "the committee of the city" without its name."""
    if not own or not issuer:
        return False
    whole = (own, f"{_CHAIR} {own}", f"{_COUNCIL} {own}")
    return _stands_in(own, issuer) or any(_stands_in(issuer, each) for each in whole)


def _stands_in(part: str, whole: str) -> bool:
    """As whole words; Khmer puts no blanks between words."""
    return re.search(rf"(?<![a-z0-9]){re.escape(part)}(?![a-z0-9])", whole) is not None


def _plain(name: str) -> str:
    words = _BETWEEN.split(fold(name))
    return " ".join(_SHORT.get(word, word) for word in words if word)
