"""Who takes a step: roles and bodies, without a name."""

from dataclasses import dataclass

from hopthu.core.terms import Role


@dataclass(frozen=True)
class Actor:
    roles: frozenset[Role]
    staff_id: int | None = None
    own_bodies: frozenset[int] = frozenset()
    """Ids of the bodies that the actor is an officer of."""
    bodies: frozenset[int] = frozenset()
    """Ids of all bodies that the actor has any role in."""


SENDER = Actor(roles=frozenset({Role.SENDER}))
NEIGHBOUR = Actor(roles=frozenset({Role.NEIGHBOUR}))
