"""One report of the demo as it will have happened, before any of it is written down."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from hopthu.core.geometry import Point
from hopthu.core.terms import Step


class By(StrEnum):
    """Who makes a move."""

    SENDER = "sender"
    NEIGHBOUR = "neighbour"
    OFFICER = "officer"
    """Of the body that has the report by then; the dispatcher where none has it."""
    MODERATOR = "moderator"
    CONCERNED = "concerned"
    """An officer of the body that an oversight report is about."""


@dataclass(frozen=True)
class Move:
    at: datetime
    by: By
    step: Step
    given: Mapping[str, Any] = field(default_factory=dict)
    """Fields of `reports.actions.Given`, as far as they can be known now."""
    photos: int = 0


@dataclass(frozen=True)
class Merge:
    """The report turns out to be the same as another story's."""

    at: datetime
    into: "Story"


@dataclass(frozen=True)
class Note:
    at: datetime
    text: str


@dataclass(frozen=True)
class Look:
    """A moderator looks at the photos that came with the report."""

    at: datetime
    withhold: bool = False


Happening = Move | Merge | Note | Look


@dataclass(eq=False)
class Story:
    at: datetime
    category: str
    text: str
    scene: str
    point: Point | None = None
    area: str | None = None
    landmark: str = ""
    details: Mapping[str, str | list[str]] = field(default_factory=dict)
    photos: int = 0
    private: bool = False
    at_desk: bool = False
    """Told to a clerk."""
    concerned: str | None = None
    happenings: list[Happening] = field(default_factory=list)

    @property
    def closes_at(self) -> datetime | None:
        """When the city or the sender first closed it."""
        closing = (move.at for move in self.happenings if _closes(move))
        return min(closing, default=None)


_CLOSING = {Step.RESOLVE, Step.DECLINE, Step.REFER, Step.WITHDRAW}


def _closes(happening: Happening) -> bool:
    return isinstance(happening, Move) and happening.step in _CLOSING
