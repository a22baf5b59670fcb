"""What a reader may choose from, for the components `select` and `choices`."""

from dataclasses import dataclass

from hopthu.bodies.configuration import Configuration
from hopthu.web.words import Words


@dataclass(frozen=True)
class Option:
    value: str
    label: Words


def categories(setup: Configuration) -> list[Option]:
    """The active categories, group by group."""
    active = (category for group in setup.groups for category in group.categories)
    return [Option(category.code, str(category.name)) for category in active]


def areas(setup: Configuration) -> list[Option]:
    return [Option(area.code, str(area.name)) for area in setup.areas.values()]
