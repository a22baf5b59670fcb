"""Passwords: those that the software gives out, and those that somebody chooses.

WeakPassword   one that is guessed soon
"""

import secrets
from collections.abc import Iterable
from functools import cache
from typing import Final

from django.contrib.auth.password_validation import CommonPasswordValidator

from hopthu.core.text import fold

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without look-alikes."""
SHORTEST: Final = 12
_FEWEST_LETTERS: Final = 5
_WORD: Final = 4


class WeakPassword(ValueError):
    """`why` is one of: short, common, own. It never holds the password."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def new_password() -> str:
    """About 60 random bits in three groups."""
    groups = ("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(3))
    return "-".join(groups)


def check(password: str, *, own: Iterable[str]) -> None:
    """Whether somebody may choose it; `own` are names that others would try first.

    Raises `WeakPassword`.
    """
    if len(password) < SHORTEST:
        raise WeakPassword("short")
    if password.lower() in _common() or len(set(password)) < _FEWEST_LETTERS:
        raise WeakPassword("common")
    plain = fold(password)
    words = {word for name in own for word in fold(name).split() if len(word) >= _WORD}
    # A name is no harm in a long sentence; it is where little else is left.
    if any(word in plain and len(plain.replace(word, "")) < SHORTEST for word in words):
        raise WeakPassword("own")


@cache
def _common() -> frozenset[str]:
    """Some 20,000 that were used most often, as Django brings them."""
    return frozenset(CommonPasswordValidator().passwords)
