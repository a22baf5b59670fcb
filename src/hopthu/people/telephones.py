"""At which number whoever sent a report may be called: sealed, one row a report, if they said so.

Apart from their address (`contacts`), so that leaving one does not take the other away: nobody can
read either, to write it down again.
"""

from collections.abc import Sequence

from pyrage.x25519 import Identity

from hopthu.core import sealing
from hopthu.core.sealing import Unreadable
from hopthu.people import seal_keys
from hopthu.people.models import Telephone


def seal(telephone: str, *, number: str) -> bytes:
    """Outside of any transaction: it reads a file. Raises `seal_keys.NoSeal`."""
    return sealing.seal_telephone(telephone, number=number, recipients=seal_keys.recipients())


def keep(number: str, sealed: bytes) -> bool:
    """Keep it for report `number`; True if that is in the place of what was kept before."""
    _, fresh = Telephone.objects.update_or_create(number=number, defaults={"sealed": sealed})
    return not fresh


def exists(number: str) -> bool:
    return Telephone.objects.filter(number=number).exists()


def forget(*, number: str) -> bool:
    """False if there was none."""
    return Telephone.objects.filter(number=number).delete()[0] > 0


def reach(number: str, identities: Sequence[Identity]) -> str:
    """In `hopthu work`. Raises `core.sealing.Unreadable` and `ForAnother`."""
    row = Telephone.objects.filter(number=number).first()
    if row is None:
        raise Unreadable("there is no number any more")
    return sealing.open_telephone(bytes(row.sealed), number=number, identities=identities)
