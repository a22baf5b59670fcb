"""How fast the public record is written, and how large: `python -m bench.record`.

On each database, in a city of its own: what adding an entry costs a transaction, how many entries a
second get their place in the log and are published, and the bytes of hash tiles for one entry once
partial tiles are gone, and how long a receipt takes over HTTP. Then, of files alone, how long a
proof takes in a log of a million entries.
"""

import argparse
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import django

from bench import databases, table
from bench.goals import Goal
from bench.importing import import_reports
from bench.load import Order
from bench.machine import machine
from bench.measure import load
from bench.servers import HOPTHU, City, fetch, serving
from bench.traffic import get
from bench.verify import entries, write
from hopthu.core.codes import format_number
from hopthu.core.merkle import inclusion_proof
from hopthu.core.tiles import TiledTree
from hopthu.core.tlog_proofs import MAGIC
from hopthu.record import tile_files
from hopthu.record.checking.growing import Growing

DISK = "/var/tmp"  # noqa: S108  a folder that is never in memory; of an unguessable name inside
SINGLE = 2_000
"""Entries that are added each in a transaction of its own."""
PROOFS = 500
REPORTS = 2_000
"""Reports whose receipts are asked for."""
PORT = 8147


def main() -> int:
    arguments = _arguments()
    with tempfile.TemporaryDirectory(prefix="hopthu-bench-", dir=arguments.folder) as name:
        folder = Path(name)
        results: dict[str, Any] = {"machine": machine(folder), "entries": arguments.entries}
        for database in arguments.databases:
            results[database] = _on(database, folder / "city", arguments.entries)
        results["proof"] = proofs(folder / "large", arguments.large)
    reached = [goal for name in arguments.databases for goal in _goals(name, results[name])]
    reached.append(_most("proof at p95, ms", results["proof"]["p95_ms"], 5))
    print(*table.of_goals(reached), sep="\n")
    arguments.json.write_text(json.dumps(results, indent=1) + "\n")
    print(f"The same as JSON: {arguments.json}")
    return 0 if all(goal.reached for goal in reached) else 1


def _on(database: str, folder: Path, count: int) -> dict[str, Any]:
    with databases.city_on(database, folder) as city:
        city.run(HOPTHU, "init")
        told = city.run(sys.executable, "-m", "bench.record", "--inside", str(count))
        result: dict[str, Any] = json.loads(told)
        return result | {"receipt": receipts(city)}


def receipts(city: City) -> dict[str, Any]:
    """From the request to the whole answer, one reader after the other, another receipt each."""
    city.run(sys.executable, "-m", "bench.seed", "city")
    import_reports(city, REPORTS)
    numbers = json.loads(city.run(sys.executable, "-m", "bench.inside", "numbers", str(REPORTS)))
    with serving(city, PORT, workers=2):
        while not fetch(PORT, _receipt(numbers[-1]))[0].startswith("200"):
            time.sleep(0.5)
        requests = [get(PORT, _receipt(number)) for number in numbers]
        order = Order(PORT, requests, MAGIC.encode(), clients=1, seconds=5)
        return load(order)


def _receipt(number: str) -> str:
    return f"/reports/{format_number(number)}/receipt.tlog-proof"


def inside(count: int) -> dict[str, Any]:
    """In the city's own process, without any other sequencer."""
    django.setup()
    from django.conf import settings
    from django.db import transaction

    from hopthu.record import sequencer
    from hopthu.record.actions import Pending, append, append_many

    made = list(entries(count + SINGLE, StringIO()))
    adding = []
    for entry in made[:SINGLE]:
        with transaction.atomic():
            adding.append(_milliseconds(lambda entry=entry: append(entry)))  # type: ignore[misc]
    sequencer.run(datetime.now(UTC))
    with transaction.atomic():
        append_many([Pending(entry) for entry in made[SINGLE:]])
    started = time.monotonic()
    while sequencer.run(datetime.now(UTC)):
        pass
    seconds = time.monotonic() - started
    return {
        "append_ms": _median(adding),
        "append_p95_ms": _p95(adding),
        "entries_a_second": round(count / seconds),
        "tile_bytes_an_entry": round(_tile_bytes(settings.RECORD) / (count + SINGLE), 1),
    }


def proofs(folder: Path, size: int) -> dict[str, Any]:
    """Proofs of entries here and there, each with every tile read from its file."""
    tree = Growing()
    for start in range(0, size, 256):
        leaves = [random.randbytes(32) for _ in range(min(256, size - start))]  # noqa: S311
        for tile, data in tree.add(leaves).items():
            write(folder, tile, data)
    for tile, data in tree.partial().items():
        write(folder, tile, data)

    def prove() -> None:
        fresh = TiledTree(size, lambda tile: tile_files.read(folder, tile))
        inclusion_proof(random.randrange(size), size, fresh)  # noqa: S311

    times = [_milliseconds(prove) for _ in range(PROOFS)]
    return {"size": size, "p50_ms": _median(times), "p95_ms": _p95(times)}


def _tile_bytes(record: Path) -> int:
    """Hash tiles alone: the entries themselves are kept anyway."""
    files = (path for path in record.glob("tile/[0-9]*/**/*") if path.is_file())
    return sum(path.stat().st_size for path in files)


def _goals(database: str, run: dict[str, Any]) -> list[Goal]:
    rate = run["entries_a_second"]
    return [
        _most(f"{database}: an entry added, ms", run["append_ms"], 1),
        Goal(f"{database}: entries each second ≥ 5000", rate, rate >= 5_000),
        _most(f"{database}: bytes of tiles an entry", run["tile_bytes_an_entry"], 45),
        _most(f"{database}: receipt at p95, ms", run["receipt"]["p95"], 5),
        Goal(
            f"{database}: wrong answers", wrong := sum(run["receipt"]["wrong"].values()), not wrong
        ),
    ]


def _most(words: str, value: float, limit: float) -> Goal:
    return Goal(f"{words} ≤ {limit:g}", value, value <= limit)


def _milliseconds(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return (time.perf_counter() - started) * 1000


def _median(times: list[float]) -> float:
    return round(statistics.median(times), 3)


def _p95(times: list[float]) -> float:
    return round(statistics.quantiles(times, n=20)[-1], 3)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.record", description=__doc__)
    parser.add_argument("--databases", nargs="+", default=["sqlite", "postgres"])
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--large", type=int, default=1_000_000)
    parser.add_argument("--folder", default=DISK, help="not in memory")
    parser.add_argument("--json", type=Path, default=Path("bench/record.json"))
    parser.add_argument("--inside", type=int, default=0, help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    if asked := _arguments().inside:
        print(json.dumps(inside(asked)))
    else:
        sys.exit(main())
