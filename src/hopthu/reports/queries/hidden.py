"""How many reports are hidden, and which of them wait to be looked at again."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Q
from django.utils.timezone import localdate

from hopthu.reports.models import Report


@dataclass(frozen=True)
class Standing:
    hidden: int
    due: int
    """By an order whose day to look at it again has come."""
    requests: int
    """Senders who asked for a review that nobody has decided yet."""
    oldest_request: datetime | None


def standing(at: datetime) -> Standing:
    """One query."""
    asked = Q(review_asked_at__isnull=False, reviewed_at__isnull=True)
    rows = Report.objects.filter(visibility=Report.Visibility.HIDDEN)
    found = rows.aggregate(
        hidden=Count("pk"),
        due=Count("pk", filter=Q(review_on__lte=localdate(at))),
        requests=Count("pk", filter=asked),
        oldest_request=Min("review_asked_at", filter=asked),
    )
    return Standing(**found)
