"""Commitments: an entry fixes a value without telling it, so that the value can be erased.

HMAC-SHA-256 (RFC 2104) under a random salt of 32 bytes. Whoever has value and salt can show that
this is what was said; once both are deleted, nobody learns the value from the entry.
"""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from hopthu.core.canonical import Json, canonical
from hopthu.core.encoding import encode64

SALT_BYTES: Final = 32
_DOMAIN: Final = b"hopthu commitment v1\n"


@dataclass(frozen=True, slots=True)
class Opening:
    """A value with its salt: what it takes to check a commitment. Raises ValueError."""

    value: Json
    salt: bytes

    def __post_init__(self) -> None:
        # HMAC fills a shorter key up with zeroes: of two salts one would do for the other.
        if len(self.salt) != SALT_BYTES:
            raise ValueError(f"a salt has {SALT_BYTES} bytes, not {len(self.salt)}")


def commit(slot: str, opening: Opening) -> bytes:
    """HMAC-SHA-256(salt, domain ‖ slot ‖ 0x0A ‖ RFC 8785 of the value): 32 bytes.

    `slot` says which value of a report it is, so that one cannot be shown for another.
    """
    message = _DOMAIN + slot.encode() + b"\n" + canonical(opening.value)
    return hmac.digest(opening.salt, message, "sha256")


def commitments(openings: Mapping[str, Opening]) -> dict[str, Json]:
    """As they stand in an entry: slot → base64."""
    return {slot: encode64(commit(slot, one)) for slot, one in openings.items()}
