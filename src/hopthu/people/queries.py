"""Reading about the staff."""

from django.db.models import QuerySet

from hopthu.core.terms import Role
from hopthu.people.actors import Actor
from hopthu.people.models import Membership, Staff


def actor(staff: Staff) -> Actor:
    """What `staff` may act as: one query."""
    rows = list(Membership.objects.filter(staff=staff).values_list("role", "body_id"))
    return Actor(
        roles=frozenset(Role(role) for role, _ in rows),
        staff_id=staff.pk,
        own_bodies=frozenset(b for role, b in rows if b and role == Role.OFFICER),
        bodies=frozenset(b for _, b in rows if b),
    )


def officers_of(body_id: int) -> QuerySet[Staff]:
    return Staff.objects.filter(
        is_active=True, memberships__body_id=body_id, memberships__role=Role.OFFICER
    ).distinct()


def count_in_role(role: Role) -> int:
    """How many people can act in it, anywhere."""
    return Staff.objects.filter(is_active=True, memberships__role=role).distinct().count()
