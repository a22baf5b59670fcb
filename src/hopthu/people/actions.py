"""Taking on staff. Each role that is given is an entry of the public record, without a name."""

import os
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from hopthu.bodies.models import Body
from hopthu.core.commitments import SALT_BYTES, Opening
from hopthu.core.encoding import decode64, encode64
from hopthu.core.entries import city_entry
from hopthu.core.terms import Role
from hopthu.people import second_step
from hopthu.people.models import Membership, Staff
from hopthu.record.actions import Pending, append_many

STAFF_SLOT = "staff"
"""Commits to the user name of whoever holds the role."""


class UsernameTaken(Exception):
    pass


class NoSuchStaff(LookupError):
    """Nobody signs in with this user name."""


@transaction.atomic
def create_staff(
    *,
    username: str,
    name: str,
    password: str,
    roles: Iterable[tuple[Role, str | None]],
    at: datetime | None = None,
) -> Staff:
    """Somebody new, with `roles` as (role, code of the body or None for the whole city).

    `at` is the time of the entries, now unless it is given. Raises `UsernameTaken`.
    """
    if Staff.objects.filter(username=username).exists():
        raise UsernameTaken(username)
    staff = Staff(username=username, name=name)
    staff.set_password(password)
    staff.save()
    bodies = {body.code: body for body in Body.objects.all()}
    memberships = [
        Membership(
            staff=staff,
            role=role,
            body=bodies[body] if body else None,
            salt=encode64(os.urandom(SALT_BYTES)),
        )
        for role, body in roles
    ]
    Membership.objects.bulk_create(memberships)
    append_many([role_entry(one, "granted", at or timezone.now()) for one in memberships])
    return staff


@transaction.atomic
def sign_in_anew(username: str, *, password: str) -> None:
    """For somebody who lost what they sign in with: `password` alone, and a new second step.

    Whoever is signed in under that name is signed out. Raises `NoSuchStaff`.
    """
    staff = Staff.objects.filter(username=username).first()
    if staff is None:
        raise NoSuchStaff(username)
    staff.set_password(password)
    staff.save(update_fields=["password"])
    second_step.forget(staff.pk)


def role_entry(membership: Membership, change: str, at: datetime) -> Pending:
    """Which role was `granted` or has `ended`, and for which body (none: the whole city).

    Who it is, is committed to only, with one salt: both entries of a role commit to the same bytes.
    """
    entry = city_entry(
        "staff.changed",
        at=at,
        told={"change": change, "role": membership.role}
        | ({"body": membership.body.code} if membership.body else {}),
        openings={STAFF_SLOT: Opening(membership.staff.username, decode64(membership.salt))},
    )
    return Pending(entry)
