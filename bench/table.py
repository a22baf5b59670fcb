"""The numbers, to be read."""

from collections.abc import Iterable, Iterator
from typing import Any

from bench.goals import Goal, goals

HEAD = ("", "req/s", "p50", "p95", "p99", "CPU", "SQL", "syncs", "bytes", "floor/s", "CPU", "share")
"""Times in milliseconds; CPU: of all the server's processes, for one request."""


def of_run(run: dict[str, Any]) -> Iterator[str]:
    """One city on one database, as lines of Markdown."""
    yield f"### {run['database']}, {run['rows']:,} reports"
    yield ""
    yield from _table(HEAD, (_row(one) for one in run["scenarios"]))
    yield ""
    yield from _table(("process", "idle RSS, MB", "PSS", "after, RSS", "PSS"), _memory(run))
    yield ""
    if run["weights"]:
        yield from _table(("first visit, kB gzip", "vi", "en", "km"), _weights(run))
        yield ""
    yield from of_goals(goals(run))
    yield ""


def of_goals(reached: Iterable[Goal]) -> Iterator[str]:
    for goal in reached:
        mark = "reached" if goal.reached else "MISSED "
        yield f"- {mark} {goal.words}: {goal.value:g}"


def _row(one: dict[str, Any]) -> tuple[str, ...]:
    floor = one["floor"]
    wrong = "" if not one["wrong"] else f" ({sum(one['wrong'].values())} WRONG)"
    syncs = "–" if one["syncs"] is None else f"{one['syncs']:.1f}"
    return (
        one["name"] + wrong,
        f"{one['rate']:,.1f}",
        *(f"{one[key]:.1f}" for key in ("p50", "p95", "p99", "cpu_ms")),
        str(one["statements"]),
        syncs,
        f"{one['bytes_each']:,}",
        f"{floor['rate']:,.1f}",
        f"{floor['cpu_ms']:.1f}",
        f"{one['share']:.0%}",
    )


def _memory(run: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    idle = {process["pid"]: process for process in run["idle"]}
    for process in run["after"]:
        before = idle.get(process["pid"])
        yield (
            process["name"],
            f"{before['resident']:.0f}" if before else "",
            f"{before['proportional']:.0f}" if before else "",
            f"{process['resident']:.0f}",
            f"{process['proportional']:.0f}",
        )


def _weights(run: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    for path, by_language in run["weights"].items():
        yield path, *(f"{kilobytes:.0f}" for kilobytes in by_language.values())


def _table(head: Iterable[str], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    table = [tuple(head), *rows]
    widths = [max(len(row[column]) for row in table) for column in range(len(table[0]))]
    for number, row in enumerate(table):
        first, *others = (
            cell.ljust(width) if column == 0 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        yield f"| {' | '.join([first, *others])} |"
        if number == 0:
            yield f"|{'-' * (widths[0] + 2)}|{'|'.join('-' * (w + 1) + ':' for w in widths[1:])}|"
