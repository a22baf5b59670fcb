"""The event and the entry of an opening: that a telephone number was opened, and why.

NotInCharge   the report went to another body meanwhile
"""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Greatest

from hopthu.bodies.queries import configuration
from hopthu.core.terms import CallReason, Role
from hopthu.record.actions import append
from hopthu.reports.letters import tell_sender
from hopthu.reports.models import Event, Report
from hopthu.reports.models.event import CONTACT_OPENED
from hopthu.reports.recording import facts_of, make_entry


class NotInCharge(Exception):
    """Only the body that has the report may call whoever sent it."""


@transaction.atomic
def record_opening(
    number: str, *, body_id: int, reason: CallReason, words: str, staff_id: int, at: datetime
) -> bytes:
    """Tell everybody, before the number is told; gives the entry. Raises `NotInCharge`.

    Called by `hopthu work` alone (`care.openings`), which has seen that the officer may. The
    sender has a letter of it, if they left an address.
    """
    setup = configuration()
    rows = Report.objects.filter(number=number, body_id=body_id)
    if not rows.update(seq=F("seq") + 1, updated_at=Greatest("updated_at", Value(at))):
        raise NotInCharge
    report = Report.objects.get(number=number)
    event = Event(
        report=report,
        seq=report.seq,
        kind=CONTACT_OPENED,
        at=report.updated_at,
        role=Role.OFFICER,
        staff_id=staff_id,
        body_id=body_id,
        status=report.status,
        words=words,
        data={"reason": reason},
    )
    entry = make_entry(report, event, setup, facts=facts_of(event), values={})
    event.save(force_insert=True)
    append(entry.entry, report=entry.report, seq=entry.seq)
    tell_sender(report, event)
    return entry.entry
