"""How long it takes to tell a hundred thousand, and what that costs whoever reports meanwhile.

python -m bench.following [--databases sqlite postgres] [--followers 100000]

In a city of its own on each database that many people follow one ward. Something happens there, and
a process like `hopthu work` makes their letters, as it does in a city, resting between its batches.
Meanwhile another one takes in reports, one after the other; and once more while nobody is told.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import django

from bench import databases, table
from bench.goals import Goal
from bench.servers import HOPTHU, City

if TYPE_CHECKING:
    from hopthu.reports.models import Report

DISK = "/var/tmp"  # noqa: S108  a folder that is never in memory; of an unguessable name inside
ALONE = 5.0
"""Seconds of receiving without anything else."""
PAUSE = 0.05
FOLLOWED, ELSEWHERE = 0, 1
"""Wards: the one that all of them follow, and the one that is reported from meanwhile."""
MOST_SECONDS, MOST_P95 = 60, 150
ME = [sys.executable, "-m", "bench.following"]


def main() -> int:
    arguments = _arguments()
    if arguments.inside:
        django.setup()
        print(json.dumps(INSIDE[arguments.inside](arguments.followers)))
        return 0
    results, reached = {}, []
    for name in arguments.databases:
        with (
            tempfile.TemporaryDirectory(prefix="hopthu-bench-", dir=DISK) as folder,
            databases.city_on(name, Path(folder) / "city") as city,
        ):
            results[name] = _measure(city, arguments.followers)
        reached += list(_goals(name, results[name]))
        print(json.dumps({name: results[name]}), flush=True)
    print(*table.of_goals(reached), sep="\n")
    arguments.json.write_text(json.dumps(results, indent=1) + "\n")
    return 0 if all(goal.reached for goal in reached) else 1


def _measure(city: City, followers: int) -> dict[str, Any]:
    city.run(HOPTHU, "init")
    city.run(sys.executable, "-m", "bench.seed", "city")
    many = f"--followers={followers}"
    city.run(*ME, "--inside=prepare", many)
    databases.settle(city)
    alone = json.loads(city.run(*ME, "--inside=receive", many))
    with subprocess.Popen([*ME, "--inside=expand", many], env=city.env, stdout=-1) as expanding:
        meanwhile = json.loads(city.run(*ME, "--inside=receive_until_told", many))
        told, _ = expanding.communicate()
    return {"told": json.loads(told), "receiving alone": alone, "meanwhile": meanwhile}


def _goals(name: str, result: dict[str, Any]) -> list[Goal]:
    seconds, p95 = result["told"]["seconds"], result["meanwhile"]["p95_ms"]
    return [
        Goal(f"{name}: all told, s ≤ {MOST_SECONDS}", seconds, seconds <= MOST_SECONDS),
        Goal(f"{name}: receive meanwhile, p95 ms ≤ {MOST_P95}", p95, p95 <= MOST_P95),
    ]


def prepare(followers: int) -> dict[str, Any]:
    """All of them follow the ward of the report that comes in last; nobody is told yet."""
    from hopthu.core import sealing
    from hopthu.core.sealing import Reachable
    from hopthu.outbox.following.things import Thing
    from hopthu.outbox.models import Often, Subscription
    from hopthu.people import seal_keys
    from hopthu.reports.following.gathering import gather

    now = datetime.now(UTC)
    gather(now)
    area = _report(ward=FOLLOWED).area
    ward = Thing(area=area.code if area else "")
    # Their seals are all the same one: making a letter opens none.
    sealed = sealing.seal(
        Reachable("an@example.vn", "vi"), number=uuid4().hex, recipients=seal_keys.recipients()
    )
    before = now - timedelta(days=1)
    rows = (
        Subscription(
            token=uuid4(),
            thing=ward.key,
            often=Often.NOW,
            sealed=sealed,
            asked_at=before,
            confirmed_at=before,
        )
        for _ in range(followers)
    )
    Subscription.objects.bulk_create(rows, batch_size=2_000)
    return {}


def expand(_followers: int) -> dict[str, Any]:
    from hopthu.outbox.following.expanding import expand as tell
    from hopthu.record.numbering import number_waiting
    from hopthu.reports.following.gathering import gather

    started = time.monotonic()
    number_waiting()
    gather(datetime.now(UTC))
    letters = tell(datetime.now(UTC))
    return {"letters": letters, "seconds": round(time.monotonic() - started, 1)}


def receive(_followers: int) -> dict[str, Any]:
    end = time.monotonic() + ALONE
    return _times(lambda: time.monotonic() < end)


def receive_until_told(_followers: int) -> dict[str, Any]:
    from hopthu.outbox.models import News

    return _times(lambda: not News.objects.filter(told=True).exists())


def _times(go_on: Callable[[], bool]) -> dict[str, Any]:
    took: list[float] = []
    while not took or go_on():
        started = time.monotonic()
        _report(ward=ELSEWHERE)
        took.append((time.monotonic() - started) * 1000)
        time.sleep(PAUSE)
    took.sort()
    return {
        "reports": len(took),
        "p50_ms": round(statistics.median(took), 1),
        "p95_ms": round(took[int(len(took) * 0.95)], 1),
        "longest_ms": round(took[-1], 1),
    }


def _report(*, ward: int) -> "Report":
    from bench.seed import SOUTH, STEP, WEST
    from hopthu.core.geometry import Point
    from hopthu.reports.actions import receive as take_in
    from hopthu.reports.intake import Intake, Place

    point = Point(SOUTH + STEP / 2, WEST + STEP * (ward + 0.5))
    intake = Intake(category="lamp", place=Place(point, None, ""), text="Đèn đường không sáng.")
    return take_in(intake, submission=uuid4().hex, at=datetime.now(UTC)).report


INSIDE = {
    "prepare": prepare,
    "expand": expand,
    "receive": receive,
    "receive_until_told": receive_until_told,
}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.following", description=__doc__)
    parser.add_argument("--databases", nargs="+", default=["sqlite", "postgres"])
    parser.add_argument("--followers", type=int, default=100_000)
    parser.add_argument("--json", type=Path, default=Path("bench/following.json"))
    parser.add_argument("--inside", choices=sorted(INSIDE), help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
