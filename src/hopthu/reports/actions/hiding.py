"""Hiding a report, showing it again, and looking at that decision once more.

The event stays in every case, with the reason: nothing goes without a public trace.
"""

from datetime import date
from typing import Final

from hopthu.bodies.configuration import Configuration
from hopthu.core.lifecycle import Missing
from hopthu.core.orders import Order, is_own, review_fault
from hopthu.core.terms import Need, Role
from hopthu.reports.actions.given import BadGiven
from hopthu.reports.actions.moves import Change, Move
from hopthu.reports.models import Proposal, Report

_NOT_HIDDEN: Final[dict[str, object]] = {
    "hide_reason": "",
    "order_issuer": "",
    "order_number": "",
    "ordered_on": None,
    "review_on": None,
    "hidden_by_id": None,
    "hide_proposed_by_id": None,
    "review_asked_at": None,
    "reviewed_at": None,
}


def hide(move: Move, result: Change) -> None:
    report, given = move.report, move.given
    result.fields.update(_NOT_HIDDEN)
    result.fields.update(
        visibility=Report.Visibility.HIDDEN,
        hide_reason=given.reason,
        hidden_by_id=move.actor.staff_id,
    )
    result.data["reason"] = given.reason
    if given.order is not None:
        _by_order(move, given.order, result)

    def drop_the_proposal() -> None:
        Proposal.objects.filter(report=report).delete()

    result.after = drop_the_proposal


def _by_order(move: Move, order: Order, result: Change) -> None:
    # Nobody of the staff: it was decided before, and is taken again after a restore.
    if move.actor.staff_id is not None:
        _check_order(move, order)
        result.fields["hide_proposed_by_id"] = move.given.second_person
    result.fields.update(
        order_issuer=order.issuer,
        order_number=order.number,
        ordered_on=order.day,
        review_on=order.review_on,
    )
    result.data.update(
        issuer=order.issuer,
        order=order.number,
        ordered=order.day.isoformat(),
        review=order.review_on.isoformat(),
    )


def _check_order(move: Move, order: Order) -> None:
    """By somebody outside, and confirmed by somebody who does not speak for the city as well."""
    if move.given.second_person == move.actor.staff_id:
        raise BadGiven(Need.SECOND_PERSON, "same_person")
    if Role.EDITOR in move.actor.roles:
        raise BadGiven(Need.SECOND_PERSON, "editor")
    if is_own(order.issuer, own_names(move.setup)):
        raise BadGiven(Need.ORDER, "self_issued")


def own_names(setup: Configuration) -> set[str]:
    """Of the city and of its bodies, in every language."""
    names = (setup.city.name, *(body.name for body in setup.bodies.values()))
    return {words for name in names for words in name.values()}


def show(move: Move, result: Change) -> None:
    private = move.report.private
    result.fields.update(_NOT_HIDDEN)
    result.fields["visibility"] = Report.Visibility.PRIVATE if private else Report.Visibility.PUBLIC


def ask_review(move: Move, result: Change) -> None:
    result.fields["review_asked_at"] = move.at


def keep_hidden(move: Move, result: Change) -> None:
    """Looked at again, and it stays; an order gets a new day for the next time."""
    if move.report.review_waits:
        result.fields["reviewed_at"] = move.at
    if move.report.review_on is not None:
        day = _next_review(move)
        result.fields["review_on"] = day
        result.data["review"] = day.isoformat()


def _next_review(move: Move) -> date:
    day = move.given.date
    if day is None:
        raise Missing(move.step, Need.DATE)
    fault = review_fault(day, today=move.at.astimezone(move.setup.calendar.tz).date())
    if fault is not None:
        raise BadGiven(Need.DATE, fault)
    return day
