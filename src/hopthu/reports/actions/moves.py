"""A step on its way: what it is worked out from, what it changes, where it takes the report."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from hopthu.bodies.configuration import Body, Configuration, code_of
from hopthu.core.terms import Need, Role, Step
from hopthu.people.actors import Actor
from hopthu.reports.actions.given import BadGiven, Given
from hopthu.reports.intake import Place, place_of, place_problems
from hopthu.reports.models import Report
from hopthu.reports.promises import responsible


class Stays:
    """The report stays with its body."""


STAYS: Final = Stays()
Destination = Body | None | Stays
"""A body, the dispatcher (None), or `STAYS`."""


@dataclass(frozen=True)
class Move:
    """A step that somebody wants to take, with all that it is worked out from."""

    report: Report
    step: Step
    at: datetime
    given: Given
    setup: Configuration
    actor: Actor

    @property
    def by_sender(self) -> bool:
        return Role.SENDER in self.actor.roles

    @property
    def category_code(self) -> str:
        return self.report.category.code

    @property
    def area_code(self) -> str | None:
        return self.report.area.code if self.report.area else None


@dataclass
class Change:
    fields: dict[str, object] = field(default_factory=dict)
    """Columns of the report and their new values."""
    data: dict[str, object] = field(default_factory=dict)
    """What the event remembers."""
    words: str = ""
    again: set[str] = field(default_factory=set)
    """Slots of the report (`reports.values`) that the record commits to anew."""
    struck: dict[str, str] = field(default_factory=dict)
    """Slots of earlier words, and what is left of them: committed to anew as well."""
    erased: set[str] = field(default_factory=set)
    """Slots whose values are gone for good, and their salts with them."""
    after: Callable[[], None] = lambda: None
    """To be done in the same transaction, once the report is written."""


def destination(move: Move) -> Destination:
    """Where the step would take the report."""
    match move.step:
        case Step.ROUTE if move.given.body:
            target = move.setup.bodies.get(move.given.body)
            if target is None:
                raise BadGiven(Need.BODY, "unknown")
            if target.id == move.report.body_id:
                raise BadGiven(Need.BODY, "same")
            if target.id == move.report.concerned_id:
                raise BadGiven(Need.BODY, "concerned")
            return target
        case Step.RECATEGORISE if move.given.category:
            category = move.setup.categories.get(move.given.category)
            if category is None or not category.active:
                raise BadGiven(Need.CATEGORY, "unknown")
            return _rerouted(move, category.code, move.area_code)
        case Step.RELOCATE if move.given.place:
            return _rerouted(move, move.category_code, placed(move).area)
    return STAYS


def _rerouted(move: Move, category: str, area: str | None) -> Destination:
    concerned = code_of(move.setup.bodies, move.report.concerned_id)
    body = responsible(move.setup, move.setup.categories[category], area=area, concerned=concerned)
    return STAYS if (body.id if body else None) == move.report.body_id else body


def placed(move: Move) -> Place:
    """The new place, checked like that of a new report."""
    place = move.given.place or Place()
    category = move.setup.categories[move.category_code]
    problems = tuple(place_problems(place, category, move.setup))
    if problems:
        raise BadGiven(Need.PLACE, problems[0].code)
    return place_of(place, category, move.setup)
