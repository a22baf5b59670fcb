"""Values with their salts: what it takes to check the record's commitments.

The values are read from the columns that the pages show (`reports.values`). A slot without a salt
is not told: it was erased, or never committed to.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import QuerySet

from hopthu.bodies.queries import configuration
from hopthu.core.canonical import Json
from hopthu.core.terms import Step
from hopthu.reports.models import Event, Photo, Report
from hopthu.reports.shown import COLUMNS, shown
from hopthu.reports.values import ANSWERS_WITHHELD, of_event, of_photo, of_report, photo_slot

AT_ONCE: Final = 500
"""Reports that are read together."""

Told = dict[str, dict[str, Json]]
"""Slot → {"salt": base64, "value": …}."""


@dataclass(frozen=True)
class Read:
    """What was read of one report."""

    values: Told
    shown: dict[str, Json]


Reader = Callable[[Sequence[Report]], dict[int, Read]]


@dataclass(frozen=True)
class Disclosed:
    """What everybody may know of one report, with the number of its newest step."""

    number: str
    seq: int
    values: Told
    shown: dict[str, Json]
    """What its pages say beside these (`reports.shown`)."""


def all_values(report: Report) -> Told:
    """Everything that whoever holds the follow-up code may prove, also of a hidden report."""
    return next(_settled([_rows(Report.objects.all()).get(pk=report.pk)], _all)).values


def first_values(report: Report, received: Event) -> Told:
    """The same of a report that has just come in: nothing is read from the database."""
    return _opened(report, [received], [])


def disclosed(number: str) -> Disclosed:
    """What is told of one report, nothing of one that is not `is_told`.

    Raises `Report.DoesNotExist`.
    """
    return next(_settled([_rows(Report.objects.all()).get(number=number)], _public))


def published_photos(number: str) -> dict[str, str]:
    """Slot → name of the photos of the report that everybody sees."""
    photos = Photo.objects.filter(report__number=number, state=Photo.State.PUBLISHED)
    rows = photos.select_related("report")
    return {photo_slot(row.pk): row.name for row in rows if row.report and row.report.is_told}


def every_report() -> Iterator[Disclosed]:
    """All reports by id, each as it stood at one moment: four queries for 500 of them."""
    last = 0
    while True:
        reports = list(_rows(Report.objects.filter(pk__gt=last).order_by("pk")[:AT_ONCE]))
        if not reports:
            return
        last = reports[-1].pk
        yield from _settled(reports, _public)


def _settled(reports: list[Report], reader: Reader) -> Iterator[Disclosed]:
    """Read again what a step changed between our queries: half of it would fit no commitment."""
    while reports:
        found = reader(reports)
        pks = [report.pk for report in reports]
        stand = dict(Report.objects.filter(pk__in=pks).values_list("pk", "seq"))
        for report in reports:
            if stand.get(report.pk) == report.seq:
                read = found[report.pk]
                yield Disclosed(report.number, report.seq, read.values, read.shown)
        moved = [report.pk for report in reports if stand.get(report.pk) not in (None, report.seq)]
        reports = list(_rows(Report.objects.filter(pk__in=moved))) if moved else []


def _rows(rows: QuerySet[Report]) -> QuerySet[Report]:
    return rows.select_related("merged_into").only(
        *COLUMNS,
        "number",
        "seq",
        "text",
        "details",
        "withheld",
        "landmark",
        "lat",
        "lon",
        "recipient",
        "recipient_phone",
        "received_at",
    )


def _all(reports: Sequence[Report]) -> dict[int, Read]:
    return _read(reports, reports, photos=Photo.objects.all())


def _public(reports: Sequence[Report]) -> dict[int, Read]:
    told = [report for report in reports if report.is_told]
    found = _read(reports, told, photos=Photo.objects.filter(state=Photo.State.PUBLISHED))
    for one in found.values():
        one.values.pop(ANSWERS_WITHHELD, None)
    return found


def _read(
    reports: Sequence[Report], told: Sequence[Report], photos: QuerySet[Photo]
) -> dict[int, Read]:
    """All of `reports`, and the values of those that are `told`."""
    setup = configuration()
    events = defaultdict(list)
    rows = Event.objects.filter(report__in=reports).order_by("report_id", "seq")
    for event in rows.only(
        "report_id", "seq", "kind", "at", "role", "status", "words", "data", "salts"
    ):
        events[event.report_id].append(event)
    pictures = defaultdict(list)
    for photo in photos.filter(report__in=told):
        pictures[photo.report_id].append(photo)
    values = {one.pk: _opened(one, events[one.pk], pictures[one.pk]) for one in told}
    return {
        one.pk: Read(values.get(one.pk, {}), shown(one, events[one.pk], setup)) for one in reports
    }


def _opened(report: Report, events: Sequence[Event], photos: Iterable[Photo]) -> Told:
    values = of_report(report)
    for event in events:
        values |= of_event(event)
    for photo in photos:
        values |= of_photo(photo)
    for slot in _at_odds(report, events):
        del values[slot]
    salts: dict[str, str] = {}
    for event in events:
        salts |= event.salts
    return {
        slot: {"salt": salt, "value": values[slot]}
        for slot, salt in salts.items()
        if slot in values
    }


def _at_odds(report: Report, events: Sequence[Event]) -> Iterator[str]:
    """Slots whose value stands in two places that differ. Pages show either: neither is told."""
    if events and events[0].at != report.received_at:
        yield f"time.{events[0].seq}"
    referrals = [event for event in events if event.kind == Step.REFER]
    if referrals:
        data = referrals[-1].data
        if (data.get("recipient"), data.get("phone")) != (report.recipient, report.recipient_phone):
            yield f"referral.{referrals[-1].seq}"
