"""`hopthu init`: the data folder, with its keys, its database and its public record.

Safe to run again.
"""

import argparse
import secrets
from datetime import UTC, datetime
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connection

from hopthu.care.connections import one_connection
from hopthu.cli import two_users
from hopthu.record import durable, key_files

KEYS = ("secret_key", "follow_code_key", "pepper", "promise_key")
"""What the web process keeps secret, each 32 random bytes in `keys/web/` of the data folder.

secret_key: signs cookies. follow_code_key: makes follow-up codes. pepper: goes into their hashes.
These two may never change: every follow-up code in residents' hands depends on them.
promise_key: signs promises that something will be in the public record.
"""


class NoDatabase(SystemExit):
    """The database of `HOPTHU_DATABASE_URL` does not answer, or does not let us in."""

    def __init__(self, why: OperationalError) -> None:
        super().__init__(f"hopthu: no use of the database: {str(why).splitlines()[0]}")


class WrongRecord(SystemExit):
    """The public record cannot be opened like this; the message says why."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--origin",
        help="name of the public record, such as its address without https://; fixed for ever "
        "(default: the first of HOPTHU_HOSTS, with /record)",
    )
    parser.add_argument(
        "--users",
        metavar="WEB,WORK",
        help="give the data folder to two users of the system; kept to from then on",
    )


def run(arguments: argparse.Namespace) -> int:
    named = two_users.named(arguments.users) if arguments.users else None
    users = named or two_users.there(settings.DATA)
    if users:
        two_users.check_database(settings.DATA, settings.DATABASES["default"])
    fresh = make_keys(settings.DATA)
    migrate()
    from hopthu.people import seal_keys

    open_record(arguments.origin)
    seal_keys.make(settings.DATA, tell=_tell_recovery_key)
    if users:
        connection.close()
        two_users.arrange(settings.DATA, users)
        print(f"key split: {key_files.ON if key_files.are_apart(settings.DATA) else key_files.OFF}")
    print(f"{'Made' if fresh else 'Ready:'} the data folder {settings.DATA}")
    return 0


def make_keys(data: Path) -> bool:
    """Make every key of the web process that is not there yet; True if any was made.

    A key is never replaced.
    """
    folder = data / "keys" / "web"
    for path in (data, data / "keys", folder):
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = [_make_key(folder / name) for name in KEYS]
    return any(made)


def _tell_recovery_key(key: str) -> None:
    print(
        "The recovery key opens the contact details that residents leave, should\n"
        "keys/work/seal_key be lost. It is shown now and never again, and kept nowhere:\n"
        "write it down, off this machine."
        f"\n\n    {key}\n"
    )


def _make_key(path: Path) -> bool:
    return not path.exists() and durable.create(path, secrets.token_bytes(32), mode=0o600)


def migrate() -> None:
    """Bring the database to what this version of the program expects. Raises `NoDatabase`."""
    django.setup()
    one_connection()
    if connection.vendor == "sqlite":
        durable.make_folder(Path(str(connection.settings_dict["NAME"])).parent, mode=0o700)
    try:
        call_command("migrate", verbosity=0, interactive=False)
    except OperationalError as error:
        raise NoDatabase(error) from error


def open_record(origin: str | None) -> None:
    """Open the public record under `origin`, or see that it is whole. Raises `WrongRecord`."""
    from hopthu.core.signed_notes import BadKey
    from hopthu.record import keys

    named = origin or f"{settings.ALLOWED_HOSTS[0].lstrip('.*') or 'localhost'}/record"
    try:
        keys.open_log(origin=named, at=datetime.now(UTC), fixed=bool(origin))
    except (BadKey, keys.LogKeyLost, keys.OriginFixed) as error:
        raise WrongRecord(f"hopthu: {error}") from error
