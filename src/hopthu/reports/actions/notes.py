"""Internal notes."""

from datetime import datetime

from hopthu.core.limits import MAX_TEXT
from hopthu.core.text import clean
from hopthu.people.actors import Actor
from hopthu.reports.models import Note, Report


class EmptyNote(Exception):
    pass


def write_note(report: Report, *, text: str, actor: Actor, at: datetime) -> Note:
    """Raises `EmptyNote`, or `core.text.TextTooLong`."""
    words = clean(text, limit=MAX_TEXT)
    if not words:
        raise EmptyNote
    return Note.objects.create(report=report, staff_id=actor.staff_id, at=at, text=words)
