"""`hopthu demo`: the invented city, and the sheet with its sign-ins, kept to be shown again."""

import argparse
import os
import sys
from contextlib import redirect_stdout
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import django
from django.conf import settings
from django.db import transaction

SHEET = "demo.txt"
"""In the data folder, for its owner's eyes: what `demo` printed, sign-ins included."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--once",
        action="store_true",
        help="leave a city that is there as it is; show the sheet again if it is the demo city",
    )


def run(arguments: argparse.Namespace) -> int:
    sheet: Path = settings.DATA / SHEET
    if arguments.once and sheet.exists():
        print(sheet.read_text(), end="")
        return 0
    django.setup()
    if arguments.once and _has_city():
        _keep(sheet, "There is a city here already; it stays as it is.\n")
        print(sheet.read_text(), end="")
        return 0
    from hopthu.cli.demo import main as demo

    # A city that was interrupted on its way would be half a city, without a sheet.
    with redirect_stdout(_Copy()) as shown, transaction.atomic():
        status: int = demo.run(arguments) or 0
    if status == 0:
        _publish_record()
        _keep(sheet, shown.getvalue())
    return status


def _publish_record() -> None:
    """All at once, so that the record of the demo city can be checked before anybody serves it."""
    from hopthu.record import sequencer

    while sequencer.run(datetime.now(UTC)):
        pass


def _has_city() -> bool:
    from hopthu.bodies.queries import NoCity, configuration

    try:
        configuration()
    except NoCity:
        return False
    return True


class _Copy(StringIO):
    """Keeps what is printed, and still prints it."""

    def __init__(self) -> None:
        super().__init__()
        self._terminal = sys.stdout

    def write(self, text: str) -> int:
        self._terminal.write(text)
        self._terminal.flush()
        return super().write(text)


def _keep(sheet: Path, text: str) -> None:
    draft = sheet.with_suffix(".new")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
    draft.replace(sheet)
