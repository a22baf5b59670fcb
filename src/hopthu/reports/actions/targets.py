"""The report that another one is merged into."""

from django.db.models import Q

from hopthu.core.codes import BadNumber, parse_number
from hopthu.core.terms import Need
from hopthu.reports.actions.given import BadGiven
from hopthu.reports.models import Report


def lock(pk: int, number: str) -> None:
    """Let nobody else change the report and its target until the end of the transaction.

    Two that are merged into each other at once would both still see an open target. Everybody
    locks in the same order, so that nobody waits in a circle. (SQLite has one writer at a time.)
    """
    try:
        both = Q(pk=pk) | Q(number=parse_number(number))
    except BadNumber:
        return
    locked = Report.objects.select_for_update(no_key=True).filter(both)
    list(locked.order_by("pk").values_list("pk"))


def merge_target(report: Report, number: str) -> Report:
    """An open report of equal visibility, other than `report`; `BadGiven` otherwise.

    Closed reports are no targets, so nothing is ever merged in a circle.
    """
    try:
        target = Report.objects.filter(number=parse_number(number)).first()
    except BadNumber:
        target = None
    if target is None:
        raise BadGiven(Need.TARGET, "unknown")
    if target.pk == report.pk:
        raise BadGiven(Need.TARGET, "same")
    if not target.is_open:
        raise BadGiven(Need.TARGET, "not_open")
    if (target.visibility, target.private) != (report.visibility, report.private):
        raise BadGiven(Need.TARGET, "other_visibility")
    return target
