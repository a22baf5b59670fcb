"""The whole set-up of the city as one immutable value in memory."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from hopthu.bodies.translated import Translated
from hopthu.core.deadlines import Calendar, Promise
from hopthu.core.geometry import AreaIndex
from hopthu.core.routing import Rule


@dataclass(frozen=True)
class City:
    name: Translated
    kind: Translated
    about: Translated
    jurisdiction_id: str
    time_zone: str
    emergency_numbers: tuple[tuple[str, Translated], ...]
    demo: bool


@dataclass(frozen=True)
class Area:
    id: int
    code: str
    name: Translated


@dataclass(frozen=True)
class Body:
    id: int
    code: str
    name: Translated
    phone: str


@dataclass(frozen=True)
class Question:
    code: str
    prompt: Translated
    help: Translated
    datatype: str
    required: bool
    public: bool
    choices: tuple[tuple[str, Translated], ...]

    def choice(self, key: str) -> Translated | str:
        """The words of a choice; the key itself where the city has since dropped the choice."""
        return dict(self.choices).get(key, key)


@dataclass(frozen=True)
class Category:
    id: int
    code: str
    group: str
    name: Translated
    description: Translated
    icon: str
    place: str
    private: bool
    oversight: bool
    danger: bool
    legal_notice: bool
    active: bool
    acknowledge_within: Promise
    resolve_within: Promise
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Group:
    code: str
    name: Translated
    icon: str
    categories: tuple[Category, ...]
    """The active ones, in the city's order."""


@dataclass(frozen=True)
class Configuration:
    version: int
    city: City
    groups: tuple[Group, ...]
    """Those with at least one active category."""
    categories: Mapping[str, Category]
    """All, retired ones too: old reports still have them."""
    areas: Mapping[str, Area]
    shapes: Mapping[str, dict[str, object]]
    """GeoJSON geometry by area code."""
    bodies: Mapping[str, Body]
    rules: tuple[Rule, ...]
    calendar: Calendar
    area_index: AreaIndex

    def category_of(self, pk: int) -> Category:
        return next(one for one in self.categories.values() if one.id == pk)


Row = TypeVar("Row", Area, Body, Category)


def code_of(rows: Mapping[str, Row], pk: int | None) -> str | None:
    """The code of the row with that id; None for none."""
    return next((row.code for row in rows.values() if row.id == pk), None)
