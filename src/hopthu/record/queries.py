"""What the pages read of the record beside its files."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from hopthu.core.checkpoints import parse_checkpoint
from hopthu.record import folder
from hopthu.record.models import Checkpoint, Entry, Head


@dataclass(frozen=True)
class Counts:
    """How far the log is."""

    published: int
    waiting: int
    """Entries that no published checkpoint has yet."""
    signed_at: datetime | None
    """When the newest head was signed."""


def counts() -> Counts:
    note = folder.published()
    published = parse_checkpoint(note.text).size if note else 0
    waiting = Entry.objects.filter(index=None).count()
    waiting += Entry.objects.filter(index__gte=published).count()
    newest = Checkpoint.objects.order_by("-size").first()
    return Counts(published, waiting, newest.signed_at if newest else None)


def frozen() -> str:
    """Why nothing is numbered or signed any more; empty while all is well."""
    return Head.objects.filter(pk=1).values_list("frozen", flat=True).first() or ""


def entries_of(report: str) -> list[tuple[int | None, bytes]]:
    """The entries of a report in the order of its steps, each with its place in the log if any."""
    rows = of_report(report).order_by("seq").values_list("index", "leaf")
    return [(index, bytes(leaf)) for index, leaf in rows]


def of_report(report: str) -> QuerySet[Entry]:
    """Found by the index of reports' entries, however long the log is.

    SQLite takes an index of some rows only where a query repeats the words that say of which ones
    (https://sqlite.org/partialindex.html#queries_using_partial_indexes).
    """
    return Entry.objects.filter(report=report).exclude(report="")


def size() -> int:
    """How many entries have their place in the log."""
    return Head.objects.filter(pk=1).values_list("size", flat=True).first() or 0


def steps_between(first: int, end: int) -> list[tuple[str, int]]:
    """Report and seq of the entries with an index from `first` on and below `end`, in order."""
    rows = Entry.objects.filter(index__gte=first, index__lt=end).exclude(report="")
    return list(rows.order_by("index").values_list("report", "seq"))
