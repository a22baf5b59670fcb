"""Taking on staff."""

from collections.abc import Iterable

from django.db import transaction

from hopthu.bodies.models import Body
from hopthu.core.terms import Role
from hopthu.people.models import Membership, Staff


class UsernameTaken(Exception):
    pass


@transaction.atomic
def create_staff(
    *, username: str, name: str, password: str, roles: Iterable[tuple[Role, str | None]]
) -> Staff:
    """Somebody new, with `roles` as (role, code of the body or None for the whole city).

    Raises `UsernameTaken`.
    """
    if Staff.objects.filter(username=username).exists():
        raise UsernameTaken(username)
    staff = Staff(username=username, name=name)
    staff.set_password(password)
    staff.save()
    bodies = {body.code: body for body in Body.objects.all()}
    Membership.objects.bulk_create(
        Membership(staff=staff, role=role, body=bodies[body] if body else None)
        for role, body in roles
    )
    return staff
