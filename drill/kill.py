"""`make drill`: two hundred times `kill -9` while reports come in, on SQLite and on PostgreSQL.

    python -m drill.kill [--kills 200] [--databases sqlite postgres]

What happened is written to `drill/kill.log`, which is committed: it tells how it went the last
time. PostgreSQL itself is not killed; a power cut is not what this is about.
"""

import argparse
import platform
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path

from tests.databases import postgres
from tests.live import Cities
from tests.reliability.killing import run

LOG = Path(__file__).with_suffix(".log")


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--databases", nargs="+", default=["sqlite", "postgres"])
    given = parser.parse_args()
    with LOG.open("w") as log:

        def say(line: str) -> None:
            print(line, flush=True)
            print(line, file=log, flush=True)

        say(f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {platform.platform()}")
        faults = sum(on(database, given.kills, say) for database in given.databases)
        say("Nothing was lost, nothing was doubled." if not faults else f"{faults} faults")
    return 1 if faults else 0


def on(database: str, kills: int, say: Callable[[str], None]) -> int:
    """Run the drill on one database; gives the number of faults."""
    start = time.monotonic()
    with (
        tempfile.TemporaryDirectory(prefix="hopthu-drill-") as folder,
        postgres(durable=True) if database == "postgres" else nullcontext("") as url,
    ):
        say(f"\n{database}: {kills} kills")
        faults = run(Cities(Path(folder), url).another(), kills, say)
    for fault in faults:
        say(f"FAULT {fault}")
    say(f"{database}: {len(faults)} faults in {time.monotonic() - start:.0f} s")
    return len(faults)


if __name__ == "__main__":
    sys.exit(main())
