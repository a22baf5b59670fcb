"""`hopthu init`: the data folder, with its keys and its database. Safe to run again."""

import argparse
import os
import secrets
from contextlib import suppress
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connection

KEYS = ("secret_key", "follow_code_key", "pepper")
"""What the web process keeps secret, each 32 random bytes in `keys/web/` of the data folder.

secret_key: signs cookies. follow_code_key: makes follow-up codes. pepper: goes into their hashes.
The last two may never change: every follow-up code in residents' hands depends on them.
"""


class NoDatabase(SystemExit):
    """The database of `HOPTHU_DATABASE_URL` does not answer, or does not let us in."""

    def __init__(self, why: OperationalError) -> None:
        super().__init__(f"hopthu: no use of the database: {str(why).splitlines()[0]}")


def run(_arguments: argparse.Namespace) -> int:
    fresh = make_keys(settings.DATA)
    migrate()
    print(f"{'Made' if fresh else 'Ready:'} the data folder {settings.DATA}")
    return 0


def make_keys(data: Path) -> bool:
    """Make every key that is not there yet; True if any was made. A key is never replaced."""
    folder = data / "keys" / "web"
    for path in (data, data / "keys", folder):
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    missing = [name for name in KEYS if not (folder / name).exists()]
    for name in missing:
        _make_key(folder / name)
    return bool(missing)


def _make_key(path: Path) -> None:
    """Write a key whole or not at all, and let another process's come first."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(secrets.token_bytes(32))
        file.flush()
        os.fsync(file.fileno())
    with suppress(FileExistsError):
        path.hardlink_to(draft)
    draft.unlink()
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def migrate() -> None:
    """Bring the database to what this version of the program expects. Raises `NoDatabase`."""
    django.setup()
    # One connection is enough here, and without a pool it fails at once and not after 30 seconds.
    connection.settings_dict["OPTIONS"].pop("pool", None)
    try:
        call_command("migrate", verbosity=0, interactive=False)
    except OperationalError as error:
        raise NoDatabase(error) from error
