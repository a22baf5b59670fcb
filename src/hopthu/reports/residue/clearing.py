"""The job of `hopthu work` that clears the files, when there is something to clear."""

import time
from datetime import datetime, timedelta
from typing import Final

from django.db import connection

from hopthu.bodies.queries import configuration
from hopthu.reports.models import Residue
from hopthu.reports.residue import postgres, sqlite

NIGHT: Final = range(2, 5)
"""Hours of the city's clock in which PostgreSQL's tables are written anew."""
SHARE: Final = 10
"""A rewrite is followed by ten times its own length of rest: writers wait while it lasts."""

AFTER_A_FAILURE: Final = timedelta(minutes=1)
"""For want of space, most likely: that lasts."""


class Clearing:
    """`run` is called again and again, on SQLite every second; mostly there is nothing to do."""

    def __init__(self) -> None:
        self._rests_until: datetime | None = None

    @property
    def every(self) -> timedelta:
        return timedelta(seconds=1 if _on_sqlite() else 60)

    def run(self, at: datetime) -> int:
        """Clear what is left behind; gives of how many takings-away, 0 if it has to wait."""
        row = Residue.objects.first()
        if row is None or row.cleared == row.left or not self._may_begin(at):
            return 0
        return self._on_sqlite(row, at) if _on_sqlite() else _on_postgres(row)

    def _may_begin(self, at: datetime) -> bool:
        if _on_sqlite():
            return self._rests_until is None or at >= self._rests_until
        return at.astimezone(configuration().calendar.tz).hour in NIGHT

    def _on_sqlite(self, row: Residue, at: datetime) -> int:
        if row.rewritten < row.left:
            start = time.monotonic()
            self._rests_until = at + AFTER_A_FAILURE
            sqlite.rewrite()
            self._rests_until = at + timedelta(seconds=(SHARE + 1) * (time.monotonic() - start))
            Residue.objects.update(rewritten=row.left)
        if not sqlite.empty_log():
            return 0
        return _cleared(row)


def _on_postgres(row: Residue) -> int:
    """Only once nobody can see a row as it was before it was taken away."""
    if not (postgres.all_have_moved_on() and postgres.rewrite()):
        return 0
    return _cleared(row)


def _cleared(row: Residue) -> int:
    Residue.objects.update(rewritten=row.left, cleared=row.left)
    return row.left - row.cleared


def _on_sqlite() -> bool:
    return connection.vendor == "sqlite"
