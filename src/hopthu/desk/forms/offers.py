"""The steps that a report page offers, each as a form; the likely ones first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from hopthu.bodies.configuration import Configuration
from hopthu.core.lifecycle import STEPS
from hopthu.core.terms import Role, Status, Step
from hopthu.desk import words
from hopthu.desk.forms.fields import Field
from hopthu.desk.forms.step_fields import Asking, fields_of
from hopthu.desk.page import WRITTEN
from hopthu.people.actors import Actor
from hopthu.people.queries import officers_of
from hopthu.reports.queries.desk import READS_HIDDEN, Folder, merge_candidates
from hopthu.reports.situation import allowed_steps
from hopthu.web.words import STEPS as NAMES
from hopthu.web.words import Words

ORDER = (
    Step.ROUTE,
    Step.ACCEPT,
    Step.ANSWER,
    Step.RESOLVE,
    Step.ASK,
    Step.START,
    Step.SCHEDULE,
    Step.ASSIGN,
    Step.EXTEND,
    Step.MERGE,
    Step.RECATEGORISE,
    Step.RELOCATE,
    Step.DECLINE,
    Step.REFER,
    Step.UNMERGE,
    Step.REOPEN,
    Step.REDACT,
    Step.HIDE,
    Step.SHOW,
    Step.KEEP_HIDDEN,
)
"""Without `erase`: that is asked for from outside, and decided at `desk:erasures`."""
IRREVERSIBLE = frozenset({Step.REDACT})


@dataclass(frozen=True)
class Tried:
    """A step that was sent and not taken: what was typed, and what was wrong."""

    step: Step
    typed: Mapping[str, Sequence[str]]
    errors: Mapping[str, str] = field(default_factory=dict)
    """Field → message."""
    refused: str = ""
    """What is wrong with the step as a whole."""

    @property
    def written(self) -> list[str]:
        """The longer things that were typed, to be saved where the step is not offered any more."""
        return [text for name in WRITTEN for text in self.typed.get(name, ()) if text.strip()]


@dataclass(frozen=True)
class Offer:
    step: Step
    name: Words
    icon: str
    follows: Words
    fields: tuple[Field, ...]
    is_open: bool
    """It was tried, and stands open with what was typed."""
    refused: str
    irreversible: bool

    @property
    def picks_place(self) -> bool:
        """A map may help to fill the form in."""
        return any(field.name == "lat" for field in self.fields)


@dataclass(frozen=True)
class Offers:
    likely: tuple[Offer, ...]
    more: tuple[Offer, ...]

    @property
    def more_open(self) -> bool:
        return any(offer.is_open for offer in self.more)

    def __contains__(self, step: object) -> bool:
        return any(offer.step == step for offer in (*self.likely, *self.more))


def offers(
    folder: Folder, actor: Actor, setup: Configuration, at: datetime, tried: Tried | None = None
) -> Offers:
    """What `actor` may do with the report now: at most two queries."""
    report = folder.report
    steps = set(allowed_steps(report, actor, at=at))
    asking: dict[str, Any] = {
        "only_orders": Role.MODERATOR not in actor.roles,
        "colleagues": _colleagues(folder, actor) if Step.ASSIGN in steps else (),
        "candidates": tuple(merge_candidates(report, actor)) if Step.MERGE in steps else (),
    }
    if Role.MODERATOR not in actor.roles:
        steps.discard(Step.REDACT)  # administrators cover what was asked for, and nothing else
    if not asking["colleagues"]:
        steps.discard(Step.ASSIGN)
    if report.category.place == "none":
        steps.discard(Step.RELOCATE)
    likely = _likely(folder, actor) & steps
    made = {
        step: _offer(Asking(step, folder, setup, at, **asking), tried)
        for step in ORDER
        if step in steps
    }
    return Offers(
        likely=tuple(offer for step, offer in made.items() if step in likely),
        more=tuple(offer for step, offer in made.items() if step not in likely),
    )


def _likely(folder: Folder, actor: Actor) -> frozenset[Step]:
    """The steps that come next in the ordinary course of things."""
    report = folder.report
    if report.review_waits and READS_HIDDEN & actor.roles:
        return frozenset({Step.SHOW, Step.KEEP_HIDDEN})
    if report.awaits_judgement:
        return frozenset({Step.REOPEN, Step.UNMERGE, Step.ANSWER})
    if not report.is_open:
        return frozenset({Step.ANSWER})
    if report.body_id is None:
        return frozenset({Step.ROUTE, Step.ANSWER})
    if Role.MODERATOR in actor.roles and report.body_id not in actor.own_bodies:
        return frozenset({Step.REDACT})
    if report.status == Status.RECEIVED:
        return frozenset({Step.ACCEPT, Step.ANSWER, Step.RESOLVE})
    return frozenset({Step.ASK, Step.ANSWER, Step.RESOLVE})


def _colleagues(folder: Folder, actor: Actor) -> tuple[tuple[int, str], ...]:
    """Who may be given the report, oneself first; not the one who has it already."""
    report = folder.report
    if report.body_id is None:
        return ()
    people = officers_of(report.body_id).exclude(pk=report.assignee_id or 0)
    named = people.values_list("pk", "name")
    return tuple(sorted(named, key=lambda one: (one[0] != actor.staff_id, one[1])))


def _offer(asking: Asking, tried: Tried | None) -> Offer:
    step = asking.step
    mine = tried if tried is not None and tried.step == step else None
    fields = fields_of(asking, STEPS[step].needs)
    return Offer(
        step=step,
        name=NAMES[step],
        icon=words.ICONS[step],
        follows=words.FOLLOWS.get(step, ""),
        fields=tuple(
            one.in_form(step, mine.typed if mine else None, mine.errors if mine else {})
            for one in fields
        ),
        is_open=mine is not None,
        refused=mine.refused if mine else "",
        irreversible=step in IRREVERSIBLE,
    )
