"""A report and an actor, described for `core.lifecycle`."""

from datetime import datetime

from hopthu.core.lifecycle import Situation, Step, allowed
from hopthu.core.terms import Status
from hopthu.people.actors import Actor
from hopthu.reports.models import Report


def situation(
    report: Report, actor: Actor, *, at: datetime, leaves_body: bool = False
) -> Situation:
    return Situation(
        status=Status(report.status),
        at=at,
        own_body=report.body_id in actor.own_bodies,
        inside_body=report.body_id is not None and report.body_id in actor.bodies,
        concerned_body=report.concerned_id is not None and report.concerned_id in actor.bodies,
        leaves_body=leaves_body,
        hidden=report.is_hidden,
        by_order=report.review_on is not None,
        hid_it=actor.staff_id is not None
        and actor.staff_id in (report.hidden_by_id, report.hide_proposed_by_id),
        review_used=report.review_asked_at is not None,
        review_waits=report.review_waits,
        private=report.private,
        asked_at=report.asked_at,
        withdrawn_at=report.withdrawn_at,
        disputes=report.disputes,
        awaits_judgement=report.awaits_judgement,
        confirmed=report.confirmed_at is not None,
        extended=report.extended,
        reroutes=report.reroutes,
    )


def allowed_steps(report: Report, actor: Actor, *, at: datetime) -> tuple[Step, ...]:
    """The steps that `actor` may take now."""
    return allowed(situation(report, actor, at=at), roles=actor.roles)
