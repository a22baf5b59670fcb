"""Deleting what is past its time: done by `hopthu work` every hour, and by `hopthu retention`.

The periods are those of `periods` and of the modules that keep the thing; the inventory tells
residents the same ones. Each rule can be done again at any time, and cut short anywhere.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.contrib.sessions.models import Session

from hopthu.care import periods
from hopthu.care.openings.actions import purge as purge_openings
from hopthu.outbox.following import subscribing
from hopthu.people import invitations
from hopthu.people.follow_codes import forget_tries
from hopthu.reports.actions.contacts import purge_contacts
from hopthu.reports.actions.erasing import forget_requests
from hopthu.reports.actions.forgetting import forget_notes, forget_submissions
from hopthu.reports.actions.photos import purge_uploads
from hopthu.reports.following.ending import purge_over


@dataclass(frozen=True)
class Rule:
    name: str
    run: Callable[[datetime], int]
    """Takes the time, and gives how many things were deleted."""


def _sessions(at: datetime) -> int:
    """Of staff who signed in long ago and did not sign out."""
    old = Session.objects.filter(expire_date__lt=at)
    count = old.count()
    old.delete()
    return count


UPLOADS: Final = Rule("uploads", lambda at: purge_uploads(at=at))
RULES: Final = (
    UPLOADS,
    Rule("contacts", lambda at: purge_contacts(at=at)),
    Rule("openings", purge_openings),
    Rule("notes", lambda at: forget_notes(before=at - periods.NOTES)),
    Rule("erasure requests", lambda at: forget_requests(before=at - periods.ERASURE_REQUESTS)),
    Rule("form numbers", lambda at: forget_submissions(before=at - periods.SUBMISSIONS)),
    Rule("wrong codes", lambda at: forget_tries(before=at - periods.TRIES)),
    Rule("sessions", _sessions),
    Rule("invitations", lambda at: invitations.purge(at=at)),
    Rule("unconfirmed", lambda at: subscribing.purge_unconfirmed(at=at)),
    Rule("followers", lambda at: purge_over(at=at)),
    Rule("news", lambda at: subscribing.purge_told(at=at)),
)


def purge(at: datetime) -> dict[str, int]:
    """Apply every rule; gives how many things each deleted."""
    return {rule.name: rule.run(at) for rule in RULES}
