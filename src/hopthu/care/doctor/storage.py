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

_MB: Final = 1024 * 1024
FULL: Final = 200 * _MB
"""Less free space than this, and the next photos or the next night fill the disk."""
TIGHT: Final = 2_000 * _MB


def check(_at: datetime) -> Iterator[Finding]:
    data = Path(settings.DATA)
    if not data.is_dir():
        yield fail(f"{data} is not there", "run `hopthu init`, or set HOPTHU_DATA")
        return
    yield _writable(data)
    yield _space(data, shutil.disk_usage(data).free)
    if data.stat().st_mode & 0o077:
        yield fail(f"{data} is open to other users", f"chmod 700 {data}")


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
