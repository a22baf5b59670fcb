"""`make bench`: starts the real server and drives it over HTTP; prints a table, writes JSON.

python -m bench [--databases sqlite postgres] [--sizes 10000 100000] [--seconds 3] [--rounds 5]
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench import databases, table
from bench.goals import goals, growth
from bench.importing import import_reports
from bench.machine import machine
from bench.measure import Settings, measure
from bench.servers import HOPTHU

DISK = "/var/tmp"  # noqa: S108  a folder that is never in memory; of an unguessable name inside


def main() -> int:
    arguments = _arguments()
    settings = Settings(
        port=arguments.port,
        workers=arguments.workers,
        clients=arguments.clients,
        seconds=arguments.seconds,
        rounds=arguments.rounds,
    )
    with tempfile.TemporaryDirectory(prefix="hopthu-bench-", dir=arguments.folder) as folder:
        about = machine(Path(folder))
        say(" · ".join(f"{name} {value}" for name, value in about.items()))
        runs = []
        for run in _runs(arguments.databases, sorted(arguments.sizes), settings, Path(folder)):
            runs.append(run)
            say("", *table.of_run(run))
    say(*table.of_goals(growth(runs)))
    results = {"machine": about, "settings": vars(settings), "runs": runs}
    arguments.json.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n")
    say("", f"The same as JSON: {arguments.json}")
    reached = [goal.reached for run in runs for goal in goals(run)]
    return 0 if all([*reached, *(goal.reached for goal in growth(runs))]) else 1


def _runs(
    names: list[str], sizes: list[int], settings: Settings, folder: Path
) -> Iterator[dict[str, Any]]:
    for database in names:
        with databases.city_on(database, folder / "city") as city:
            city.run(HOPTHU, "init")
            city.run(sys.executable, "-m", "bench.seed", "city")
            have = 0
            for size in sizes:
                rate = import_reports(city, size - have, have)
                have = size
                yield {"database": database, "import_rate": rate} | measure(city, settings)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--databases", nargs="+", default=["sqlite", "postgres"])
    parser.add_argument("--sizes", nargs="+", type=int, default=[10_000, 100_000])
    parser.add_argument("--seconds", type=float, default=3.0, help="of each round")
    parser.add_argument("--rounds", type=int, default=5, help="in turn with the floor")
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--port", type=int, default=8140)
    parser.add_argument("--folder", default=DISK, help="not in memory")
    parser.add_argument("--json", type=Path, default=Path("bench/results.json"))
    return parser.parse_args()


def say(*lines: str) -> None:
    print("\n".join(lines), flush=True)


if __name__ == "__main__":
    sys.exit(main())
