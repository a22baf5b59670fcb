"""What everybody may read of a report, put together for its page.

How much that is depends on what became of the report:

    open to all   everything
    withdrawn     that there was one, and when: the sender took the words back
    private       the group of its kind, the day, and how it stands, hidden or not
    hidden        the reason, when, what kind and which ward
"""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from hopthu.bodies.configuration import Category, Configuration
from hopthu.core.terms import Status, Step
from hopthu.reports.queries.reading import Reading
from hopthu.web import words
from hopthu.web.answers import answered
from hopthu.web.timeline import Item, timeline

if TYPE_CHECKING:
    from hopthu.reports.models import Report

CLOSING = frozenset({Step.RESOLVE, Step.DECLINE, Step.REFER})


def report_page(reading: Reading, setup: Configuration) -> dict[str, Any]:
    """The context of `public/report.html`; it holds nothing that the page may not show."""
    report = reading.report
    category = setup.categories[report.category.code]
    shared: dict[str, Any] = {
        "number": report.number,
        "status": words.status(report.status, report.outcome),
        "received_at": report.received_at,
        "shown_as": _shown_as(reading),
    }
    match shared["shown_as"]:
        case "private":
            return shared | {"group": _group(category, setup)}
        case "hidden" | "withdrawn":
            return shared | {
                "category": category,
                "area": report.area,
                "hide_reason": words.HIDE_REASONS.get(report.hide_reason, ""),
                "order": report.order,
                "items": timeline(reading.events, setup, words=False),
            }
    return shared | _everything(reading, category, setup)


def _shown_as(reading: Reading) -> str:
    report = reading.report
    if report.private:
        return "private"
    if report.is_hidden:
        return "hidden"
    if report.status == Status.WITHDRAWN:
        return "withdrawn"
    if any(event.kind == Step.ERASE for event in reading.events):
        return "erased"
    return "open"


def _everything(reading: Reading, category: Category, setup: Configuration) -> dict[str, Any]:
    report = reading.report
    items = timeline(reading.events, setup, photos=reading.photos)
    first = reading.events[0].pk if reading.events else None
    return {
        "report": report,
        "category": category,
        "area": report.area,
        "body": report.body,
        "concerned": report.concerned,
        "details": _details(report, category),
        "photos": [photo for photo in reading.photos if photo.event_id in (None, first)],
        "items": items,
        "answer": _closing_answer(items) if report.closed_at else None,
        "decline_reason": words.DECLINE_REASONS.get(report.decline_reason, ""),
        "may_support": report.status != Status.DUPLICATE,
    }


def _closing_answer(items: list[Item]) -> Item | None:
    """The city's words that closed the report: shown first, so the timeline leaves them out."""
    for place, item in reversed(list(enumerate(items))):
        if item.kind in CLOSING and item.words:
            items[place] = replace(item, words="", note="", photos=[])
            return item
    return None


def _group(category: Category, setup: Configuration) -> Any:
    return next((group for group in setup.groups if group.code == category.group), None)


def _details(report: "Report", category: Category) -> list[dict[str, str]]:
    """Answers to the questions of the category that were for everybody, and are so now."""
    return [
        {"label": str(question.prompt), "value": words}
        for question, words in answered(category, report.details)
        if question.public and question.code not in report.withheld
    ]
