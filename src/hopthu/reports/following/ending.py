"""A report that is over is followed no longer."""

from datetime import datetime

from hopthu.outbox.following.things import Thing
from hopthu.outbox.models import Subscription
from hopthu.reports.actions.contacts import KEPT_FOR
from hopthu.reports.models import Report

AT_ONCE = 500
"""Reports of one statement."""


def purge_over(*, at: datetime) -> int:
    """Forget who follows a report that has been closed for `KEPT_FOR`; gives how many."""
    rows = Subscription.objects.filter(thing__startswith="report:").values_list("thing", flat=True)
    numbers = [Thing.parse(thing).number for thing in set(rows)]
    count = 0
    for start in range(0, len(numbers), AT_ONCE):
        over = Report.objects.filter(
            number__in=numbers[start : start + AT_ONCE], closed_at__lte=at - KEPT_FOR
        )
        things = [Thing(number=number).key for number in over.values_list("number", flat=True)]
        old = Subscription.objects.filter(thing__in=things)
        count += old.count()
        old.delete()
    return count
