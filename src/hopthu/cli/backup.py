"""`hopthu backup`: the city in one file, or its keys in another."""

import argparse
from datetime import UTC, datetime
from pathlib import Path

import django
from django.db import DatabaseError


class Failed(SystemExit):
    def __init__(self, why: object) -> None:
        super().__init__(f"hopthu backup: {why}")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="the file to write; there must be none yet")
    parser.add_argument(
        "--keys",
        action="store_true",
        help="the keys and nothing else: needed to go on after a loss, to be kept elsewhere",
    )


def run(arguments: argparse.Namespace) -> int:
    django.setup()
    from hopthu.care.backup import making
    from hopthu.care.refusals import Refused

    write = making.back_up_keys if arguments.keys else making.back_up
    try:
        size = write(arguments.file, at=datetime.now(UTC))
    except (Refused, OSError, DatabaseError) as error:
        raise Failed(str(error).partition("\n")[0]) from error
    print(f"{arguments.file}: {size:,} bytes, whole and on the disk.")
    if arguments.keys:
        print("Keep it where the other backups are not: the two together open everything.")
    else:
        print("Without the keys: see that you have `hopthu backup --keys` somewhere else.")
    return 0
