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
        if row is None or row.cleared == row.left:
            return 0
        cleared = self._on_sqlite(row, at) if _on_sqlite() else _on_postgres(at)
        if not cleared:
            return 0
        _keep(row)
        return row.left - row.cleared

    def _on_sqlite(self, row: Residue, at: datetime) -> bool:
        """The log is tried again every second, the rewrite before it only after a rest."""
        if row.rewritten < row.left:
            if self._rests_until and at < self._rests_until:
                return False
            start = time.monotonic()
            self._rests_until = at + AFTER_A_FAILURE
            sqlite.rewrite()
            self._rests_until = at + timedelta(seconds=(SHARE + 1) * (time.monotonic() - start))
            Residue.objects.update(rewritten=row.left)
        return sqlite.empty_log()


def clear_now() -> bool:
    """Clear it while nobody is served yet, whatever the hour. False: it is left to the worker."""
    row = Residue.objects.first()
    if row is None or row.cleared == row.left:
        return True
    if _on_sqlite():
        sqlite.rewrite()
        cleared = sqlite.empty_log()
    else:
        cleared = _rewritten_on_postgres()
    if cleared:
        _keep(row)
    return cleared


def _keep(row: Residue) -> None:
    """It is cleared as far as `row` had read; another worker may have cleared more meanwhile."""
    behind = Residue.objects.filter(cleared__lt=row.left)
    behind.update(rewritten=row.left, cleared=row.left)


def _on_postgres(at: datetime) -> bool:
    """At night alone: its tables cannot be read meanwhile."""
    return at.astimezone(configuration().calendar.tz).hour in NIGHT and _rewritten_on_postgres()


def _rewritten_on_postgres() -> bool:
    """Once nobody can see a row as it was before it was taken away."""
    return postgres.all_have_moved_on() and postgres.rewrite()


def _on_sqlite() -> bool:
    return connection.vendor == "sqlite"
