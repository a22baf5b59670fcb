"""`hopthu restore`: a city out of its backup, into an empty data folder and database."""

import argparse
from datetime import UTC, datetime
from pathlib import Path

import django
from django.conf import settings
from django.db import DatabaseError


class Failed(SystemExit):
    def __init__(self, why: object) -> None:
        super().__init__(f"hopthu restore: {why}")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="what `hopthu backup` wrote")
    parser.add_argument("--keys", type=Path, metavar="FILE", help="what `backup --keys` wrote")
    parser.add_argument(
        "--record",
        default="",
        metavar="DIR|URL",
        help="a newer copy of the public record: what was taken away since is taken away again",
    )


def run(arguments: argparse.Namespace) -> int:
    django.setup()
    from hopthu.care.backup.restoring import restore
    from hopthu.care.refusals import Refused

    try:
        done = restore(
            arguments.file, record=arguments.record, key_file=arguments.keys, at=datetime.now(UTC)
        )
    except (Refused, OSError, DatabaseError) as error:
        raise Failed(str(error).partition("\n")[0]) from error
    print(f"Restored into {settings.DATA}: the city as it was at {done.made}.")
    if done.again is None:
        print("What was taken away since then is BACK: see docs/operator.md, After a loss.")
    else:
        print(f"Taken away again: {done.again} steps that the newer record tells of.")
    if not (settings.DATA / "keys" / "work" / "log_key").exists():
        print("There are no keys: put them back (`--keys`) before anything else.")
    print("The public record is frozen. Next: hopthu record compare FILE|URL|witnesses")
    return 0
