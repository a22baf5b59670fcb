"""A bar on standard error while somebody watches; silence otherwise."""

import sys
import time
from types import TracebackType

WIDTH = 32
PAUSE = 0.1
"""Seconds between two drawings."""


class Progress:
    """
    >>> with Progress() as progress:
    ...     progress.show(0.5, "500 rows")
    """

    def __init__(self) -> None:
        self._watched = sys.stderr.isatty()
        self._drawn_at = 0.0

    def show(self, share: float, words: str) -> None:
        now = time.monotonic()
        if self._watched and now - self._drawn_at > PAUSE:
            self._drawn_at = now
            done = "█" * round(share * WIDTH)
            sys.stderr.write(f"\r{done:░<{WIDTH}} {share:4.0%} {words}\x1b[K")
            sys.stderr.flush()

    def __enter__(self) -> "Progress":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._watched:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
