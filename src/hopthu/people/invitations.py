"""Invitations: somebody is to work for the city, and chooses name and password behind a link.

The link is made by `hopthu work` when it writes the letter, and stands nowhere else: the row has a
hash of it. It fits once, and for a week. Only when it is taken up is there a sign-in, and is the
role given and told to the record, as every other.

Outdated         no link of ours, or it was used, withdrawn or left too long: nobody is told which
AlreadyInvited   somebody is invited under that user name already
BadUsername      not a name that one could sign in with
NeedsBody        an officer works for one body
"""

import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from pyrage.x25519 import Identity

from hopthu.core import sealing
from hopthu.core.sealing import Reachable
from hopthu.core.terms import Role
from hopthu.people import seal_keys
from hopthu.people.actions import UsernameTaken, create_staff
from hopthu.people.models import Invitation, Staff

LIFE: Final = timedelta(days=7)
MAX_USERNAME: Final = 40
_USERNAME: Final = re.compile(r"\w[\w.-]*")


class Outdated(LookupError):
    pass


class AlreadyInvited(UsernameTaken):
    pass


class BadUsername(ValueError):
    pass


class NeedsBody(ValueError):
    pass


def keep(
    who: Reachable, *, username: str, role: Role, body_id: int | None, at: datetime
) -> Invitation:
    """The row alone; `outbox.inviting` puts the letter beside it.

    Raises `BadUsername`, `NeedsBody`, `UsernameTaken`, `AlreadyInvited` and `seal_keys.NoSeal`.
    """
    name = _readable(username)
    if role is Role.OFFICER and body_id is None:
        raise NeedsBody
    if Staff.objects.filter(username=name).exists():
        raise UsernameTaken(name)
    Invitation.objects.filter(username=name, invited_at__lte=at - LIFE).delete()
    mark = uuid4()
    sealed = sealing.seal(who, number=mark.hex, recipients=seal_keys.recipients())
    try:
        with transaction.atomic():
            return Invitation.objects.create(
                username=name, role=role, body_id=body_id, mark=mark, sealed=sealed, invited_at=at
            )
    except IntegrityError:
        raise AlreadyInvited(name) from None


def offer(invitation: Invitation, secret: str, *, at: datetime) -> bool:
    """From now on `secret` takes it up, and none before; False if it is too late for that."""
    return _open(at).filter(pk=invitation.pk).update(hash=_hash(secret)) == 1


def find(secret: str, *, at: datetime) -> Invitation:
    """The invitation that the link is of. Raises `Outdated`."""
    found = _open(at).select_related("body").filter(hash=_hash(secret)).first()
    if found is None:
        raise Outdated
    return found


@transaction.atomic
def accept(secret: str, *, name: str, password: str, at: datetime) -> Staff:
    """Somebody new works for the city, and the record tells the role. Once: raises `Outdated`.

    Raises `UsernameTaken` if somebody else got that name in the meantime.
    """
    invitation = find(secret, at=at)
    # Of two at once, one deletes it.
    if not Invitation.objects.filter(pk=invitation.pk).delete()[0]:
        raise Outdated
    body = invitation.body.code if invitation.body else None
    return create_staff(
        username=invitation.username,
        name=name,
        password=password,
        roles=[(Role(invitation.role), body)],
        at=at,
    )


def waiting(*, at: datetime) -> QuerySet[Invitation]:
    """Those that can be taken up, the newest first."""
    return _open(at).order_by("-invited_at", "-pk")


def withdraw(invitation_id: int) -> bool:
    """Its link opens nothing any more; False if there was none."""
    return Invitation.objects.filter(pk=invitation_id).delete()[0] > 0


def purge(*, at: datetime) -> int:
    """Forget those that nobody took up in time."""
    old = Invitation.objects.filter(invited_at__lte=at - LIFE)
    count = old.count()
    old.delete()
    return count


def reach(invitation: Invitation, identities: Sequence[Identity]) -> Reachable:
    """In `hopthu work`. Raises `core.sealing.Unreadable` and `ForAnother`."""
    sealed, mark = bytes(invitation.sealed), invitation.mark
    return sealing.open_sealed(sealed, number=mark.hex, identities=identities)


def _open(at: datetime) -> QuerySet[Invitation]:
    return Invitation.objects.filter(invited_at__gt=at - LIFE)


def _readable(typed: str) -> str:
    """As the sign-in form reads it. Raises `BadUsername`."""
    name = unicodedata.normalize("NFKC", typed).strip()
    if len(name) > MAX_USERNAME or not _USERNAME.fullmatch(name):
        raise BadUsername(name)
    return name


def _hash(secret: str) -> str:
    """256 random bits need no slow one."""
    return sha256(secret.encode()).hexdigest()
