"""The count of what was taken away, and of how far that is cleared."""

from django.db import connection
from django.db.models import F

from hopthu.record.actions import NotInTransaction
from hopthu.reports.models import Residue


def left_behind() -> None:
    """Words are taken away in the caller's transaction; their bytes are to be cleared after it.

    Raises `NotInTransaction`: counted apart from the step, it could be forgotten by a crash.
    """
    if not connection.in_atomic_block:
        raise NotInTransaction("what is taken away is counted in the same transaction")
    Residue.objects.get_or_create(id=1)
    Residue.objects.update(left=F("left") + 1)


def outstanding() -> int:
    """How often words were taken away that the database's files may still hold."""
    row = Residue.objects.first()
    return row.left - row.cleared if row else 0
