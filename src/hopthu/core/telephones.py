"""Telephone numbers that somebody can be called at, as people type them.

Blanks, dots, dashes and brackets between the digits say nothing; what is kept is the digits, with
the plus of an international number (ITU-T E.164) before them.
"""

import re
import unicodedata
from typing import Final

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
    # A Khmer keyboard has digits of its own.
    typed = "".join(_plain(sign) for sign in unicodedata.normalize("NFKC", text))
    number = _BETWEEN.sub("", typed)
    if not _NUMBER.fullmatch(number):
        raise BadTelephone("letters")
    digits = number.removeprefix("+")
    if len(digits) < FEWEST:
        raise BadTelephone("short")
    if len(digits) > MOST:
        raise BadTelephone("long")
    return number


def _plain(sign: str) -> str:
    return str(unicodedata.decimal(sign)) if sign.isdecimal() else sign
