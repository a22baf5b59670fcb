"""Turning a pattern into words: `[this|that]` is a choice, `{street}` a slot.

>>> import random
>>> say("[Đèn|Đèn] {street} tắt.", random.Random(1), {"street": "đường Bờ Kè"})
'Đèn đường Bờ Kè tắt.'
>>> say("{Street} tối.", random.Random(1), {"street": "đường Bờ Kè"})
'Đường Bờ Kè tối.'
"""

import random
import re
from collections.abc import Mapping

_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_SLOT = re.compile(r"\{(\w+)\}")


def say(pattern: str, rng: random.Random, slots: Mapping[str, str]) -> str:
    """The words; a slot named with a capital begins with one. Raises KeyError for a lost slot."""
    chosen = _CHOICE.sub(lambda match: rng.choice(match[1].split("|")), pattern)
    filled = _SLOT.sub(lambda match: _fill(match[1], slots), chosen)
    return re.sub(r" {2,}", " ", filled).strip()


def _fill(name: str, slots: Mapping[str, str]) -> str:
    if name in slots:
        return slots[name]
    words = slots[name.lower()]
    return words[:1].upper() + words[1:]
