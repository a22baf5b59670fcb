"""Report numbers, to tell anyone, and follow-up codes, to keep.

A number is eight characters of Crockford's base 32 (no I, L, O, U, so that none is mistaken for
another); a follow-up code is sixteen digits, the last a check digit after H. Michael Damm (2004),
which catches every single wrong digit and every swap of two neighbours.
"""

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Callable

from hopthu.core.digits import ascii_digits

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: https://www.crockford.com/base32.html."""
NUMBER_LENGTH = 8
FOLLOW_CODE_LENGTH = 16

_BYTES_PER_NUMBER = 5
_LOOKALIKES = str.maketrans("OIL", "011")
_FOLLOW_CODE_DOMAIN = b"hopthu follow-up code 1\x00"
_SEPARATORS = re.compile(r"[\s.·_#\u00ad\u200b-\u200d\u2060\ufeff\u2010-\u2015\u2212-]+")
_DAMM = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)
"""The totally anti-symmetric quasigroup of Damm's thesis; from interim digit and next digit."""


class BadNumber(ValueError):
    """What was typed cannot be a report number."""


class BadFollowCode(ValueError):
    """What was typed cannot be a follow-up code; `why` is letters, length or check_digit."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def new_number(random_bytes: Callable[[int], bytes]) -> str:
    """A random number, as it is stored: eight characters without the dash.

    >>> new_number(lambda count: bytes(count))
    '00000000'
    """
    value = int.from_bytes(random_bytes(_BYTES_PER_NUMBER), "big")
    return "".join(ALPHABET[value >> shift & 31] for shift in range(35, -1, -5))


def format_number(number: str) -> str:
    """The number as people see it.

    >>> format_number("7KQ2M9XD")
    '7KQ2-M9XD'
    """
    return f"{number[:4]}-{number[4:]}"


def parse_number(text: str) -> str:
    """The number that somebody typed, forgiving case, spaces, dashes and look-alike letters.

    Raises BadNumber.

    >>> parse_number(" 7kq2 – m9xd ")
    '7KQ2M9XD'
    """
    return parse_letters(text, NUMBER_LENGTH)


def parse_letters(text: str, length: int) -> str:
    """So many characters of `ALPHABET` that somebody typed. Raises BadNumber."""
    letters = _without_separators(text).upper().translate(_LOOKALIKES)
    if len(letters) != length or any(letter not in ALPHABET for letter in letters):
        raise BadNumber(text[:40])
    return letters


def derive_follow_code(key: bytes, submission: str) -> str:
    """The code of one submission of the form: the same form sent twice shows the same code.

    `key` is the city's secret; `submission` the random id that travels in the form. Whoever has
    neither learns nothing: fifteen digits of HMAC-SHA-256, then the check digit.
    """
    digest = hmac.digest(key, _FOLLOW_CODE_DOMAIN + submission.encode(), hashlib.sha256)
    digits = f"{int.from_bytes(digest, 'big') % 10**15:015}"
    return f"{digits}{check_digit(digits)}"


def format_follow_code(code: str) -> str:
    """The code as people see it.

    >>> format_follow_code("1234567890123456")
    '1234 5678 9012 3456'
    """
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))


def parse_follow_code(text: str) -> str:
    """The code that somebody typed, in any digits (also Khmer), spaced or not.

    Raises BadFollowCode; `check_digit` is a slip of the finger and no guess at somebody's code.
    """
    code = _without_separators(text)
    if not all(letter.isdecimal() for letter in code):
        raise BadFollowCode("letters")
    if len(code) != FOLLOW_CODE_LENGTH:
        raise BadFollowCode("length")
    code = ascii_digits(code)
    if check_digit(code[:-1]) != code[-1]:
        raise BadFollowCode("check_digit")
    return code


def check_digit(digits: str) -> str:
    """Damm's check digit.

    >>> check_digit("572")
    '4'
    """
    interim = 0
    for digit in digits:
        interim = _DAMM[interim][int(digit)]
    return str(interim)


def _without_separators(text: str) -> str:
    # A code is short: whatever is pasted beyond that is not one, and not worth reading whole.
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", text[:200]))
