"""`hopthu retention`: what `hopthu work` does every hour, now: delete what is past its time."""

import argparse
from datetime import UTC, datetime

import django


def run(_arguments: argparse.Namespace) -> int:
    django.setup()
    from hopthu.care.retention import purge

    for name, deleted in purge(datetime.now(UTC)).items():
        print(f"{name:<13} {deleted:,} deleted")
    return 0
