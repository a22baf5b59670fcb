"""Values against commitments: what the city tells of each report is what it once fixed.

What its pages say beside the values is compared with the entries themselves (`checking.showing`).
`values.ndjson` has a line for each report that the city knows, with the number of its newest step.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from hopthu.core.canonical import Json
from hopthu.core.commitments import Opening, commit
from hopthu.core.encoding import decode64
from hopthu.record.checking.histories import Mark, Standing, standing
from hopthu.record.checking.showing import differences
from hopthu.record.checking.source import Source
from hopthu.record.checking.spool import Spool
from hopthu.record.checking.verdict import Verdict

PATH: Final = "values.ndjson"
MOST_AHEAD: Final = 32 * 1024 * 1024
"""Bytes of reports with steps that the log has not numbered yet: those of some busy seconds."""
TOO_MANY_FAULTS: Final = 10_000


class BadLine(ValueError):
    """A line that does not tell the values of a report."""


@dataclass(frozen=True, slots=True)
class Line:
    report: str
    seq: int
    shown: dict[str, Json]
    values: Mapping[str, Opening]


class Values:
    """Checks line after line; `unfinished` are those that tell of steps beyond the checkpoint."""

    def __init__(self, spool: Spool, verdict: Verdict) -> None:
        self.reports = self.told = self.withheld = self.erased = self.unfinished = 0
        self._spool, self._verdict = spool, verdict
        self._seen = bytearray()
        self._ahead = 0

    def read(self, source: Source) -> None:
        """All lines, and then what none of them told of. Raises what `Source.lines` raises."""
        for number, data in enumerate(source.lines(PATH), 1):
            self._line(number, data)
            if self._verdict.count > TOO_MANY_FAULTS or self._ahead > MOST_AHEAD:
                self._verdict.fault(PATH, f"given up after line {number:,}")
                return
        for key, report in self._spool.reports():
            if not self._is_seen(key):
                self._verdict.fault(f"report {report}", f"it is in the log and not in {PATH}")

    def again(self) -> None:
        """Check once more what was ahead of the log, which has grown since."""
        lines, self.unfinished, self._ahead = self._spool.take_back(), 0, 0
        for data in lines:
            line = parse_line(data)
            rows = self._spool.of_report(line.report, line.seq)
            if not rows or rows[-1].seq < line.seq:
                self._put_off(data)
            else:
                self._compare(line, standing(rows, Verdict(lambda _: None)))

    def fail_unfinished(self) -> None:
        for data in self._spool.take_back():
            line = parse_line(data)
            self._verdict.fault(
                f"report {line.report}", f"{PATH} tells of step {line.seq}, the log does not"
            )

    def _line(self, number: int, data: bytes) -> None:
        try:
            line = parse_line(data)
        except BadLine as error:
            self._verdict.fault(f"{PATH}, line {number:,}", error)
            return
        found = self._spool.standing(line.report)
        if found is None or found[2] < line.seq:
            self._put_off(data)
        if found is None:
            return
        key, kept = found[0], found[1:]
        if self._is_seen(key):
            self._verdict.fault(f"{PATH}, line {number:,}", f"report {line.report} once more")
        self._see(key)
        if kept[1] > line.seq:
            self._verdict.fault(
                f"report {line.report}",
                f"{PATH} ends at step {line.seq}, and the log knows of step {kept[1]}",
            )
        elif kept[1] == line.seq:
            self._compare(line, Standing.of(*kept))

    def _put_off(self, data: bytes) -> None:
        self.unfinished += 1
        self._ahead += len(data)
        self._spool.put_off(data)

    def _compare(self, line: Line, fixed: Standing) -> None:
        where = f"report {line.report}"
        self.reports += 1
        for slot, (digest, mark) in fixed.slots.items():
            opening = line.values.get(slot)
            if opening is None:
                self._missing(where, slot, mark)
            elif not fits(slot, opening, digest):
                self._verdict.fault(where, f"{slot} is not what the log fixed")
            elif mark is Mark.ERASED:
                self._verdict.fault(where, f"{slot} is still told, and the log says it was erased")
            else:
                self.told += 1
        for slot in line.values:
            if slot not in fixed.slots:
                self._verdict.fault(where, f"{slot} is told, and the log never fixed it")
        check_times(where, line.values, fixed.times, self._verdict)
        for difference in differences(line.shown, fixed.shown):
            self._verdict.fault(where, difference)

    def _missing(self, where: str, slot: str, mark: Mark) -> None:
        if mark is Mark.TOLD:
            self._verdict.fault(where, f"{slot} is missing, and no entry says why")
        elif mark is Mark.ERASED:
            self.erased += 1
        else:
            self.withheld += 1

    def _is_seen(self, key: int) -> bool:
        return key >> 3 < len(self._seen) and bool(self._seen[key >> 3] >> (key & 7) & 1)

    def _see(self, key: int) -> None:
        if missing := (key >> 3) + 1 - len(self._seen):
            self._seen.extend(bytes(max(0, missing)))
        self._seen[key >> 3] |= 1 << (key & 7)


def fits(slot: str, opening: Opening, digest: bytes) -> bool:
    try:
        return commit(slot, opening) == digest
    except (ValueError, RecursionError):
        return False


def check_times(
    where: str, values: Mapping[str, Opening], told: tuple[str, ...], verdict: Verdict
) -> None:
    """Exact times that are open fit the hours that the entries tell, and never run backwards."""
    latest = ""
    for seq, hour in enumerate(told, 1):
        opening = values.get(f"time.{seq}")
        if opening is None:
            continue
        time = opening.value
        # The hour ends in ":00:00Z": what is before it, both begin with.
        if not isinstance(time, str) or not time.startswith(hour.removesuffix(":00:00Z")):
            verdict.fault(where, f"time.{seq}, {time!r:.40}, is not within {hour} of its entry")
        elif time < latest:
            verdict.fault(where, f"time.{seq}, {time}, is before {latest}, of a step before")
        else:
            latest = time


def parse_line(data: bytes) -> Line:
    """Raises `BadLine`."""
    try:
        told = json.loads(data)
        report, seq, shown, values = (told[name] for name in ("report", "seq", "shown", "values"))
        whole = isinstance(seq, int) and isinstance(shown, dict) and isinstance(values, dict)
        if not (_is_number(report) and whole):
            raise BadLine("not the values of a report")
        return Line(report, seq, shown, openings(values))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise BadLine("not the values of a report") from error


def openings(values: Mapping[str, Mapping[str, Json]]) -> dict[str, Opening]:
    """Slot → value and salt, as JSON tells them. Raises ValueError, KeyError, TypeError."""
    return {
        slot: Opening(one["value"], decode64(_text(one["salt"]))) for slot, one in values.items()
    }


def _is_number(report: Json) -> bool:
    return isinstance(report, str) and report.isascii() and report.isalnum()


def _text(value: Json) -> str:
    if not isinstance(value, str):
        raise TypeError("a salt is text")
    return value
