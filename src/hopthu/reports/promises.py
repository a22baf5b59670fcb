"""What the city promises when a report comes in, and who gets it."""

from dataclasses import dataclass
from datetime import datetime

from hopthu.bodies.configuration import Body, Category, Configuration
from hopthu.core import deadlines, routing


@dataclass(frozen=True)
class Promises:
    acknowledge_by: datetime
    resolve_by: datetime


def promises(configuration: Configuration, category: Category, start: datetime) -> Promises:
    calendar = configuration.calendar
    return Promises(
        acknowledge_by=deadlines.due(calendar, start, category.acknowledge_within),
        resolve_by=deadlines.due(calendar, start, category.resolve_within),
    )


def responsible(
    configuration: Configuration,
    category: Category,
    *,
    area: str | None,
    concerned: str | None = None,
) -> Body | None:
    """The body that a report goes to; None leaves it to the dispatcher.

    A report about the service of a body never goes to that body.
    """
    code = routing.route(
        configuration.rules, category=category.code, group=category.group, area=area
    )
    if code is None or code == concerned:
        return None
    return configuration.bodies[code]
