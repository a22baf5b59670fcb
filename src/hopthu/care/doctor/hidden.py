"""Hidden reports: is it looked at again in time whether they still have to be?"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from hopthu.care.doctor.findings import Finding, ok, warn
from hopthu.reports.queries import hidden

TOO_LONG: Final = timedelta(days=7)
"""For a sender to wait until somebody else has looked."""
_WHERE: Final = "moderators and administrators find them at the desk under *To be looked at again*"


def check(at: datetime) -> Iterator[Finding]:
    now = hidden.standing(at)
    if now.due:
        yield warn(f"{now.due} hidden by an order whose day to look at it again has come", _WHERE)
    if now.oldest_request and at - now.oldest_request > TOO_LONG:
        days = (at - now.oldest_request).days
        yield warn(f"{now.requests} senders ask for another look, one for {days} days", _WHERE)
    elif not now.due:
        yield ok(f"{now.hidden} hidden, {now.requests} senders ask for another look")
