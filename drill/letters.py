"""`make drill`: a hundred times `kill -9` of work while it sends ten thousand letters.

On SQLite and on PostgreSQL, to a real mail server that counts what arrives.

    python -m drill.letters [--kills 100] [--letters 10000] [--databases sqlite postgres]

What happened is written to `drill/letters-<database>.log`, which is committed. What lies between
taking a letter and saying so is a moment in which no mail server can know: such a letter comes
twice, under one `Message-ID`. These are counted; one that is lost, or a copy that `hopthu mail`
does not tell of, is a fault.
"""

import argparse
import platform
import sys
import tempfile
import time
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path

from tests.databases import postgres
from tests.live import Cities
from tests.outbox.killing import Outcome, run
from tests.outbox.mail_server import Post

FOLDER = Path(__file__).parent
PAUSE = 0.005
"""Seconds that the mail server takes for a letter, so that kills fall into the midst of one."""


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--letters", type=int, default=10_000)
    parser.add_argument("--databases", nargs="+", default=["sqlite", "postgres"])
    given = parser.parse_args()
    faults = sum(on(name, given.letters, given.kills) for name in given.databases)
    return 1 if faults else 0


def on(database: str, letters: int, kills: int) -> int:
    """Run the drill on one database; gives the number of faults."""
    start = time.monotonic()
    outcome = outcome_of(database, letters, kills)
    lines = [
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {platform.platform()}",
        f"{database}: {outcome}",
        *(f"FAULT {fault}" for fault in outcome.faults()),
        f"{database}: {len(outcome.faults())} faults in {time.monotonic() - start:.0f} s",
    ]
    told = "\n".join(lines)
    print(told, flush=True)
    (FOLDER / f"letters-{database}.log").write_text(f"{told}\n")
    return len(outcome.faults())


def outcome_of(database: str, letters: int, kills: int) -> Outcome:
    with (
        tempfile.TemporaryDirectory(prefix="hopthu-drill-") as folder,
        postgres(durable=True) if database == "postgres" else nullcontext("") as url,
        Post(pause=PAUSE) as post,
    ):
        return run(Cities(Path(folder), url).another(), post, letters=letters, kills=kills)


if __name__ == "__main__":
    sys.exit(main())
