"""Looking for words where nobody is meant to find them: in every byte that a city keeps.

A sentinel has letters that nothing else here uses (Deseret, four bytes each), so that it is found
in the index of three-letter pieces as well, whose pieces share their beginnings.
"""

import json
import os
import secrets
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.db import connection

from hopthu.core.text import fold

RARE = "𐐨𐐩𐐪𐐫𐐬𐐭𐐮𐐯"
"""Small Deseret letters: `fold` leaves them as they are."""


def sentinel() -> str:
    """Words that stand nowhere else."""
    return f"Nhà bà Sầu {RARE} số {secrets.token_hex(6).upper()}"


def forms(words: str) -> list[bytes]:
    """`words` as they could stand in a file, the letters of the index one by one."""
    spelled = [words, fold(words), json.dumps(words)[1:-1], repr(words)[1:-1]]
    codecs = ("utf-8", "utf-16-le", "utf-16-be")
    whole = [text.encode(codec) for text in spelled for codec in codecs]
    return whole + [letter.encode() for letter in words if letter in RARE]


def found(needles: list[bytes], *, data: Path | None = None) -> list[str]:
    """The files that hold any of `needles`: of this city, or of another's folder `data`."""
    files = contents([data] if data else list(folders()))
    return [str(path) for path, held in files if any(needle in held for needle in needles)]


def contents(folders: list[Path], *, since: float = 0) -> Iterator[tuple[Path, bytes]]:
    """Every file that was written to since then."""
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            # PostgreSQL takes files away while we look.
            with suppress(FileNotFoundError):
                if path.is_file() and path.stat().st_mtime >= since:
                    yield path, path.read_bytes()


def folders() -> Iterator[Path]:
    """The data folder, and the tables of this database: others hold the same letters."""
    yield Path(settings.DATA)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # Onto the disk with what is in memory alone; the log of writes is another matter.
            cursor.execute("CHECKPOINT")
            cursor.execute(
                "SELECT current_setting('data_directory'), oid"
                " FROM pg_database WHERE datname = current_database()"
            )
            data, database = cursor.fetchone()
            yield Path(data) / "base" / str(database)


def database_files() -> list[Path]:
    """Those of SQLite: the database, its write-ahead log, and the index of that."""
    name = str(connection.settings_dict["NAME"])
    return [Path(name + end) for end in ("", "-wal", "-shm") if os.path.exists(name + end)]
