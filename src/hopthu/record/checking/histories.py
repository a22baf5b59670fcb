"""What the entries of one report have to fit together as, and what of it must still be told.

`docs/record-format.md`, "What a checker checks": sequence numbers without a gap, times that never
run backwards, values that are fixed anew only by a step that says so. It ends in the report's
standing: each slot with its newest commitment, whether its value may be missing, and what the pages
have to say beside the values.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from hopthu.core.entries import ERASURE
from hopthu.record.checking.showing import shown
from hopthu.record.checking.spool import Row
from hopthu.record.checking.verdict import Verdict

_ANEW: Final = {
    "relocate": ("place",),
    "recategorise": ("answers", "answers_withheld"),
}
"""Steps that fix other values of the same slots, beside `redact`, which names the slots."""
_PHOTO_ANEW: Final = {"photo.published", "photo.replaced"}
_OF_A_STEP: Final = frozenset({"time", "words", "referral"})
_DAY: Final = len("2026-03-06")


class Mark(StrEnum):
    """What has to be told of a slot."""

    TOLD = "t"
    WITHHELD = "w"
    """May be kept back; what is told must be right all the same."""
    ERASED = "e"
    """The entry of the erasure says that it is gone: then it is."""


@dataclass(frozen=True, slots=True)
class Standing:
    report: str
    seq: int
    slots: dict[str, tuple[bytes, Mark]]
    times: tuple[str, ...]
    """Of each step, as the entries tell them; step 1 first."""
    shown: str
    """What the pages have to say beside the values (`checking.showing`)."""

    def row(self) -> tuple[str, int, str, str, bytes, str, str]:
        hashes = b"".join(digest for digest, _ in self.slots.values())
        marks = "".join(mark for _, mark in self.slots.values())
        slots, times = "\n".join(self.slots), "\n".join(self.times)
        return self.report, self.seq, slots, marks, hashes, times, self.shown

    @classmethod
    def of(
        cls, report: str, seq: int, slots: str, marks: str, hashes: bytes, times: str, shown: str
    ) -> "Standing":
        digests = (hashes[at : at + 32] for at in range(0, len(hashes), 32))
        names = slots.split("\n") if hashes else []
        pairs = zip(digests, map(Mark, marks), strict=True)
        kept = dict(zip(names, pairs, strict=True))
        return cls(report, seq, kept, tuple(times.split("\n")), shown)


@dataclass(slots=True)
class _State:
    newest: dict[str, bytes] = field(default_factory=dict)
    erased: set[str] = field(default_factory=set)
    photos_withheld: set[str] = field(default_factory=set)
    hidden: bool = False
    latest: str = ""
    """No later step may tell an earlier time; as exact as the steps so far were."""


def standing(rows: Sequence[Row], verdict: Verdict) -> Standing:
    """Read the entries of one report, in order; what does not fit goes into the verdict."""
    _check_numbers(rows, verdict)
    state = _State()
    for row in rows:
        _check_time(row, state, verdict)
        _check_anew(row, state, verdict)
        _apply(row, state)
    last = rows[-1]
    everything = last.withheld or state.hidden
    slots = {
        slot: (digest, _mark(slot, state, everything=everything))
        for slot, digest in state.newest.items()
    }
    times = tuple(row.time for row in rows)
    return Standing(last.report, last.seq, slots, times, shown(rows))


def check_sequence(
    report: str, expected: int, numbered: Iterable[tuple[int, int]], verdict: Verdict
) -> None:
    """Pairs of step and entry, in the order of the log; `expected` should come first."""
    for seq, number in numbered:
        if seq > expected:
            missing = f"{expected}" if seq == expected + 1 else f"{expected} to {seq - 1}"
            verdict.fault(
                f"report {report}", f"step {missing} is missing before step {seq} (entry {number})"
            )
        elif seq < expected:
            verdict.fault(
                f"report {report}",
                f"entry {number} is for step {seq}, and step {expected - 1} has been before",
            )
        expected = max(expected, seq + 1)


def later(time: str, latest: str) -> str | None:
    """The latest time after a step at `time`; None if it lies before the steps so far.

    Steps of a private report tell the day alone: days are then compared.
    """
    if time < latest[: len(time)]:
        return None
    return latest if len(time) == _DAY and latest.startswith(time) else max(time, latest)


def _check_numbers(rows: Sequence[Row], verdict: Verdict) -> None:
    check_sequence(rows[0].report, 1, ((row.seq, row.number) for row in rows), verdict)
    for row in rows:
        if (row.type == "received") is not (row.seq == 1):
            verdict.fault(row.where, f"{row.type}: a report begins with received, once")


def _check_time(row: Row, state: _State, verdict: Verdict) -> None:
    latest = later(row.time, state.latest)
    if latest is None:
        verdict.fault(
            row.where, f"its time, {row.time}, is before {state.latest}, of a step before"
        )
    else:
        state.latest = latest


def _check_anew(row: Row, state: _State, verdict: Verdict) -> None:
    again = {slot for slot in row.slots if slot in state.newest}
    if again or "replaces" in row.facts:
        for slot in sorted(again - _may_fix_anew(row)):
            verdict.fault(row.where, f"{row.type} fixes another value of {slot}, which it may not")
        for slot in sorted(row.named("replaces") - again):
            verdict.fault(row.where, f"it says that it replaces {slot}, and does not")
    own = str(row.seq)
    for slot in row.slots:
        kind, _, step = slot.partition(".")
        if step not in ("", own) and kind in _OF_A_STEP and slot not in again:
            verdict.fault(row.where, f"it fixes {slot}, which belongs to another step")


def _may_fix_anew(row: Row) -> set[str]:
    if row.type == "redact":
        return row.named("replaces")
    if row.type in _PHOTO_ANEW:
        return {_photo(row)}
    return set(_ANEW.get(row.type, ()))


def _apply(row: Row, state: _State) -> None:
    for at, slot in enumerate(row.slots):
        state.newest[slot] = row.hashes[at * 32 : at * 32 + 32]
        state.erased.discard(slot)
    if row.type == ERASURE:
        state.erased |= row.named("erased")
    elif row.type == "hide":
        state.hidden = True
    elif row.type == "show":
        state.hidden = False
    elif row.type == "photo.withheld":
        state.photos_withheld.add(_photo(row))
    elif row.type in _PHOTO_ANEW:
        state.photos_withheld.discard(_photo(row))


def _photo(row: Row) -> str:
    return f"photo.{row.facts.get('photo')}"


def _mark(slot: str, state: _State, *, everything: bool) -> Mark:
    if slot in state.erased:
        return Mark.ERASED
    if everything or slot == "answers_withheld" or slot in state.photos_withheld:
        return Mark.WITHHELD
    return Mark.TOLD
