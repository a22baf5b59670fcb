"""Whether the set-up may have changed since it was last asked for.

Who changes it announces that in memory that the workers of one server share, so that the next
answer knows, whichever of them gives it. What another process changes, a command for one, is seen
after `ASKED_EVERY` at the latest.
"""

import mmap
import os
import time
from typing import Final

ASKED_EVERY: Final = 1.0
"""Seconds for which the set-up is taken to be as it was, where nobody announced anything."""
_WORD: Final = 8

# Made before the workers are forked, and mapped into each of them.
_announced = mmap.mmap(-1, _WORD)
_seen = b""
_holds_until = 0.0


def announce() -> None:
    """The set-up was changed, and the change is committed."""
    _announced[:] = os.urandom(_WORD)


def announced() -> bytes:
    """The last announcement, to be read before the set-up itself is (`asked`)."""
    return _announced[:]


def asked(announcement: bytes) -> None:
    """The set-up was read, and found to be at least as new as this `announcement`."""
    global _seen, _holds_until
    _seen, _holds_until = announcement, time.monotonic() + ASKED_EVERY


def holds() -> bool:
    """Whether what was read last may be used without asking."""
    return time.monotonic() < _holds_until and _announced[:] == _seen


def forget() -> None:
    """Ask at the next use."""
    global _holds_until
    _holds_until = 0.0
