"""An event as the record tells it: what stands in the clear, and what is only committed to.

Nothing above `reports.actions` calls this: an entry is made where its event is made.
"""

import os
from collections.abc import Mapping
from typing import Final

from hopthu.bodies.configuration import Configuration, code_of
from hopthu.core.canonical import Json
from hopthu.core.commitments import SALT_BYTES, Opening
from hopthu.core.encoding import encode64
from hopthu.core.entries import ERASURE, ReportStep, hour
from hopthu.core.terms import Step
from hopthu.record.actions import Pending
from hopthu.reports.models import Event, Report
from hopthu.reports.models.event import (
    CONTACT_OPENED,
    PHOTO_PUBLISHED,
    PHOTO_REPLACED,
    PHOTO_WITHHELD,
)
from hopthu.reports.values import Values, of_event, of_report

TOLD: Final[Mapping[str, tuple[str, ...]]] = {
    Step.RESOLVE: ("outcome",),
    Step.DECLINE: ("reason",),
    Step.REDACT: ("reason",),
    Step.HIDE: ("reason", "issuer", "order", "ordered", "review"),
    Step.KEEP_HIDDEN: ("review",),
    Step.ERASE: ("reason",),
    Step.MERGE: ("into",),
    Step.SCHEDULE: ("date",),
    Step.EXTEND: ("date",),
    Step.REFER: ("date",),
    Step.DISPUTE: ("count",),
    PHOTO_PUBLISHED: ("photo",),
    PHOTO_WITHHELD: ("photo", "reason"),
    PHOTO_REPLACED: ("photo",),
    CONTACT_OPENED: ("reason",),
}
"""What of `Event.data` is for everybody, beside `body` and `judged` wherever they stand."""


def received_entry(report: Report, event: Event, setup: Configuration, *, photos: int) -> Pending:
    """The first entry of a report, which commits to all that it came in with."""
    facts: dict[str, Json] = {
        "photos": photos,
        "body": code_of(setup.bodies, report.body_id),
        "due": due(report),
    }
    if report.concerned_id is not None:
        facts["concerned"] = code_of(setup.bodies, report.concerned_id)
    # Which of them there are would tell of what kind a private report is: it commits to all.
    values = {slot: one for slot, one in of_report(report).items() if one or report.private}
    return make_entry(report, event, setup, facts=facts, values=values)


def make_entry(
    report: Report,
    event: Event,
    setup: Configuration,
    *,
    facts: Mapping[str, Json],
    values: Values,
) -> Pending:
    """The entry of `event`, whose new salts are put on the event, to be saved with it.

    It commits to the event's own values and to `values`. Raises `core.entries.EntryTooLong`.
    """
    openings = {
        slot: Opening(value, os.urandom(SALT_BYTES))
        for slot, value in {**of_event(event), **values}.items()
    }
    category = setup.category_of(report.category_id)
    entry = ReportStep(
        type=entry_type(event),
        report=report.number,
        seq=event.seq,
        at=event.at,
        private=report.private,
        group=category.group,
        category=category.code,
        area=code_of(setup.areas, report.area_id),
        status=event.status,
        actor=event.role,
        facts=facts,
        openings=openings,
    )
    event.salts = {slot: encode64(one.salt) for slot, one in openings.items()}
    return Pending(entry.encode(), report.number, event.seq)


def entry_type(event: Event) -> str:
    return ERASURE if event.kind == Step.ERASE else event.kind


def facts_of(event: Event) -> dict[str, Json]:
    """What the event's data tells everybody: codes, numbers and days, nothing that was typed."""
    told = (*TOLD.get(event.kind, ()), "body", "judged")
    return {name: event.data[name] for name in told if name in event.data}


def due(report: Report) -> str:
    """The promise in force, to the hour."""
    return hour(report.resolve_by)
