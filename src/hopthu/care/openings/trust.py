"""Whose task and passkey are good for opening a number: by the public record, a day old.

The tables of people may have been written by somebody who took over the web process. A row counts
only if an entry of the record, which work saw published a day ago, commits to just that row.
"""

from collections.abc import Iterator
from datetime import datetime

from hopthu.care.openings.ledger import Ledger, Seen
from hopthu.care.openings.limits import WAIT
from hopthu.care.openings.refusals import Refused, Why
from hopthu.core.commitments import Opening as Shown
from hopthu.core.commitments import commit
from hopthu.core.encoding import decode64
from hopthu.core.entries import Entry, parse_entry
from hopthu.core.terms import Role
from hopthu.people import passkeys
from hopthu.people.actions import STAFF_SLOT
from hopthu.people.models import Membership, Passkey, Staff
from hopthu.reports.models import Report


def body_in_charge(ledger: Ledger, staff: Staff, number: str, *, at: datetime) -> int:
    """Id of the body whose report it is, and whose officer `staff` is. Raises `Refused`."""
    report = Report.objects.select_related("body").filter(number=number).first()
    if report is None or report.body is None or report.body_id == report.concerned_id:
        raise Refused(Why.NOT_IN_CHARGE)
    task = Membership.objects.filter(staff=staff, body=report.body, role=Role.OFFICER).first()
    if task is None or not staff.is_active:
        raise Refused(Why.NOT_IN_CHARGE)
    told = {"role": str(Role.OFFICER), "body": report.body.code}
    if any(_entries(ledger, staff, task.salt, {**told, "change": "ended"})):
        raise Refused(Why.NOT_IN_CHARGE)
    given = _entries(ledger, staff, task.salt, {**told, "change": "granted"})
    ready = [seen.at + WAIT for seen, _ in given]
    if not ready or min(ready) > at:
        raise Refused(Why.TASK_NEW, min(ready, default=None))
    return report.body.pk


def ready_passkeys(ledger: Ledger, staff: Staff, *, at: datetime) -> list[Passkey]:
    """Raises `Refused`, where all of them are new or there is none."""
    own = list(passkeys.of(staff.pk))
    if not own:
        raise Refused(Why.NO_PASSKEY)
    times = {one.pk: _opens_from(ledger, staff, one) for one in own}
    ready = [one for one in own if (time := times[one.pk]) and time <= at]
    if not ready:
        known = [time for time in times.values() if time]
        raise Refused(Why.PASSKEY_NEW, min(known, default=None))
    return ready


def _opens_from(ledger: Ledger, staff: Staff, passkey: Passkey) -> datetime | None:
    """None: work has not seen it in the record."""
    told = {"change": "passkey", "key": passkeys.fingerprint(passkey)}
    times = [
        max(seen.at + WAIT, datetime.fromisoformat(str(entry.told["opens_from"])))
        for seen, entry in _entries(ledger, staff, passkey.salt, told)
    ]
    return min(times, default=None)


def _entries(
    ledger: Ledger, staff: Staff, salt: str, told: dict[str, str]
) -> Iterator[tuple[Seen, Entry]]:
    """Those that say this, and commit to this user name under this salt."""
    name = commit(STAFF_SLOT, Shown(staff.username, decode64(salt)))
    for seen in ledger.staff:
        entry = parse_entry(seen.entry)
        says = all(entry.told.get(fact) == value for fact, value in told.items())
        if says and entry.commitments.get(STAFF_SLOT) == name:
            yield seen, entry
