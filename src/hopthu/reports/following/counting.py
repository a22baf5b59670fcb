"""How many hear by e-mail of what happens to a report; never who."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from hopthu.outbox.following.things import things_of
from hopthu.outbox.queries import followers

if TYPE_CHECKING:
    from hopthu.reports.models import Report


def followed(report: "Report") -> Iterator[tuple[str, int]]:
    """Name of what is followed, empty for the report itself, and by how many, from ten on."""
    area = report.area.code if report.area else None
    counts = followers(things_of(report.number, area=area, category=report.category.code))
    for thing, count in counts.items():
        if thing.number:
            yield "", count
        elif not (thing.area and thing.category):
            name = report.area.name if thing.area and report.area else report.category.name
            yield str(name), count
