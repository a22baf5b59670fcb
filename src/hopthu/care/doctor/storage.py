"""The data folder: can it be written, is there room, is it closed to others?"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import connection

from hopthu.care.doctor.findings import Finding, fail, ok, warn
from hopthu.record import key_files

_MB: Final = 1024 * 1024
FULL: Final = 200 * _MB
"""Less free space than this, and the next photos or the next night fill the disk."""
TIGHT: Final = 2_000 * _MB


def check(_at: datetime) -> Iterator[Finding]:
    data = Path(settings.DATA)
    if not data.is_dir():
        yield fail(f"{data} is not there", "run `hopthu init`, or set HOPTHU_DATA")
        return
    shared = _is_shared(data)
    for folder in _written_to() if shared else (data,):
        yield _writable(folder)
    yield _space(data, shutil.disk_usage(data).free)
    mode = 0o750 if shared else 0o700
    if data.stat().st_mode & 0o777 & ~mode:
        yield fail(f"{data} is open to other users", f"chmod {mode:o} {data}")


def _is_shared(data: Path) -> bool:
    """By two users, who write below it and never into it (`hopthu init --users`)."""
    keys = data / "keys"
    return (keys / "web").is_dir() and (keys / "work").is_dir() and key_files.are_apart(data)


def _written_to() -> Iterator[Path]:
    """By both of them."""
    yield Path(settings.PHOTOS)
    if connection.vendor == "sqlite":
        yield Path(str(connection.settings_dict["NAME"])).parent


def _writable(data: Path) -> Finding:
    try:
        with tempfile.TemporaryFile(dir=data) as file:
            file.write(b"still here")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        todo = "give it to the user that runs Hopthu; look whether the disk is full or read-only"
        return fail(f"{data} cannot be written: {error.strerror}", todo)
    return ok(f"{data} can be written")


def _space(data: Path, free: int) -> Finding:
    told = f"{free // _MB:,} MB free in {data}"
    needed = 2 * _database_bytes()
    if free < FULL:
        return fail(told, "make room now: reports will soon be refused")
    if free < max(TIGHT, needed):
        return warn(told, "make room: clearing erased words takes twice the size of the database")
    return ok(told)


def _database_bytes() -> int:
    """Of SQLite, which lies in the same folder as a rule."""
    path = Path(str(connection.settings_dict["NAME"]))
    return path.stat().st_size if connection.vendor == "sqlite" and path.exists() else 0
