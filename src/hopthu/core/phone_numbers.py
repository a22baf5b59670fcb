"""Mobile numbers that a text can be sent to, as somebody types them.

Kept as E.164 has them: `+84912345678`. Only numbers of one country are taken: texts abroad are
dear, and there are people who earn by having them sent.
"""

import re
from collections.abc import Mapping

from hopthu.core.digits import ascii_digits

MAX_TYPED = 80
_BETWEEN = re.compile(r"[\s().\-\u2010-\u2015\u200b\u2060/]+")
"""What people write between the digits."""
_MOBILE: Mapping[str, re.Pattern[str]] = {"84": re.compile(r"[35789][0-9]{8}")}
"""After the country's code. Viet Nam: Circular 22/2014/TT-BTTTT, as numbers are since 2018."""
_ANY = re.compile(r"[1-9][0-9]{6,11}")
"""E.164: 15 digits at most with the country's code, which has three at most."""


class BadPhone(ValueError):
    """No number that we can send a text to; it never holds what was typed."""

    def __init__(self) -> None:
        super().__init__("no mobile number of this country")


def parse_phone(text: str, *, country: str) -> str:
    """The number in the one form that is kept; `country` is its code, `84`. Raises `BadPhone`."""
    if len(text) > MAX_TYPED:
        raise BadPhone
    typed = _BETWEEN.sub("", ascii_digits(text))
    national = typed.removeprefix(f"+{country}")
    if national == typed:
        national = typed.removeprefix(f"00{country}")
    if national == typed and len(typed) > 9:
        national = typed.removeprefix(country)
    national = national.removeprefix("0")
    if not _MOBILE.get(country, _ANY).fullmatch(national):
        raise BadPhone
    return f"+{country}{national}"
