"""Digits as people type them: a Khmer keyboard has its own."""

import re
import unicodedata
from typing import Final

_OTHER: Final = re.compile(r"[^\D0-9]")


def ascii_digits(text: str) -> str:
    """`text` with 0 to 9 for the digits of every script, each in its place.

    >>> ascii_digits("០៩១២ ba")
    '0912 ba'
    """
    return _OTHER.sub(lambda match: str(unicodedata.decimal(match[0])), text)
