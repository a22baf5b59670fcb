"""`make drill`: two hundred times `kill -9` of web and work while reports come in, on SQLite and on
PostgreSQL, and a look at the public record after each.

    python -m drill.kill [--kills 200] [--databases sqlite postgres]

What happened is written to `drill/kill-<database>.log`, which is committed: it tells how it went
the last time. PostgreSQL itself is not killed; a power cut is not what this is about.
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

FOLDER = Path(__file__).parent


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--databases", nargs="+", default=["sqlite", "postgres"])
    given = parser.parse_args()
    faults = sum(on(database, given.kills) for database in given.databases)
    return 1 if faults else 0


def on(database: str, kills: int) -> int:
    """Run the drill on one database; gives the number of faults."""
    start = time.monotonic()
    with (FOLDER / f"kill-{database}.log").open("w") as log:

        def say(line: str) -> None:
            print(line, flush=True)
            print(line, file=log, flush=True)

        say(f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {platform.platform()}")
        say(f"{database}: {kills} kills")
        faults = faults_of(database, kills, say)
        for fault in faults:
            say(f"FAULT {fault}")
        say(f"{database}: {len(faults)} faults in {time.monotonic() - start:.0f} s")
        if not faults:
            say("Nothing was lost, nothing was doubled, and the public record verified every time.")
    return len(faults)


def faults_of(database: str, kills: int, say: Callable[[str], None]) -> list[str]:
    with (
        tempfile.TemporaryDirectory(prefix="hopthu-drill-") as folder,
        postgres(durable=True) if database == "postgres" else nullcontext("") as url,
    ):
        return run(Cities(Path(folder), url).another(), kills, say)


if __name__ == "__main__":
    sys.exit(main())
