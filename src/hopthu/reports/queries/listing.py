"""The public list: filtered, newest first, page by page without counting."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Q, QuerySet

from hopthu.bodies.configuration import Configuration
from hopthu.core.terms import Outcome, Status
from hopthu.reports.models import Report
from hopthu.reports.queries.searching import with_words

PAGE = 20
STATUS_FILTERS: dict[str, Q] = {
    "open": Q(closed_at__isnull=True),
    "done": Q(status=Status.RESOLVED, outcome=Outcome.DONE),
    "answered": Q(status=Status.RESOLVED, outcome=Outcome.ANSWERED),
    "declined": Q(status=Status.DECLINED, outcome=""),
    "referred": Q(status=Status.REFERRED, outcome=""),
}
"""What a reader may filter by, and what it means. With the outcome, as the index has it."""


@dataclass(frozen=True)
class Filter:
    """Codes that the configuration does not know filter nothing out: old links keep working."""

    category: str = ""
    area: str = ""
    status: str = ""
    words: str = ""


@dataclass(frozen=True)
class Cursor:
    """Where a page ends, in a list by time: the next one begins beyond."""

    at: datetime
    id: int

    def __str__(self) -> str:
        return f"{int(self.at.timestamp() * 1_000_000)}-{self.id}"

    @classmethod
    def parse(cls, text: str) -> "Cursor | None":
        """None where the text is no cursor: then the list begins at the newest."""
        head, _, tail = text.partition("-")
        if not (head.isascii() and head.isdigit() and tail.isascii() and tail.isdigit()):
            return None
        if len(head) > 16 or len(tail) > 18:
            return None
        seconds, micro = divmod(int(head), 1_000_000)
        try:
            moment = datetime.fromtimestamp(seconds, UTC).replace(microsecond=micro)
        except (OverflowError, ValueError):
            return None
        return cls(moment, int(tail))


@dataclass(frozen=True)
class Page:
    reports: list[Report]
    older: Cursor | None
    """None on the last page."""


def public_page(
    chosen: Filter, setup: Configuration, *, before: Cursor | None = None, size: int = PAGE
) -> Page:
    """Public reports that fit, newest first, in one query."""
    listed = Report.objects.public().exclude(status=Status.WITHDRAWN)
    rows = narrowed(listed, chosen, setup).order_by("-received_at", "-id")
    if before is not None:
        rows = rows.filter(
            Q(received_at__lt=before.at) | Q(received_at=before.at, id__lt=before.id)
        ).filter(received_at__lte=before.at)
    # A ward's border is long, and no list shows it.
    rows = rows.select_related("category", "area", "body").defer("area__shape", "search_text")
    found = list(rows[: size + 1])
    older = None
    if len(found) > size:
        found = found[:size]
        older = Cursor(found[-1].received_at, found[-1].id)
    return Page(found, older)


def narrowed(rows: QuerySet[Report], chosen: Filter, setup: Configuration) -> QuerySet[Report]:
    if chosen.category in setup.categories:
        rows = rows.filter(category_id=setup.categories[chosen.category].id)
    if chosen.area in setup.areas:
        rows = rows.filter(area_id=setup.areas[chosen.area].id)
    if chosen.status in STATUS_FILTERS:
        rows = rows.filter(STATUS_FILTERS[chosen.status])
    return with_words(rows, chosen.words)
