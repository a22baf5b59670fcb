"""The report that another one is merged into."""

from hopthu.core.codes import BadNumber, parse_number
from hopthu.core.terms import Need
from hopthu.reports.actions.given import BadGiven
from hopthu.reports.models import Report


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
    if target.visibility != report.visibility:
        raise BadGiven(Need.TARGET, "other_visibility")
    return target
