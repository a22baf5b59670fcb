"""The public record: does it grow, and does everybody read what the database has?"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings

from hopthu.care.doctor.findings import Finding, fail, ok, warn
from hopthu.core.checkpoints import Checkpoint, parse_checkpoint
from hopthu.core.entries import parse_entry
from hopthu.record import folder, models, queries
from hopthu.reports.models import Event

TOO_LONG: Final = timedelta(seconds=60)
"""For an entry to wait for its number."""
_WORKER: Final = "see that `hopthu work` runs, and what it prints"


def frozen(_at: datetime) -> Iterator[Finding]:
    if not folder.is_opened():
        yield fail("no log was opened", "run `hopthu init`")
    elif why := queries.frozen():
        yield fail(f"frozen: {why}", "docs/operator.md, When it froze")
    else:
        yield ok("grows")


def queue(at: datetime) -> Iterator[Finding]:
    waiting = models.Entry.objects.filter(index=None).order_by("id")
    first = waiting.first()
    if first is None:
        yield ok("no entry waits for its number")
        return
    waits = at - max(_began(first), _signed_last() or _began(first))
    told = f"{waiting.count()} entries wait, for {max(waits.total_seconds(), 0):.0f} s"
    yield fail(told, _WORKER) if waits > TOO_LONG else ok(told)


def _began(entry: models.Entry) -> datetime:
    """When the entry was made; of one about the city the record tells the hour alone."""
    at = Event.objects.filter(report__number=entry.report, seq=entry.seq).values_list("at").first()
    if at:
        return at[0]
    begun = datetime.fromisoformat(parse_entry(bytes(entry.leaf)).time)
    return begun + timedelta(hours=1)


def _signed_last() -> datetime | None:
    """What was imported is old when it comes: nothing can wait since before the last signature."""
    return models.Checkpoint.objects.order_by("-size").values_list("signed_at", flat=True).first()


def head(_at: datetime) -> Iterator[Finding]:
    note = folder.published()
    size = models.Head.objects.values_list("size", flat=True).first() or 0
    if note is None:
        if size:
            yield fail(f"{size} entries are numbered, and nothing is published", _WORKER)
        else:
            yield warn("nothing is published yet", _WORKER)
        return
    published = parse_checkpoint(note.text)
    if published.size > size:
        todo = "the database is an old one: docs/operator.md, When it froze"
        yield fail(f"{published.size} entries are published; the database has {size}", todo)
    elif not _is_known(published):
        todo = "do not sign anything more: docs/operator.md, When it froze"
        yield fail("the published head is not the one in the database", todo)
    elif published.size < size:
        yield warn(f"{size - published.size} entries are not published yet", _WORKER)
    else:
        yield ok(f"{size} entries, all published")


def _is_known(published: Checkpoint) -> bool:
    row = models.Checkpoint.objects.filter(size=published.size).first()
    return row is None or bytes(row.root) == published.root


def witnesses(_at: datetime) -> Iterator[Finding]:
    if settings.WITNESSES:
        yield ok(f"{len(settings.WITNESSES)} cosign")
    else:
        yield warn("nobody outside vouches for the record", "docs/operator.md, Witnesses")
