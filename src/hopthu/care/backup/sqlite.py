"""A consistent copy of an SQLite database that is in use, and back.

`VACUUM INTO` reads one moment of it, while others read and write on. The copy has no page that was
freed, so nothing that was struck out or erased comes along in one.
"""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from django.db import connection

from hopthu.record import durable

FILE: Final = "hopthu.sqlite3"


def dump(folder: Path) -> dict[str, Any]:
    """Write the copy into `folder`; what there is to say of it beside."""
    copy = folder / FILE
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(copy)])
    with closing(sqlite3.connect(copy, isolation_level=None)) as database:
        # Whoever steals a backup shall not be signed in at the desk.
        database.execute("PRAGMA secure_delete = ON")
        database.execute("DELETE FROM people_signin")
        database.execute("DELETE FROM django_session")
    return {}


def is_empty() -> bool:
    return not _path().exists()


def load(folder: Path, _about: dict[str, Any], frozen: str) -> None:
    """Put the copy in place, its record frozen already: there is no moment when it is not."""
    copy = folder / FILE
    with closing(sqlite3.connect(copy, isolation_level=None)) as database:
        database.execute(FREEZE.replace("%s", "?"), [frozen])
    connection.close()
    durable.make_folder(_path().parent, mode=0o700)
    shutil.move(copy, _path())
    _path().chmod(0o600)
    with _path().open("rb") as file:
        os.fsync(file.fileno())
    durable.sync_folder(_path().parent)


FREEZE: Final = """
    INSERT INTO record_head (id, size, frozen) VALUES (1, 0, %s)
    ON CONFLICT (id) DO UPDATE SET frozen =
        CASE WHEN record_head.frozen = '' THEN excluded.frozen ELSE record_head.frozen END
"""
"""A log that had stopped before keeps its own reason: that is to be seen to as well."""


def _path() -> Path:
    return Path(str(connection.settings_dict["NAME"]))
