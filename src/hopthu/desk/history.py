"""What happened to a report, as the staff reads it: the public timeline, with colleagues' names."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from hopthu.bodies.configuration import Configuration
from hopthu.web.timeline import Item, timeline

if TYPE_CHECKING:
    from hopthu.reports.models import Event


def history(events: Iterable["Event"], setup: Configuration) -> list[Item]:
    return [item for event in events for item in _items(event, setup)]


def _items(event: "Event", setup: Configuration) -> list[Item]:
    items = timeline([event], setup)
    if event.staff is not None:
        for item in items:
            item.who = ", ".join(part for part in (event.staff.name, item.who) if part)
    return items
