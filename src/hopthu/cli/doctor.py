"""`hopthu doctor`: is all well? One line a check; exit status 1 if something is not."""

import argparse
from datetime import UTC, datetime

import django


def run(_arguments: argparse.Namespace) -> int:
    django.setup()
    from hopthu.care.connections import one_connection
    from hopthu.care.doctor import examine
    from hopthu.care.doctor.findings import Verdict

    one_connection()
    failed = False
    for name, finding in examine(datetime.now(UTC)):
        todo = f". Do: {finding.todo}" if finding.todo else ""
        print(f"{finding.verdict:<5} {name:<13} {finding.what}{todo}", flush=True)
        failed |= finding.verdict is Verdict.FAIL
    return 1 if failed else 0
