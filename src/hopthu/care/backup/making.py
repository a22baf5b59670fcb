"""Writing a backup while the city is served.

What is copied when decides whether it fits together afterwards:

1. the published checkpoint, which vouches for entries that are in the database already
2. the database, as it is at one moment
3. the tiles of that checkpoint, which stay what they are
4. the photos: one that was taken away meanwhile is not there any more, and that is well

NotSetUp   there is no city in the data folder
"""

import tempfile
from collections.abc import Iterator
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from hopthu.care.backup import archive, postgres, sqlite
from hopthu.care.connections import one_connection
from hopthu.care.refusals import Refused
from hopthu.core.checkpoints import parse_checkpoint
from hopthu.core.signed_notes import Note
from hopthu.core.tiles import tiles_of
from hopthu.record import folder

CITY: Final = "city"
KEYS: Final = "keys"
MEMORY: Final = frozenset({"signed", "openings"})
"""What lies beside the keys and is none: what work remembers of this very installation."""
_NAMES: Final = ("origin", "vkey", "retired-vkey", "promise-vkey")


class NotSetUp(Refused):
    """Nothing to back up."""


def back_up(path: Path, *, at: datetime) -> int:
    """Write everything but the keys into a new file; gives how many bytes that are.

    Raises `archive.Exists`, `NotSetUp`, OSError, DatabaseError.
    """
    _check_set_up()
    one_connection()
    checkpoint = folder.published()
    names = {name: file.read_bytes() for name in _NAMES if (file := _record(name)).exists()}
    migrations = sorted(MigrationRecorder(connection).applied_migrations())
    # Beside the backup: there has to be room for it, and nobody else may read there.
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".hopthu-backup-") as room:
        facts = engine().dump(Path(room))
        about = _about(CITY, at) | {
            "database": connection.vendor,
            "migrations": migrations,
            "origin": folder.origin(),
            **facts,
        }
        with archive.writing(path, about) as writer:
            for file in sorted(Path(room).iterdir()):
                writer.add(f"database/{file.name}", file)
            _add_record(writer, names, checkpoint)
            _add_photos(writer)
    return path.stat().st_size


def back_up_keys(path: Path, *, at: datetime) -> int:
    """Write the keys, and only them, into a new file that its owner alone reads.

    Without `MEMORY`: put back later, it would say that the rest is as new as it is. Raises as
    `back_up`.
    """
    _check_set_up()
    with archive.writing(path, _about(KEYS, at)) as writer:
        for file in sorted(Path(settings.DATA, "keys").rglob("*")):
            if file.is_file() and file.name.split(".")[0] not in MEMORY:
                writer.add(file.relative_to(settings.DATA).as_posix(), file)
    return path.stat().st_size


def engine() -> Any:
    """How this database is copied."""
    return postgres if connection.vendor == "postgresql" else sqlite


def _check_set_up() -> None:
    if not folder.is_opened():
        raise NotSetUp(f"{settings.DATA} is no data folder yet: there is nothing to back up")


def _about(kind: str, at: datetime) -> dict[str, Any]:
    return {"kind": kind, "made": at.isoformat(timespec="seconds"), "version": version("hopthu")}


def _add_record(writer: archive.Writer, names: dict[str, bytes], checkpoint: Note | None) -> None:
    for name, data in names.items():
        writer.add_bytes(f"record/{name}", data)
    if checkpoint:
        writer.add_bytes("record/checkpoint", str(checkpoint).encode())
        for tile in tiles_of(parse_checkpoint(checkpoint.text).size):
            writer.add_bytes(f"record/{tile.path}", folder.read_tile(tile))
    for earlier in folder.earlier():
        for file in _files(earlier):
            writer.add(f"record/{file.relative_to(settings.RECORD).as_posix()}", file)


def _add_photos(writer: archive.Writer) -> None:
    for file in _files(Path(settings.PHOTOS)):
        try:
            writer.add(f"photos/{file.relative_to(settings.PHOTOS).as_posix()}", file)
        except FileNotFoundError:
            continue  # erased since we listed them


def _files(under: Path) -> Iterator[Path]:
    """Those that are whole: a draft has a name that begins with a point."""
    return (path for path in sorted(under.rglob("[!.]*")) if path.is_file())


def _record(name: str) -> Path:
    return Path(settings.RECORD, name)
