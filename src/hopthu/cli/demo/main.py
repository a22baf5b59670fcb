"""`hopthu demo`: fill an empty mailbox with Sông Mây, an invented city."""

import argparse
import sys

from django.utils import timezone

from hopthu.bodies.models import City
from hopthu.cli.demo.sheet import sheet
from hopthu.cli.demo.world import make
from hopthu.reports.models import Report

SEED = 7
"""Another number gives another city; the words stay."""


def run(arguments: argparse.Namespace) -> int:  # noqa: ARG001  every command is called alike
    """Make the city and print its sheet; gives 1 where a city or a report is there already."""
    if Report.objects.exists():
        return _refuse("there are reports here already; a demo city would mix with them.")
    if City.objects.exists():
        return _refuse("a city is set up here already; give the demo an empty data folder.")
    print("Making up Sông Mây ...", file=sys.stderr)
    print(sheet(make(seed=SEED, now=timezone.now())))
    return 0


def _refuse(why: str) -> int:
    print(f"hopthu: {why}", file=sys.stderr)
    return 1
