"""How much of something there was lately, and how long to wait after failures.

Both keep a limited number of keys in memory and forget the one that was touched longest ago: a
flood from many addresses costs no more memory than a quiet day. The time is an argument, in
seconds of a clock that never goes back.
"""

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TypeVar

V = TypeVar("V")
MOST_KEYS = 50_000
MOST_OVER = 6
"""A level is counted up to so many times what is free, so that it is over soon after."""


@dataclass(frozen=True)
class _Level:
    height: float
    at: float


@dataclass(eq=False)
class Levels:
    """For each key a level that every event raises by one and that time lowers: a leaky bucket."""

    free: int
    """So many at once are nobody's concern."""
    each: float
    """Seconds in which the level falls by one."""
    most: int = MOST_KEYS
    _kept: "OrderedDict[bytes, _Level]" = field(default_factory=OrderedDict, repr=False)

    def height(self, key: bytes, *, now: float) -> float:
        kept = self._kept.get(key)
        return max(0.0, kept.height - (now - kept.at) / self.each) if kept else 0.0

    def raise_(self, key: bytes, *, now: float, by: int = 1) -> None:
        height = min(self.height(key, now=now) + by, float(self.free * MOST_OVER))
        _put(self._kept, key, _Level(height, now), self.most)

    def over(self, key: bytes, *, now: float) -> float:
        """By how much the level is above what is free; 0 if it is not."""
        return max(0.0, self.height(key, now=now) - self.free)

    def wait(self, key: bytes, *, now: float) -> float:
        """Seconds until there is room for one more."""
        return max(0.0, self.height(key, now=now) + 1 - self.free) * self.each

    def forget(self) -> None:
        self._kept.clear()

    def __len__(self) -> int:
        return len(self._kept)


@dataclass(frozen=True)
class _Failures:
    count: int
    until: float
    """When the next try counts."""


@dataclass(eq=False)
class Waits:
    """For each key a wait that doubles with every failure, and ends with a success.

    What is tried during a wait is neither looked at nor counted: who hammers makes nobody wait
    longer.
    """

    free: int
    """So many failures without a wait."""
    longest: float
    """Seconds."""
    forgiven: float = 3600.0
    """Seconds after the end of a wait, in which nobody tried, until all is forgotten."""
    most: int = MOST_KEYS
    _kept: "OrderedDict[bytes, _Failures]" = field(default_factory=OrderedDict, repr=False)

    def left(self, key: bytes, *, now: float) -> float:
        """Seconds until the next try counts."""
        kept = self._kept.get(key)
        return max(0.0, kept.until - now) if kept else 0.0

    def failed(self, key: bytes, *, now: float) -> None:
        kept = self._kept.get(key)
        count = kept.count + 1 if kept and now < kept.until + self.forgiven else 1
        beyond = count - self.free
        wait = min(2.0 ** min(beyond, 30), self.longest) if beyond > 0 else 0.0
        _put(self._kept, key, _Failures(count, now + wait), self.most)

    def succeeded(self, key: bytes) -> None:
        self._kept.pop(key, None)

    def take_back(self, key: bytes, *, now: float) -> None:
        """One failure less: it turned out to be none."""
        kept = self._kept.get(key)
        if kept:
            _put(self._kept, key, _Failures(max(0, kept.count - 1), now), self.most)

    def forget(self) -> None:
        self._kept.clear()

    def __len__(self) -> int:
        return len(self._kept)


def _put(kept: "OrderedDict[bytes, V]", key: bytes, value: V, most: int) -> None:
    kept[key] = value
    kept.move_to_end(key)
    while len(kept) > most:
        kept.popitem(last=False)
