"""Telephone numbers that somebody can be called at, as people type them.

Blanks, dots, dashes and brackets between the digits say nothing; what is kept is the digits, with
the plus of an international number (ITU-T E.164) before them.
"""

import re
import unicodedata
from typing import Final

from hopthu.core.digits import ascii_digits

FEWEST: Final = 8
"""Shorter ones are hotlines and extensions: nobody is called there."""
MOST: Final = 15
"""E.164 § 6.1, with the country's digits."""
MAX_TYPED: Final = 30
_BETWEEN: Final = re.compile(r"[\s.()/-]+")
_NUMBER: Final = re.compile(r"\+?[0-9]+")


class BadTelephone(ValueError):
    """No number that somebody can be called at; it never holds what was typed.

    `why` is one of: letters, short, long.
    """

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def parse_telephone(text: str) -> str:
    """The number in the one form that is kept. Raises `BadTelephone`.

    >>> parse_telephone(" 0912.345 678 "), parse_telephone("(+84) 912-345-678")
    ('0912345678', '+84912345678')
    """
    if len(text) > MAX_TYPED * 2:
        raise BadTelephone("long")
    number = _BETWEEN.sub("", ascii_digits(unicodedata.normalize("NFKC", text)))
    if not _NUMBER.fullmatch(number):
        raise BadTelephone("letters")
    digits = number.removeprefix("+")
    if len(digits) < FEWEST:
        raise BadTelephone("short")
    if len(digits) > MOST:
        raise BadTelephone("long")
    return number
