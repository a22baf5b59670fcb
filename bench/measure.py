"""One city of one size on one database, and beside each number the floor's."""

import json
import subprocess
import sys
import tempfile
import time
from base64 import b64encode
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from secrets import token_hex
from statistics import median
from typing import Any

from bench import databases, syscalls
from bench.load import FRESH, Order, to_json
from bench.servers import City, Server, exchange, serving, serving_floor, tree
from bench.traffic import Scenario, scenarios
from bench.weights import weights

PAGES = 40
"""Different report pages that are asked for in turn."""
TRACED = 40
"""Requests in which the waits for the disk are counted."""

FORM = ["/report/new", "/follow"]


@dataclass(frozen=True)
class Settings:
    port: int = 8140
    workers: int = 2
    clients: int = 8
    seconds: float = 3.0
    rounds: int = 5


def measure(city: City, settings: Settings) -> dict[str, Any]:
    """Everything about `city` as it stands now, ready for JSON."""
    databases.settle(city)
    before = inside(city, "count")
    numbers = inside(city, "numbers", str(PAGES))
    with tempfile.TemporaryDirectory(dir=city.data.parent, prefix="floor-") as folder:
        floor = databases.copy(city, Path(folder, "floor"))
        with serving(city, settings.port, settings.workers) as server:
            _wait_for_the_record(city)
            idle = [asdict(process) for process in server.processes()]
            all_of_them = scenarios(settings.port, numbers)
            with _floor(floor, settings, Path(folder), all_of_them) as floor_server:
                measured = [
                    _scenario(one, city, server, floor_server, settings) for one in all_of_them
                ]
            after = [asdict(process) for process in server.processes()]
            seconds = server.seconds_to_answer
            weighed = weights(server.port, ["/", "/reports", f"/reports/{numbers[0]}", *FORM])
        recorded = databases.copy(city, Path(folder, "recorded"))
        unrecorded = databases.copy(city, Path(folder, "unrecorded"))
        share = _share_of_unrecorded(all_of_them[0], recorded, unrecorded, settings)
        measured[0]["share_of_unrecorded"] = share
    after_all = inside(city, "count")
    statements = inside(city, "queries", requests={s.name: s.requests[0] for s in all_of_them})
    for one in measured:
        one["statements"] = statements[one["name"]]
    return {
        "rows": before["reports"],
        "seconds_to_answer": round(seconds, 2),
        "idle": idle,
        "after": after,
        "scenarios": measured,
        "weights": weighed,
        "whole": _is_whole(before, after_all, measured),
    }


def _wait_for_the_record(city: City) -> None:
    """Until all that was imported has its place in the log: work has its hands full till then."""
    while inside(city, "waiting"):
        time.sleep(1)


@contextmanager
def _floor(
    city: City, settings: Settings, folder: Path, all_of_them: list[Scenario]
) -> Iterator[Server]:
    """The floor's server, which gives back the real one's answers."""
    for one in all_of_them:
        request = one.requests[0].replace(FRESH, token_hex(16).encode())
        (folder / one.name).write_bytes(exchange(settings.port, request)[1])
    with serving_floor(city, settings.port + 1, settings.workers, pages=folder) as server:
        yield server


def _scenario(
    one: Scenario, city: City, server: Server, floor: Server, settings: Settings
) -> dict[str, Any]:
    """The city's numbers and the floor's, in turn; of each the round that was least disturbed."""
    order = Order(
        port=server.port,
        requests=one.requests,
        expect=one.expect,
        clients=settings.clients,
        seconds=settings.seconds,
    )
    rounds = [(_drive(server, order), _drive(floor, order)) for _ in range(settings.rounds)]
    ours, floors = zip(*rounds, strict=True)
    result, result_floor = (max(tries, key=lambda each: each["rate"]) for tries in (ours, floors))
    sent = sum(each["sent"] for each in ours)
    traced, waits = 0, None
    if one.writes:
        traced, waits = _count_waits(city, server, replace(order, clients=1, warm_up=0, seconds=60))
    result |= {"sent": sent + traced, "rounds": [each["rate"] for each in ours]}
    share = _share(ours, floors)
    return {"name": one.name, **result, "floor": result_floor, "share": share, "syncs": waits}


def _share(ours: Sequence[dict[str, Any]], others: Sequence[dict[str, Any]]) -> float:
    """The median over rounds: what disturbs one half of a round mostly disturbs the other too."""
    pairs = zip(ours, others, strict=True)
    shares = [float(one["rate"] / max(1.0, other["rate"])) for one, other in pairs]
    return round(median(shares), 3)


def _share_of_unrecorded(
    one: Scenario, recorded: City, unrecorded: City, settings: Settings
) -> float:
    """Receiving, in turn with a server that keeps no public record, on copies of one city.

    The two differ less than one second of the machine does from the next: many short rounds.
    """
    order = Order(settings.port, one.requests, one.expect, settings.clients, seconds=1, warm_up=0.3)
    with (
        serving(recorded, settings.port, settings.workers) as ours,
        serving(unrecorded, settings.port + 1, settings.workers, recorded=False) as bare,
    ):
        several = range(4 * settings.rounds)
        rounds = [(_drive(ours, order), _drive(bare, order)) for _ in several]
    with_it, without = zip(*rounds, strict=True)
    return _share(with_it, without)


def _count_waits(city: City, server: Server, order: Order) -> tuple[int, float | None]:
    """How many requests were sent for it, and how often each waited for the disk."""
    pids = [process.pid for process in server.processes()]
    if database := databases.server_process(city):
        pids += tree(database)
    sent = 0

    def work() -> int:
        nonlocal sent
        sent = int(load(replace(order, at_most=TRACED))["sent"])
        return sent

    waits = syscalls.syncs(pids, work)
    return sent, waits


def _drive(server: Server, order: Order) -> dict[str, Any]:
    before = server.cpu_seconds()
    result = load(replace(order, port=server.port))
    cpu = server.cpu_seconds() - before
    return result | {"cpu_ms": round(cpu * 1000 / max(1, result["sent"]), 2)}


def load(order: Order) -> dict[str, Any]:
    """Have the generator, a process of its own, send the requests."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.load"],
        input=to_json(order).encode(),
        stdout=subprocess.PIPE,
        check=True,
    )
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def inside(city: City, *words: str, requests: dict[str, bytes] | None = None) -> Any:
    text = json.dumps({name: b64encode(raw).decode() for name, raw in (requests or {}).items()})
    return json.loads(city.run(sys.executable, "-m", "bench.inside", *words, stdin=text.encode()))


def _is_whole(
    before: dict[str, int], after: dict[str, int], measured: list[dict[str, Any]]
) -> bool:
    """Whether the database holds what was acknowledged: every report, event and photo, once.

    One more of each kind of receiving was sent to have its answer for the floor.
    """
    sent = {one["name"]: one["sent"] + 1 for one in measured}
    new = {name: after[name] - before[name] for name in after}
    photos = sent["receive with photo"]
    reports = sent["receive"] + photos
    return new == {"reports": reports, "events": reports, "photos": photos}
