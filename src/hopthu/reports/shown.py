"""What the pages say of a report beside its values: how it stands, and each of its steps.

Read from the very columns that the pages show, like `reports.values`. No commitment covers them and
none has to: the entries tell the same in the clear, so that `hopthu verify` can compare. Of a
private report it is what its entries tell, and no more.
"""

from collections.abc import Sequence
from typing import Final

from hopthu.bodies.configuration import Configuration, code_of
from hopthu.core.canonical import Json
from hopthu.core.entries import PRIVATE_FACTS, day, hour
from hopthu.core.terms import Status
from hopthu.reports.models import Event, Report
from hopthu.reports.recording import entry_type, facts_of

COLUMNS: Final = (
    "private",
    "category_id",
    "area_id",
    "body_id",
    "concerned_id",
    "status",
    "outcome",
    "decline_reason",
    "scheduled_for",
    "merged_into__number",
    "visibility",
    "hide_reason",
    "order_issuer",
    "order_number",
    "ordered_on",
    "review_on",
    "resolve_by",
    "first_resolve_by",
    "extended",
    "closed_at",
    "disputes",
    "confirmed_at",
    "supports",
)
"""Of the report; with `select_related("merged_into")`."""


def shown(report: Report, events: Sequence[Event], setup: Configuration) -> dict[str, Json]:
    """As docs/record-format.md has it; `events` in their order. What does not apply is left out."""
    told: dict[str, Json] = {
        "status": report.status,
        "closed": _closed(report),
        "hidden": report.hide_reason if report.is_hidden else None,
        "issuer": report.order_issuer or None,
        "order": report.order_number or None,
        "ordered": report.ordered_on.isoformat() if report.ordered_on else None,
        "review": report.review_on.isoformat() if report.review_on else None,
        "disagrees": report.sender_disagrees or None,
        **_outcome(report),
        **(_of_private(report, setup) if report.private else _of_any_other(report, setup)),
        "steps": [_step(event, private=report.private) for event in events],
    }
    return {name: value for name, value in told.items() if value is not None}


def _closed(report: Report) -> str | None:
    if report.closed_at is None:
        return None
    return day(report.closed_at) if report.private else hour(report.closed_at)


def _outcome(report: Report) -> dict[str, Json]:
    match report.status:
        case Status.RESOLVED:
            return {"outcome": report.outcome}
        case Status.DECLINED:
            return {"reason": report.decline_reason}
        case Status.SCHEDULED:
            return {"date": report.scheduled_for.isoformat() if report.scheduled_for else None}
        case Status.DUPLICATE if not report.private:
            return {"into": report.merged_into.number if report.merged_into else None}
    return {}


def _of_private(report: Report, setup: Configuration) -> dict[str, Json]:
    return {"private": True, "group": setup.category_of(report.category_id).group}


def _of_any_other(report: Report, setup: Configuration) -> dict[str, Json]:
    return {
        "category": code_of(setup.categories, report.category_id),
        "area": code_of(setup.areas, report.area_id),
        "body": code_of(setup.bodies, report.body_id),
        "concerned": code_of(setup.bodies, report.concerned_id),
        "due": hour(report.resolve_by),
        "first_due": hour(report.first_resolve_by),
        "extended": report.extended or None,
        "supports": report.supports or None,
    }


def _step(event: Event, *, private: bool) -> dict[str, Json]:
    facts = facts_of(event)
    return {
        "type": entry_type(event),
        "status": event.status,
        "actor": event.role,
        **{name: facts[name] for name in facts if not private or name in PRIVATE_FACTS},
    }
