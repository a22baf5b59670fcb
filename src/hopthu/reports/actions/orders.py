"""An order from outside to hide a report: one of the staff puts it forward, another confirms it.

NoProposal   there is none (any more): somebody else confirmed or dropped it
"""

from datetime import datetime

from django.db import IntegrityError, transaction

from hopthu.bodies.queries import configuration
from hopthu.core import lifecycle
from hopthu.core.limits import MAX_TEXT
from hopthu.core.orders import Order, order_fault
from hopthu.core.terms import HideReason, Need, Step
from hopthu.core.text import clean
from hopthu.people.actors import Actor
from hopthu.reports.actions.advance import advance
from hopthu.reports.actions.given import BadGiven, Given
from hopthu.reports.actions.hiding import own_names
from hopthu.reports.models import Proposal, Report
from hopthu.reports.situation import situation


class NoProposal(Exception):
    """Nothing waits to be confirmed."""


def propose(
    report: Report, *, actor: Actor, order: Order | None, words: str, at: datetime
) -> Proposal:
    """Put an order forward; the report stays as it is until somebody else confirms it.

    Raises what `advance` would: `StepRefused`, `BadGiven`, `TextTooLong`.
    """
    words = clean(words, limit=MAX_TEXT)
    given = Given(reason=HideReason.ORDER, words=words, order=order)
    to_come = {**given.by_need(), Need.SECOND_PERSON: "whoever confirms it"}
    now = situation(report, actor, at=at)
    lifecycle.decide(Step.HIDE, now, roles=actor.roles, given=to_come)
    if order is None or actor.staff_id is None:
        raise lifecycle.Missing(Step.HIDE, Need.ORDER)
    _check(order, at)
    try:
        with transaction.atomic():
            return Proposal.objects.create(
                report=report,
                staff_id=actor.staff_id,
                at=at,
                issuer=order.issuer,
                number=order.number,
                day=order.day,
                review_on=order.review_on,
                words=words,
            )
    except IntegrityError as error:
        raise BadGiven(Need.ORDER, "waits_already") from error


def confirm(report: Report, *, actor: Actor, at: datetime) -> Report:
    """Hide the report by the order that somebody else put forward.

    Raises `NoProposal`, and what `advance` raises.
    """
    proposal = Proposal.objects.filter(report=report).first()
    if proposal is None:
        raise NoProposal
    _check(proposal.order, at)
    given = Given(
        reason=HideReason.ORDER,
        words=proposal.words,
        order=proposal.order,
        second_person=proposal.staff_id,
    )
    return advance(report, step=Step.HIDE, actor=actor, at=at, given=given)


def drop(report: Report) -> None:
    """Nothing comes of it. Raises `NoProposal`."""
    dropped, _each = Proposal.objects.filter(report=report).delete()
    if not dropped:
        raise NoProposal


def _check(order: Order, at: datetime) -> None:
    setup = configuration()
    today = at.astimezone(setup.calendar.tz).date()
    fault = order_fault(order, own_names=own_names(setup), today=today)
    if fault is not None:
        raise BadGiven(Need.ORDER, fault)
