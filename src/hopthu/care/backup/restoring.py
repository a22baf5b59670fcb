"""Putting a backup back, into a data folder and a database that are empty.

Everything is unpacked and checked before anything is put in its place, the public record is frozen
before anybody could sign it, and the photos and the record's files come last: a restore that was
cut short is seen by what is missing, and is begun again after emptying the folder.

NotEmpty      there is something already, and nothing is written over
WrongBackup   it does not go with this program or this database
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from hopthu.care.backup import archive, newer_record, replaying
from hopthu.care.backup.making import CITY, KEYS, engine
from hopthu.care.connections import one_connection
from hopthu.care.refusals import Refused
from hopthu.core.checkpoints import Checkpoint, parse_checkpoint
from hopthu.core.signed_notes import parse_note, parse_vkey
from hopthu.record import durable, keys
from hopthu.reports.residue import clear_now

_ROOM: Final = ".restoring"


class NotEmpty(Refused):
    """A city is never written over."""


class WrongBackup(Refused):
    """Of another kind, another database or a newer program."""


@dataclass(frozen=True)
class Restored:
    made: str
    """When the backup was made."""
    entries: int
    """Of the record, as the backup has it published."""
    again: int | None
    """Steps that were taken again; None: no newer record was given."""


def restore(
    path: Path, *, record: str = "", key_file: Path | None = None, at: datetime
) -> Restored:
    """Raises `Refused` in its kinds, OSError, DatabaseError."""
    one_connection()
    _check_empty(with_keys=key_file is not None)
    with _room() as room:
        city, secret = room / CITY, room / KEYS
        about = _unpacked(path, city, CITY)
        _check_fits(about)
        if key_file:
            _unpacked(key_file, secret, KEYS)
        head = _head(city)
        newer = newer_record.read(record, _verifiers(city), head) if record else None
        if key_file:
            _place(secret / "keys", Path(settings.DATA, "keys"), private=True)
        engine().load(city / "database", about, _reason(about, head))
        call_command("migrate", verbosity=0, interactive=False)
        _place(city / "record", Path(settings.RECORD))
        _place(city / "photos", Path(settings.PHOTOS), private=True)
    again = None
    if newer:
        _remember(newer)
        again = replaying.replay(newer, at=at)
        clear_now()
    return Restored(about["made"], head.size if head else 0, again)


def _remember(newer: newer_record.NewerRecord) -> None:
    """As signed here, so that no older checkpoint than this one can ever end the freeze."""
    signed = keys.signed()
    if signed is None or parse_checkpoint(signed.text).size < newer.head.size:
        durable.make_folder(Path(settings.DATA, "keys", "work"), mode=0o700)
        keys.remember(newer.note)


def _check_empty(*, with_keys: bool) -> None:
    """Keys may be there: they are what was put back first."""
    data = Path(settings.DATA)
    there = {path.name for path in data.iterdir()} if data.exists() else set()
    if (data / "keys").exists() and not with_keys:
        there.discard("keys")
    if _ROOM in there:
        raise NotEmpty(f"a restore into {data} was cut short: empty it, and the database, first")
    if there:
        raise NotEmpty(f"{data} is not empty ({', '.join(sorted(there))}): nothing was restored")
    if not engine().is_empty():
        raise NotEmpty("the database of HOPTHU_DATABASE_URL is not empty: nothing was restored")


@contextmanager
def _room() -> Iterator[Path]:
    """A folder to unpack into, beside where it all goes."""
    room = Path(settings.DATA, _ROOM)
    durable.make_folder(Path(settings.DATA), mode=0o700)
    room.mkdir(mode=0o700)
    try:
        yield room
    finally:
        shutil.rmtree(room)


def _unpacked(path: Path, folder: Path, kind: str) -> dict[str, Any]:
    folder.mkdir()
    about = archive.unpack(path, folder)
    if about["kind"] != kind:
        raise WrongBackup(f"{path} is a backup of the {about['kind']}, and not of the {kind}")
    return about


def _check_fits(about: dict[str, Any]) -> None:
    if about["database"] != connection.vendor:
        raise WrongBackup(
            f"this is a backup of {about['database']}, and HOPTHU_DATABASE_URL is of "
            f"{connection.vendor}"
        )
    known = MigrationLoader(None).disk_migrations or {}
    if any((app, name) not in known for app, name in about["migrations"]):
        raise WrongBackup(f"this backup was made by a newer Hopthu ({about['version']}): update")


def _head(city: Path) -> Checkpoint | None:
    """Of the record in the backup."""
    path = city / "record" / "checkpoint"
    return parse_checkpoint(parse_note(path.read_bytes()).text) if path.exists() else None


def _verifiers(city: Path) -> list[Any]:
    return [parse_vkey(line) for line in (city / "record" / "vkey").read_text().split()]


def _reason(about: dict[str, Any], head: Checkpoint | None) -> str:
    return (
        f"it was restored from a backup made at {about['made']}, with {head.size if head else 0} "
        "entries; whether that is all has to be seen by `hopthu record compare`"
    )


def _place(source: Path, target: Path, *, private: bool = False) -> None:
    """Move a folder to where it belongs, to last."""
    if not source.exists():
        return
    for path in (source, *source.rglob("*")):
        private_mode, public_mode = (0o700, 0o755) if path.is_dir() else (0o600, 0o644)
        path.chmod(private_mode if private else public_mode)
        if path.is_dir():
            durable.sync_folder(path)
    source.rename(target)
    durable.sync_folder(target.parent)
