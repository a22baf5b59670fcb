"""What the numbers have to reach on two cores that the load generator shares."""

from collections.abc import Iterator
from typing import Any, NamedTuple


class Goal(NamedTuple):
    words: str
    value: float
    reached: bool


def goals(run: dict[str, Any]) -> Iterator[Goal]:
    """Each goal of one run of `measure`, with what was measured."""
    by_name = {one["name"]: one for one in run["scenarios"]}
    receive, photo = by_name["receive"], by_name["receive with photo"]
    page = by_name["report page"]
    yield _least("receive, each second", receive["rate"], 100)
    yield _most("receive, p95 ms", receive["p95"], 150)
    yield _least("receive, share of the floor", receive["share"], 0.6)
    without = receive["share_of_unrecorded"]
    yield _least("receive, share of the rate without the record", without, 0.85)
    yield _least("receive with photo, its faces looked for, each second", photo["rate"], 4)
    yield _least("report page, each second", page["rate"], 800)
    yield _most("serve answers after, s", run["seconds_to_answer"], 3)
    for process in run["idle"]:
        if process["name"] == "web":
            yield _most("web process at idle, MB", process["resident"], 120)
    for language, limit in (("vi", 100), ("en", 100), ("km", 125)):
        heaviest = max((page[language] for page in run["weights"].values()), default=0)
        yield _most(f"heaviest first visit in {language}, kB gzip", heaviest, limit)
    yield _least("import, rows each second", run["import_rate"], 1_000)
    yield Goal("everything acknowledged is kept, once", float(run["whole"]), run["whole"])


def growth(runs: list[dict[str, Any]]) -> Iterator[Goal]:
    """The list with filter must not take much longer with ten times the reports."""
    for database in dict.fromkeys(run["database"] for run in runs):
        times = [_p50(run, "list with filter") for run in runs if run["database"] == database]
        if len(times) > 1:
            factor = round(times[-1] / times[0], 2)
            yield _most(f"{database}: list with filter, times slower at the largest", factor, 1.5)


def _p50(run: dict[str, Any], name: str) -> float:
    return float(next(one["p50"] for one in run["scenarios"] if one["name"] == name))


def _least(words: str, value: float, limit: float) -> Goal:
    return Goal(f"{words} ≥ {limit:g}", value, value >= limit)


def _most(words: str, value: float, limit: float) -> Goal:
    return Goal(f"{words} ≤ {limit:g}", value, value <= limit)
