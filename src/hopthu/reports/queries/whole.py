"""All that is stored about one report, for whoever holds its code."""

from dataclasses import dataclass

from hopthu.reports.models import Event, Note, Photo, Report
from hopthu.reports.queries.reading import told


@dataclass(frozen=True)
class Whole:
    report: Report
    events: list[Event]
    """Without those of neighbours, who are only counted."""
    photos: list[Photo]
    """Held and withheld ones too."""
    notes: list[Note]


def whole(number: str) -> Whole:
    """Four queries, whatever there is. Raises `Report.DoesNotExist`."""
    related = ("category", "area", "body", "concerned", "merged_into")
    report = Report.objects.select_related(*related).defer("area__shape").get(number=number)
    return Whole(
        report=report,
        events=list(told(report.events.all()).select_related("body")),
        photos=list(report.photos.select_related("event")),
        notes=list(report.notes.all()),
    )
