"""The words of residents: cleaned, folded for search, and looked through for personal data."""

import re
import unicodedata

from hopthu.core.personal_data import Spot, spot_personal_data

__all__ = ["Spot", "TextTooLong", "clean", "fold", "is_blank", "spot_personal_data"]

_LATIN_MARKS = re.compile("[\u0300-\u036f]")
"""Combining Diacritical Marks alone: the vowels and subscripts of Khmer are letters, not marks."""

_LINE_ENDS = re.compile("\r\n?|[\u0085\u2028\u2029\v\f]")
_UNWANTED = re.compile(
    "["
    "\x00-\x08\x0e-\x1f\x7f-\x9f"  # control characters
    "\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069"  # marks that turn the reading direction
    "\ufeff\ufffe\uffff\ufff9-\ufffb"  # byte order marks, non-characters, annotations
    "\ud800-\udfff"  # halves of a pair, which no database keeps
    "\U000e0000-\U000e007f"  # invisible tags
    "]"
)
_BLANK = "".join(c for c in map(chr, range(0x3001)) if c.isspace()) + (
    "\u00ad\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200d\u2060\u2800\u3164\uffa0"
)
"""What nobody sees, at either end of a text. Inside it stays: Khmer divides words by U+200B."""
_GAPS = re.compile("\n{3,}")


class TextTooLong(ValueError):
    def __init__(self, limit: int, length: int) -> None:
        super().__init__(f"{length} of {limit} characters")
        self.limit = limit
        self.length = length


def fold(s: str) -> str:
    """The form in which words are searched: "Đường Hồ" and "duong ho" are the same.

    Casefold, đ → d, Latin combining marks away, NFC. Khmer keeps all of its signs.

    >>> fold("ĐƯỜNG Hồ")
    'duong ho'
    """
    lower = unicodedata.normalize("NFD", s).casefold().replace("đ", "d")
    return unicodedata.normalize("NFC", _LATIN_MARKS.sub("", unicodedata.normalize("NFD", lower)))


def clean(s: str, *, limit: int) -> str:
    """The text as it is kept: NFC, lines ended by LF, nothing that hides or turns other words.

    Outer blanks go, and more than one empty line in a row. What is left over may be empty.
    Raises TextTooLong when it is longer than `limit` characters.
    """
    # Every step is linear in the length: a text of a megabyte is refused, not pondered.
    text = unicodedata.normalize("NFC", _UNWANTED.sub("", _LINE_ENDS.sub("\n", s)))
    lines = (line.rstrip() for line in text.split("\n"))
    text = _GAPS.sub("\n\n", "\n".join(lines)).strip(_BLANK)
    if len(text) > limit:
        raise TextTooLong(limit, len(text))
    return text


def is_blank(s: str) -> bool:
    """Whether nothing of it would be left to read."""
    return not clean(s, limit=4 * len(s))  # NFC makes no text longer than three times
