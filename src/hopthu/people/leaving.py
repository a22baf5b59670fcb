"""Somebody works for the city no more. Each role that ends is an entry, as when it was given."""

from datetime import datetime

from django.db import transaction

from hopthu.core.commitments import Opening
from hopthu.core.encoding import decode64
from hopthu.core.entries import city_entry
from hopthu.people import second_step
from hopthu.people.actions import STAFF_SLOT, NoSuchStaff
from hopthu.people.models import Membership, Staff
from hopthu.record.actions import Pending, append_many


@transaction.atomic
def let_go(username: str, *, at: datetime) -> int:
    """End all roles of `username`, and all that they sign in with; gives the number of roles.

    The name stays theirs: what they did says who it was, to the city alone. Raises `NoSuchStaff`.
    """
    staff = Staff.objects.filter(username=username, is_active=True).first()
    if staff is None:
        raise NoSuchStaff(username)
    roles = list(staff.memberships.select_related("body", "staff").order_by("pk"))
    append_many([_ended(one, at) for one in roles])
    staff.memberships.all().delete()
    staff.is_active = False
    staff.set_unusable_password()
    staff.save(update_fields=["is_active", "password"])
    second_step.forget(staff.pk)
    return len(roles)


def _ended(membership: Membership, at: datetime) -> Pending:
    """With the salt of the entry that gave the role: both commit to the same bytes."""
    entry = city_entry(
        "staff.changed",
        at=at,
        told={"change": "ended", "role": membership.role}
        | ({"body": membership.body.code} if membership.body else {}),
        openings={STAFF_SLOT: Opening(membership.staff.username, decode64(membership.salt))},
    )
    return Pending(entry)
