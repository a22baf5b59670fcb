"""A new log after entries were lost for good: it says so, and links to the old one.

The city goes on with what it still has: every entry in the database is put into the new log anew,
after one (`log.opened`) that names the old log's last known head. The old log's files move to
`log-<n>/` in the folder of the record and stay public, so that anybody can see what is missing.
It has another name: under the old one it would be a fork.

Cut short anywhere, it is finished by being asked for again: the log stays frozen until the end.

NothingLost   the log is not frozen
SameName      the new log would have the name of the old one
"""

from collections.abc import Iterator
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import transaction

from hopthu.core.canonical import Json
from hopthu.core.checkpoints import Checkpoint, encode_hash
from hopthu.core.entries import LOG_OPENED, city_entry, parse_entry
from hopthu.core.signed_notes import VerifierKey
from hopthu.record import durable, folder, keys
from hopthu.record.comparing import largest_known
from hopthu.record.models import Checkpoint as SignedHead
from hopthu.record.models import Entry, Head
from hopthu.record.refusals import NotDone

UNFINISHED: Final = "a new log is being opened: finish it with `hopthu record new-log`"
_FILES: Final = ("checkpoint", "tile", "vkey", "retired-vkey", "promise-vkey", "origin")
"""The origin last: by it a second try knows whether the files of the old log have moved."""


class NothingLost(NotDone):
    """A log that is well is not given up."""


class SameName(NotDone):
    """Two trees of one name are a fork, whatever the reason."""


def open_new(*, origin: str, at: datetime, last: Checkpoint | None = None) -> str:
    """Give the old log up for one named `origin`; gives the name of the new one.

    `last` is the old one's largest head that is known outside, if that is more than is known here.
    Raises `NothingLost`, `SameName`, `BadKey` (no name) and `folder.NotOpened`.
    """
    with folder.lock():
        head = Head.objects.exclude(frozen="").first()
        if head is None:
            raise NothingLost("the record is not frozen; nothing has to be given up")
        if head.frozen == UNFINISHED:
            origin = _first_origin()
        else:
            _check_name(origin)
            _start_again(origin, at, last)
        _move_old_files(origin)
        keys.tell_verifiers()
        Head.objects.update(frozen="")
    return origin


def next_name() -> str:
    """A name for the log after this one: `…/2`, `…/3`, …"""
    name = folder.origin()
    before, _, number = name.rpartition("/")
    return f"{before}/{int(number) + 1}" if before and number.isdecimal() else f"{name}/2"


def _check_name(origin: str) -> None:
    VerifierKey(origin, bytes(32))  # refuses what is no name
    if origin == folder.origin():
        raise SameName("the new log needs another name than the old one")


@transaction.atomic(durable=True)
def _start_again(origin: str, at: datetime, last: Checkpoint | None) -> None:
    """The rows become entries that wait, behind the one that opens the new log."""
    told = keys.opening(origin) | {"previous": _previous(last)}
    SignedHead.objects.all().delete()
    Entry.objects.update(index=None)
    Entry.objects.create(leaf=city_entry(LOG_OPENED, at=at, told=told), index=0)
    Head.objects.update(size=1, frozen=UNFINISHED)


def _previous(last: Checkpoint | None) -> dict[str, Json]:
    """The old log as it was last known, for the first entry of the new one."""
    known = [one for one in (last, largest_known()) if one]
    told: dict[str, Json] = {"origin": folder.origin(), "vkey": str(folder.verifiers()[0])}
    if known:
        head = max(known, key=lambda one: one.size)
        told |= {"size": head.size, "root": encode_hash(head.root)}
    return told


def _move_old_files(origin: str) -> None:
    """Until the new origin is told: whatever is there is the old log's."""
    if not (folder.is_opened() and folder.origin() == origin):
        record = Path(settings.RECORD)
        old = next(path for path in _old_folders(record) if not (path / "origin").exists())
        for name in _FILES:
            if (record / name).exists():
                durable.make_folder(old)
                (record / name).rename(old / name)
        keys.put_away_signed()
        durable.sync_folder(record)
        folder.tell("origin", origin)


def _old_folders(record: Path) -> Iterator[Path]:
    return (record / f"log-{number}" for number in count(1))


def _first_origin() -> str:
    return str(parse_entry(bytes(Entry.objects.get(index=0).leaf)).told["origin"])
