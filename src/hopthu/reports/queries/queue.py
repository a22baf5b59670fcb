"""The desk's queue: what waits for whom, the most urgent first, page by page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Left
from django.utils.timezone import localdate

from hopthu.core.terms import Role, Step
from hopthu.people.actors import Actor
from hopthu.reports.models import Event, Photo, Proposal, Report
from hopthu.reports.models.event import ABOUT_PHOTOS, CONTACT_OPENED
from hopthu.reports.queries.desk import readable
from hopthu.reports.queries.listing import Cursor
from hopthu.reports.queries.searching import with_words

PAGE: Final = 50
EXCERPT: Final = 180
ASIDE: Final = (Step.SUPPORT, *ABOUT_PHOTOS, CONTACT_OPENED)
"""Events that are no news to the officer: they never cover what the sender did last."""
NEWS: Final = frozenset({Step.REPLY, Step.DISPUTE, Step.ADD_WORDS})


class Scope(StrEnum):
    """Whose reports the queue shows."""

    BODY = "body"
    MINE = "mine"
    UNROUTED = "unrouted"
    """No body has it: the dispatcher's."""
    JUDGE = "judge"
    """Disputed a second time: for somebody outside the body."""
    ALL = "all"
    AGAIN = "again"
    """Hidden, or to be hidden, and somebody has to decide: see `looked_at_again`."""


OPEN_OR_NOT: Final = frozenset({Scope.JUDGE, Scope.AGAIN})
"""What waits there may be closed as well."""


@dataclass(frozen=True)
class Chosen:
    """What the reader of the queue asked for."""

    scope: Scope
    is_open: bool = True
    words: str = ""


@dataclass(frozen=True)
class QueueRow:
    """One line of the queue. Category, area and body are codes."""

    number: str
    status: str
    outcome: str
    category: str
    area: str | None
    body: str | None
    landmark: str
    excerpt: str
    private: bool
    hidden: bool
    assignee: str
    received_at: datetime
    acknowledge_by: datetime | None
    """None once the promise to acknowledge is kept."""
    due: datetime
    """Open: the promise in force; to be judged: by when."""
    closed_at: datetime | None
    asked: bool
    news: str
    """`reply`, `dispute` or `add_words` when the sender's step was the last one."""
    disputes: int
    held_photos: bool
    supports: int
    order_waits: bool
    review_waits: bool
    review_on: date | None


@dataclass(frozen=True)
class QueuePage:
    rows: list[QueueRow]
    following: Cursor | None
    """None on the last page."""


def scopes(actor: Actor) -> tuple[Scope, ...]:
    """The scopes that make sense for `actor`, the one to start with first."""
    offered = []
    if actor.own_bodies:
        offered += [Scope.BODY, Scope.MINE]
    if Role.DISPATCHER in actor.roles:
        offered.append(Scope.UNROUTED)
    if {Role.DISPATCHER, Role.MODERATOR} & actor.roles:
        offered.append(Scope.JUDGE)
    if {Role.DISPATCHER, Role.MODERATOR, Role.ADMINISTRATOR} & actor.roles:
        offered.append(Scope.ALL)
    if {Role.MODERATOR, Role.ADMINISTRATOR} & actor.roles:
        offered.append(Scope.AGAIN)
    return tuple(offered)


def queue_page(
    chosen: Chosen, actor: Actor, *, at: datetime, after: Cursor | None = None, size: int = PAGE
) -> QueuePage:
    """One query, however many reports there are."""
    rows = _narrowed(Report.objects.filter(readable(actor)), chosen, actor, at)
    column, newest_first = _order(chosen)
    rows = rows.order_by(*(("-" + column, "-id") if newest_first else (column, "id")))
    if after is not None:
        rows = rows.filter(_beyond(column, after, newest_first=newest_first))
    found = list(_with_marks(rows)[: size + 1])
    following = None
    if len(found) > size:
        found = found[:size]
        following = Cursor(getattr(found[-1], column), found[-1].pk)
    return QueuePage([_row(report, chosen) for report in found], following)


def counts(actor: Actor, at: datetime) -> dict[str, int]:
    """How many wait, as `of_` + scope, and `late` of one's bodies (or of all): one query."""
    own = Q(body__in=actor.own_bodies)
    is_open = Q(closed_at__isnull=True)
    scope = _scope_filters(actor, at)
    numbers = {  # never named as columns are: the filters beside them would take them for those
        f"of_{each}": Count("pk", filter=scope[each] & (Q() if each in OPEN_OR_NOT else is_open))
        for each in scopes(actor)
    }
    late = is_open & Q(resolve_by__lt=at) & (own if actor.own_bodies else Q())
    waits = is_open | Q(awaits_judgement=True) | looked_at_again(at)
    rows = Report.objects.filter(readable(actor)).filter(waits)
    found: dict[str, int] = rows.aggregate(late=Count("pk", filter=late), **numbers)
    return found


def looked_at_again(at: datetime) -> Q:
    """An order waits to be confirmed, a sender asked for a review, or the day of an order came."""
    asked = Q(review_asked_at__isnull=False, reviewed_at__isnull=True)
    hidden = Q(visibility=Report.Visibility.HIDDEN)
    return Q(proposal__isnull=False) | hidden & (asked | Q(review_on__lte=localdate(at)))


def _scope_filters(actor: Actor, at: datetime) -> dict[Scope, Q]:
    return {
        Scope.BODY: Q(body__in=actor.own_bodies),
        Scope.MINE: Q(assignee=actor.staff_id),
        Scope.UNROUTED: Q(body__isnull=True),
        Scope.JUDGE: Q(awaits_judgement=True) & ~Q(body__in=actor.bodies),
        Scope.ALL: Q(),
        Scope.AGAIN: looked_at_again(at),
    }


def _narrowed(
    rows: QuerySet[Report], chosen: Chosen, actor: Actor, at: datetime
) -> QuerySet[Report]:
    rows = rows.filter(_scope_filters(actor, at)[chosen.scope])
    if chosen.scope not in OPEN_OR_NOT:
        rows = rows.filter(closed_at__isnull=chosen.is_open)
    return with_words(rows, chosen.words)


def _order(chosen: Chosen) -> tuple[str, bool]:
    """The column that the list is sorted by, and whether the newest comes first."""
    if chosen.scope == Scope.JUDGE:
        return "judge_by", False
    if chosen.scope == Scope.AGAIN:
        return "received_at", False
    return ("resolve_by", False) if chosen.is_open else ("closed_at", True)


def _beyond(column: str, after: Cursor, *, newest_first: bool) -> Q:
    side = "lt" if newest_first else "gt"
    tie = Q((column, after.at), (f"id__{side}", after.id))
    return Q((f"{column}__{side}", after.at)) | tie


def _with_marks(rows: QuerySet[Report]) -> QuerySet[Report]:
    last = Event.objects.filter(report=OuterRef("pk")).exclude(kind__in=ASIDE).order_by("-seq")
    held = Photo.objects.filter(report=OuterRef("pk"), state=Photo.State.HELD)
    return (
        rows.select_related("category", "area", "body", "assignee")
        .defer("text", "details", "search_text", "area__shape")
        .annotate(
            excerpt=Left("text", EXCERPT),
            last_kind=Subquery(last.values("kind")[:1]),
            has_held=Exists(held),
            has_order=Exists(Proposal.objects.filter(report=OuterRef("pk"))),
        )
    )


def _row(report: Report, chosen: Chosen) -> QueueRow:
    marks: dict[str, object] = report.__dict__
    news = str(marks["last_kind"] or "")
    return QueueRow(
        number=report.number,
        status=report.status,
        outcome=report.outcome,
        category=report.category.code,
        area=report.area.code if report.area else None,
        body=report.body.code if report.body else None,
        landmark=report.landmark,
        excerpt=str(marks["excerpt"]),
        private=report.private,
        hidden=report.is_hidden,
        assignee=report.assignee.name if report.assignee else "",
        received_at=report.received_at,
        acknowledge_by=None if report.acknowledged_at else report.acknowledge_by,
        due=(chosen.scope == Scope.JUDGE and report.judge_by) or report.resolve_by,
        closed_at=report.closed_at,
        asked=report.asked_at is not None,
        news=news if news in NEWS else "",
        disputes=report.disputes,
        held_photos=bool(marks["has_held"]),
        supports=report.supports,
        order_waits=bool(marks["has_order"]),
        review_waits=report.review_waits,
        review_on=report.review_on,
    )


def known(scope: str, offered: Iterable[Scope]) -> Scope | None:
    """The scope of that name if it is offered."""
    return next((each for each in offered if each == scope), None)
