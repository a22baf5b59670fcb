"""Changing the log's key while the log goes on.

`rotate`: a new key signs from now on, and the old one along with it, so that whoever knows only the
old one reads on and finds the new one in the log (`key.changed`). `retire`: the old one signs no
more; its verifier key stays public, as receipts from its time are good for ever. Cut short
anywhere, either is finished by being asked for again.

ChangeUnderWay   the key before this one still signs
NothingToRetire  there is one key only
NotPublishedYet  nobody could have learnt the new key from the log
"""

from datetime import datetime

from django.db import transaction

from hopthu.core.canonical import Json
from hopthu.core.checkpoints import parse_checkpoint
from hopthu.core.entries import KEY_CHANGED, city_entry, parse_entry
from hopthu.core.signed_notes import VerifierKey
from hopthu.record import folder, keys
from hopthu.record.actions import append
from hopthu.record.models import Entry
from hopthu.record.refusals import NotDone


class ChangeUnderWay(NotDone):
    """One change at a time."""


class NothingToRetire(NotDone):
    """The key was not changed."""


class NotPublishedYet(NotDone):
    """The entry that tells of the new key has to be in a published checkpoint first."""


def rotate(*, at: datetime) -> VerifierKey:
    """Give the log a new key; gives what it is verified with. Raises `ChangeUnderWay`."""
    with folder.lock():
        if _is_changing() and _announcement(keys.log_keys()[0].verifier):
            raise ChangeUnderWay("the key before this one still signs: retire it first")
        if not _is_changing():
            keys.change()
        new, old = (key.verifier for key in keys.log_keys())
        keys.tell_verifiers()
        _tell({"vkey": str(new), "old_vkey": str(old)}, at)
    return new


def retire(*, at: datetime) -> VerifierKey:
    """Let the old key sign no more; gives it. Raises `NothingToRetire`, `NotPublishedYet`."""
    with folder.lock():
        if not _is_changing():
            raise NothingToRetire("the log has one key only")
        new, old = (key.verifier for key in keys.log_keys())
        if not _is_published(_announcement(new)):
            raise NotPublishedYet("the new key is not in the published log yet: let work run first")
        others = [key for key in folder.retired() if key != old]
        folder.tell("retired-vkey", "\n".join(str(key) for key in [old, *others]))
        _tell({"vkey": str(new), "retired": str(old)}, at)
        keys.drop_old()
        keys.tell_verifiers()
    return old


def _is_changing() -> bool:
    """Two keys sign, and they are not one and the same still."""
    return len({key.verifier for key in keys.log_keys()}) == 2


def _announcement(key: VerifierKey) -> Entry | None:
    """The entry that tells of a new key."""
    for row in Entry.objects.filter(report="").order_by("-id").iterator():
        leaf = bytes(row.leaf)
        if KEY_CHANGED.encode() not in leaf:
            continue
        entry = parse_entry(leaf)
        if entry.type == KEY_CHANGED and entry.told.get("vkey") == str(key):
            return row
    return None


def _is_published(row: Entry | None) -> bool:
    note = folder.published()
    if row is None or row.index is None or note is None:
        return False
    return row.index < parse_checkpoint(note.text).size


def _tell(told: dict[str, Json], at: datetime) -> None:
    with transaction.atomic():
        append(city_entry(KEY_CHANGED, at=at, told=told))
