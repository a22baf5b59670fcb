"""Somebody works for the city no more. Each role that ends is an entry, as when it was given."""

from datetime import datetime

from django.db import transaction

from hopthu.people import second_step
from hopthu.people.actions import NoSuchStaff, role_entry
from hopthu.people.models import Staff
from hopthu.record.actions import append_many


@transaction.atomic
def let_go(username: str, *, at: datetime) -> int:
    """End all roles of `username`, and all that they sign in with; gives the number of roles.

    The name stays theirs: what they did says who it was, to the city alone. Raises `NoSuchStaff`.
    """
    staff = Staff.objects.filter(username=username, is_active=True).first()
    if staff is None:
        raise NoSuchStaff(username)
    roles = list(staff.memberships.select_related("body", "staff").order_by("pk"))
    append_many([role_entry(one, "ended", at) for one in roles])
    staff.memberships.all().delete()
    staff.is_active = False
    staff.set_unusable_password()
    staff.save(update_fields=["is_active", "password"])
    second_step.forget(staff.pk)
    return len(roles)
