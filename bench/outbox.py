"""How many letters go out each second: `python -m bench.outbox`.

`hopthu work`, one process as an operator starts it, sends what waits in the outbox to a mail server
on the same machine, which reads every letter: sealed contacts opened, letters written in the
resident's language, begin and end of every attempt committed. Counted from the first letter that
arrives to the last, with the pauses between the rounds of work.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import django

from bench import databases, table
from bench.goals import Goal
from bench.importing import import_reports
from bench.machine import machine
from bench.servers import HOPTHU, City, cpu_seconds
from hopthu.cli.process import die_with_parent
from tests.outbox.mail_server import Post

DISK = "/var/tmp"  # noqa: S108  a folder that is never in memory; of an unguessable name inside
PATIENCE = 120
"""Seconds without a letter after which something is wrong."""
LANGUAGES = ("vi", "en", "km")
GOAL = 50


class NoLetters(Exception):
    """Work sends nothing any more, and some are missing."""


def main() -> int:
    arguments = _arguments()
    with tempfile.TemporaryDirectory(prefix="hopthu-bench-", dir=arguments.folder) as name:
        folder = Path(name)
        results: dict[str, Any] = {"machine": machine(folder), "letters": arguments.letters}
        for database in arguments.databases:
            results[database] = _on(database, folder / "city", arguments.letters)
    reached = [goal for name in arguments.databases for goal in _goals(name, results[name])]
    print(*table.of_goals(reached), sep="\n")
    arguments.json.write_text(json.dumps(results, indent=1) + "\n")
    print(f"The same as JSON: {arguments.json}")
    return 0 if all(goal.reached for goal in reached) else 1


def _on(database: str, folder: Path, letters: int) -> dict[str, Any]:
    with databases.city_on(database, folder) as city, Post() as post:
        city.run(HOPTHU, "init")
        city.run(sys.executable, "-m", "bench.seed", "city")
        import_reports(city, letters)
        city.run(sys.executable, "-m", "bench.outbox", "--inside")
        databases.settle(city)
        with _working(city, post) as work:
            _wait_for(post, 1)
            started, cpu, first = time.monotonic(), cpu_seconds(work), len(post.letters)
            _wait_for(post, letters)
            seconds, cpu = time.monotonic() - started, cpu_seconds(work) - cpu
        return {
            "letters_a_second": round((letters - first) / seconds, 1),
            "cpu_ms_a_letter": round(1000 * cpu / (letters - first), 1),
            "letters_a_connection": round(letters / post.connections),
            "twice": len(post.ids) - len(set(post.ids)),
        }


@contextmanager
def _working(city: City, post: Post) -> Iterator[int]:
    """`hopthu work`, as long as it is needed; gives its process id."""
    env = city.env | {
        "HOPTHU_SMTP_URL": post.url,
        "HOPTHU_MAIL_FROM": "hopthu@city.example",
        "HOPTHU_ADDRESS": "https://hopthu.city.example",
    }
    parent = os.getpid()
    work = subprocess.Popen(
        [HOPTHU, "work"],
        env=env,
        stderr=subprocess.DEVNULL,
        preexec_fn=lambda: die_with_parent(parent),
    )
    try:
        yield work.pid
    finally:
        work.terminate()
        work.wait()


def _wait_for(post: Post, letters: int) -> None:
    """Raises `NoLetters`."""
    seen, at = -1, time.monotonic()
    while len(post.letters) < letters:
        if len(post.letters) != seen:
            seen, at = len(post.letters), time.monotonic()
        elif time.monotonic() > at + PATIENCE:
            raise NoLetters(f"{seen} of {letters}")
        time.sleep(0.005)


def inside() -> None:
    """In the city's own process: an address, sealed, and a letter for every report."""
    django.setup()
    from django.db import transaction

    from hopthu.core.sealing import Reachable
    from hopthu.outbox.actions import tell
    from hopthu.people import contacts
    from hopthu.reports import letters
    from hopthu.reports.models import Report

    who, at = Reachable("an@example.vn", "vi"), datetime.now(UTC)
    with transaction.atomic():
        # Closed just now at most: otherwise work forgets the address before it writes to it.
        Report.objects.exclude(closed_at=None).update(closed_at=at)
        for place, number in enumerate(Report.objects.values_list("number", flat=True)):
            language = LANGUAGES[place % len(LANGUAGES)]
            contacts.keep(number, contacts.seal(replace(who, language=language), number=number))
            tell(letters.TOPIC, number=number, seq=1, at=at)


def _goals(database: str, run: dict[str, Any]) -> list[Goal]:
    rate = run["letters_a_second"]
    return [
        Goal(f"{database}: letters each second ≥ {GOAL}", rate, rate >= GOAL),
        Goal(f"{database}: letters that came twice", run["twice"], not run["twice"]),
    ]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.outbox", description=__doc__)
    parser.add_argument("--databases", nargs="+", default=["sqlite", "postgres"])
    parser.add_argument("--letters", type=int, default=3_000)
    parser.add_argument("--folder", default=DISK, help="not in memory")
    parser.add_argument("--json", type=Path, default=Path("bench/results-outbox.json"))
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    if _arguments().inside:
        inside()
    else:
        sys.exit(main())
