"""Taking a report in."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction

from hopthu.bodies.configuration import Configuration
from hopthu.bodies.queries import configuration
from hopthu.core.codes import derive_follow_code, new_number
from hopthu.core.geometry import cell
from hopthu.core.terms import Role, Status
from hopthu.people import contacts, follow_codes, seal_keys, telephones
from hopthu.people.actors import SENDER, Actor
from hopthu.people.contacts import Sealed
from hopthu.record.actions import Pending, append
from hopthu.reports.actions.photos import UploadGone, attach
from hopthu.reports.intake import BadIntake, Checked, Intake, Problem, check
from hopthu.reports.letters import tell_sender
from hopthu.reports.models import Event, Report
from hopthu.reports.models.event import RECEIVED
from hopthu.reports.promises import promises, responsible
from hopthu.reports.recording import received_entry
from hopthu.reports.search_text import search_text

TRIES = 3
"""How often a number is drawn, should it be taken: of a million reports one draws twice."""


@dataclass(frozen=True)
class Received:
    report: Report
    follow_code: str
    """16 digits; the only time that they are known to anybody but the sender."""
    fresh: bool
    """False when this form had been sent before: the report and the code are those of then."""
    event: Event | None = None
    """Its first event, and the entry of that which waits for its place in the record; of a report
    that is not fresh neither is read again."""
    entry: bytes = b""


def receive(
    intake: Intake,
    *,
    submission: str,
    at: datetime,
    source: str = Report.Source.WEB,
    actor: Actor = SENDER,
) -> Received:
    """Take a report in, once for each `submission` (the form's random id).

    1. checks the intake (`BadIntake` names every problem),
    2. makes the report, its first event with its entry in the public record, and its follow-up
       code, attaches the photos, and keeps the sealed contact with the letter that it came in
       and the sealed telephone number, in one transaction,
    3. returns the report of the first time if the form had been sent before.
    """
    setup = configuration()
    checked = check(intake, setup)
    code = derive_follow_code(settings.FOLLOW_CODE_KEY, submission)
    fingerprint = _fingerprint(submission)
    hashed = follow_codes.hash_code(code)
    for left in reversed(range(TRIES)):
        # Worked out before the transaction: on SQLite one writer keeps all others waiting.
        report = build(checked, setup, at=at, source=source)
        report.submission = fingerprint
        event = received_event(report, actor)
        entry = received_entry(report, event, setup, photos=len(set(checked.uploads)))
        sealed, telephone = _sealed(checked, report.number), _telephone(checked, report.number)
        try:
            with transaction.atomic():
                _keep(report, event, checked, entry, sealed)
                if telephone:
                    telephones.keep(report.number, telephone)
                follow_codes.keep(report.number, hashed)
        except UploadGone as gone:
            raise BadIntake((Problem("photo", "photo_gone"),)) from gone
        except IntegrityError:
            earlier = received_before(submission)
            if earlier is not None:
                return earlier
            if not left:
                raise
        else:
            break
    return Received(report, code, fresh=True, event=event, entry=entry.entry)


def received_before(submission: str) -> Received | None:
    """The report that this form has made already, with its code."""
    report = Report.objects.filter(submission=_fingerprint(submission)).first()
    if report is None:
        return None
    return Received(report, derive_follow_code(settings.FOLLOW_CODE_KEY, submission), fresh=False)


def _fingerprint(submission: str) -> str:
    return hashlib.sha256(submission.encode()).hexdigest()


def _sealed(checked: Checked, number: str) -> Sealed | None:
    try:
        return contacts.seal(checked.contact, number=number) if checked.contact else None
    except seal_keys.NoSeal as error:
        raise BadIntake((Problem("email", "email_unavailable"),)) from error


def _telephone(checked: Checked, number: str) -> bytes | None:
    try:
        return telephones.seal(checked.telephone, number=number) if checked.telephone else None
    except seal_keys.NoSeal as error:
        raise BadIntake((Problem("phone", "phone_unavailable"),)) from error


def _keep(
    report: Report, event: Event, checked: Checked, entry: Pending, sealed: Sealed | None
) -> None:
    report.save(force_insert=True)
    event.save(force_insert=True)
    attach(checked.uploads, report=report, event=event)
    append(entry.entry, report=entry.report, seq=entry.seq)
    if sealed:
        contacts.keep(report.number, sealed)
        tell_sender(report, event)


def build(checked: Checked, setup: Configuration, *, at: datetime, source: str) -> Report:
    """The report as it will be stored: routed and promised, under a new number."""
    number = new_number(secrets.token_bytes)
    due = promises(setup, checked.category, at)
    body = responsible(
        setup, checked.category, area=checked.place.area, concerned=checked.concerned
    )
    point = checked.place.point
    return Report(
        number=number,
        source=source,
        category_id=checked.category.id,
        body_id=body.id if body else None,
        concerned_id=setup.bodies[checked.concerned].id if checked.concerned else None,
        text=checked.text,
        details=checked.details,
        withheld=[
            question.code
            for question in checked.category.questions
            if not question.public and question.code in checked.details
        ],
        area_id=setup.areas[checked.place.area].id if checked.place.area else None,
        landmark=checked.place.landmark,
        lat=point.lat if point else None,
        lon=point.lon if point else None,
        cell=cell(point) if point else None,
        search_text=search_text(number=number, text=checked.text, landmark=checked.place.landmark),
        status=Status.RECEIVED,
        visibility=Report.Visibility.PRIVATE if checked.private else Report.Visibility.PUBLIC,
        private=checked.private,
        received_at=at,
        updated_at=at,
        acknowledge_by=due.acknowledge_by,
        resolve_by=due.resolve_by,
        first_resolve_by=due.resolve_by,
    )


def received_event(report: Report, actor: Actor) -> Event:
    role = Role.SENDER if Role.SENDER in actor.roles else Role.OFFICER
    return Event(
        report=report,
        seq=1,
        kind=RECEIVED,
        at=report.received_at,
        role=role,
        staff_id=actor.staff_id,
        body_id=report.body_id,
        status=report.status,
    )
