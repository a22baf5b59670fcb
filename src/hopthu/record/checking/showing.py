"""What the pages have to say of a report, worked out from its entries alone.

`docs/record-format.md`, "What is shown": a city tells it from what its pages show, and the two have
to be the same. Nothing in an entry is trusted to be of its kind.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from hopthu.core.canonical import Json
from hopthu.core.terms import OPEN, Status, Step
from hopthu.record.checking.spool import Row

_ORDER: Final = ("issuer", "order", "ordered", "review")
_OF_A_STEP: Final = (
    *("outcome", "reason", "into", "date", "count", "judged", "photo", "body"),
    *_ORDER,
)
_NOT_OF_A_PRIVATE_ONE: Final = frozenset({"into", "body"})
_NEWEST: Final[Mapping[str, tuple[str, Step]]] = {
    Status.RESOLVED: ("outcome", Step.RESOLVE),
    Status.DECLINED: ("reason", Step.DECLINE),
    Status.SCHEDULED: ("date", Step.SCHEDULE),
    Status.DUPLICATE: ("into", Step.MERGE),
}
"""Of a status: what it comes with, and the step that tells it."""
_DAY: Final = len("2026-03-06")

Shown = dict[str, Json]


class _State:
    """How the report stands after the entries so far."""

    def __init__(self) -> None:
        self.closed: str | None = None
        self.hidden: Json = None
        self.order: dict[str, Json] = {}
        self.confirmed = self.extended = False
        self.disputes = self.supports = 0
        self.newest: dict[str, Json] = {}
        """Facts that hold until they are told again."""
        self.by_type: dict[str, Row] = {}

    def read(self, row: Row) -> None:
        self.by_type[row.type] = row
        self.newest |= {name: row.facts[name] for name in ("body", "due") if name in row.facts}
        match row.type:
            case Step.HIDE:
                self.hidden = row.facts.get("reason")
                self.order = {name: row.facts.get(name) for name in _ORDER}
            case Step.KEEP_HIDDEN:
                self.order["review"] = row.facts.get("review")
            case Step.SHOW:
                self.hidden, self.order = None, {}
            case Step.SUPPORT:
                self.supports += 1
            case Step.EXTEND:
                self.extended = True
            case Step.CONFIRM:
                self.confirmed = True
            case Step.DISPUTE:
                self.confirmed = False
                count = row.facts.get("count")
                self.disputes = count if isinstance(count, int) else 0
        if row.facts.get("status") not in [*OPEN]:
            self.closed = self.closed or row.time
        elif self.closed:
            self.closed, self.confirmed = None, False

    def fact(self, type_: str, name: str) -> Json:
        row = self.by_type.get(type_)
        return row.facts.get(name) if row else None


def shown(rows: Sequence[Row]) -> str:
    """What has to be told as `shown`, in the spelling of `spelled`."""
    state = _State()
    for row in rows:
        state.read(row)
    now = rows[-1].facts
    private = now.get("private") is True
    told: Shown = {
        "status": now.get("status"),
        "closed": state.closed[:_DAY] if state.closed and private else state.closed,
        "hidden": state.hidden,
        **state.order,
        "disagrees": bool(state.closed and state.disputes > 1 and not state.confirmed) or None,
    }
    for status, (name, type_) in _NEWEST.items():
        if now.get("status") == status and not (private and name in _NOT_OF_A_PRIVATE_ONE):
            told[name] = state.fact(type_, name)
    if private:
        told |= {"private": True, "group": now.get("group")}
    else:
        told |= {
            "category": now.get("category"),
            "area": now.get("area"),
            **state.newest,
            "concerned": state.fact("received", "concerned"),
            "first_due": state.fact("received", "due"),
            "extended": state.extended or None,
            "supports": state.supports or None,
        }
    told["steps"] = [_step(row, private=private) for row in rows]
    return spelled({name: value for name, value in told.items() if value is not None})


def spelled(told: Shown) -> str:
    """The same for the same, to be compared and kept."""
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def differences(told: Shown, expected: str) -> Iterator[str]:
    """Names of what is told otherwise than the log has it."""
    try:
        if spelled(told) == expected:
            return
    except RecursionError:
        yield "what is shown is nested deeper than anything here"
        return
    own: Shown = json.loads(expected)
    for name in sorted(told.keys() | own.keys()):
        if name != "steps" and told.get(name) != own.get(name):
            yield f"{name} is shown as {_said(told.get(name))}, and is {_said(own.get(name))}"
    given, steps = told.get("steps"), own.get("steps")
    if given != steps:
        yield _of_steps(given, steps)


def _of_steps(given: Json, steps: Json) -> str:
    if isinstance(given, list) and isinstance(steps, list):
        for seq, (one, other) in enumerate(zip(given, steps, strict=False), 1):
            if one != other:
                return f"step {seq} is shown as {_said(one)}, and is {_said(other)}"
        return f"{len(given):,} steps are shown, and there are {len(steps):,}"
    return "its steps are not shown"


def _said(value: Json) -> str:
    return "nothing" if value is None else f"{json.dumps(value, ensure_ascii=False):.150}"


def _step(row: Row, *, private: bool) -> Shown:
    names = {"status", "actor", *_OF_A_STEP}
    if private:
        names -= _NOT_OF_A_PRIVATE_ONE
    if row.type == "received":
        names -= {"body"}
    return {"type": row.type} | {name: row.facts[name] for name in names & row.facts.keys()}
