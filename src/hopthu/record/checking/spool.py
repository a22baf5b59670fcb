"""A temporary database for what is too much to keep in memory: the entries, by report.

SQLite keeps it in a file without a name, which is gone with the process.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from hopthu.core.canonical import Json
from hopthu.core.entries import Entry

_BATCH: Final = 2_000
_ELSEWHERE: Final = frozenset({"v", "type", "report", "seq", "time", "commitments"})
"""What is kept of an entry in columns of its own, or not at all."""
_TABLES: Final = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA temp_store = FILE;
PRAGMA cache_size = -16000;
CREATE TABLE entry (
    report TEXT, seq INTEGER, number INTEGER, type TEXT, time TEXT, withheld INTEGER,
    slots TEXT, hashes BLOB, facts TEXT
);
CREATE TABLE standing (
    id INTEGER PRIMARY KEY, report TEXT UNIQUE, seq INTEGER, slots TEXT, marks TEXT, hashes BLOB,
    times TEXT, shown TEXT
);
CREATE TABLE ahead (line BLOB);
"""
_COLUMNS: Final = "report, seq, number, type, time, withheld, slots, hashes, facts"


@dataclass(frozen=True, slots=True)
class Row:
    """An entry about a report, as far as rules look at it."""

    report: str
    seq: int
    number: int
    """Its index in the log."""
    type: str
    time: str
    withheld: bool
    """Private, or withdrawn by its sender: nothing of the report need be told."""
    slots: tuple[str, ...]
    hashes: bytes
    """The commitments to them, 32 bytes each."""
    facts: dict[str, Json]
    """What else it tells."""

    @property
    def where(self) -> str:
        return f"report {self.report}, step {self.seq} (entry {self.number})"

    def named(self, fact: str) -> set[str]:
        """The slots that a fact names."""
        told = self.facts.get(fact)
        return {one for one in told if isinstance(one, str)} if isinstance(told, list) else set()


class Spool:
    def __init__(self) -> None:
        self.rows = 0
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.executescript(_TABLES)
        self._waiting: list[tuple[object, ...]] = []

    def close(self) -> None:
        self._database.close()

    def take(self, index: int, entry: Entry) -> None:
        """Keep an entry, if it is about a report."""
        if entry.report is None:
            return
        facts = {
            name: one
            for name, one in entry.told.items()
            if name not in _ELSEWHERE and _is_flat(one)
        }
        self.rows += 1
        self._waiting.append(
            (
                entry.report,
                entry.seq,
                index,
                entry.type,
                entry.time,
                entry.private or entry.told.get("status") == "withdrawn",
                "\n".join(entry.commitments),
                b"".join(entry.commitments.values()),
                json.dumps(facts),
            )
        )
        if len(self._waiting) >= _BATCH:
            self._flush()

    def by_report(self) -> Iterator[list[Row]]:
        """All entries of each report, in the order of the log."""
        self._flush()
        rows = self._database.execute(
            f"SELECT {_COLUMNS} FROM entry ORDER BY report, number"  # noqa: S608 - a constant
        )
        for _, own in groupby(map(_row, rows), key=lambda row: row.report):
            yield list(own)

    def of_report(self, report: str, up_to: int) -> list[Row]:
        self._flush()
        self._database.execute("CREATE INDEX IF NOT EXISTS by_report ON entry (report, seq)")
        rows = self._database.execute(
            f"SELECT {_COLUMNS} FROM entry WHERE report = ? AND seq <= ?"  # noqa: S608 - a constant
            " ORDER BY number",
            (report, min(up_to, 2**62)),
        )
        return [_row(row) for row in rows]

    def keep_standings(self, standings: Iterable[Sequence[object]]) -> None:
        self._flush()
        # In one transaction: otherwise each would be written by itself.
        self._database.execute("BEGIN")
        self._database.executemany(
            "INSERT INTO standing (report, seq, slots, marks, hashes, times, shown)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            standings,
        )
        self._database.execute("COMMIT")

    def standing(self, report: str) -> tuple[int, str, int, str, str, bytes, str, str] | None:
        """As it was kept, with its id before it."""
        found: tuple[int, str, int, str, str, bytes, str, str] | None = self._database.execute(
            "SELECT id, report, seq, slots, marks, hashes, times, shown FROM standing"
            " WHERE report = ?",
            (report,),
        ).fetchone()
        return found

    def reports(self) -> Iterator[tuple[int, str]]:
        return iter(self._database.execute("SELECT id, report FROM standing ORDER BY id"))

    def put_off(self, line: bytes) -> None:
        self._database.execute("INSERT INTO ahead VALUES (?)", (line,))

    def take_back(self) -> list[bytes]:
        """The lines that were put off."""
        lines = [line for (line,) in self._database.execute("SELECT line FROM ahead")]
        self._database.execute("DELETE FROM ahead")
        return lines

    def _flush(self) -> None:
        if not self._waiting:
            return
        self._database.execute("BEGIN")
        self._database.executemany(
            "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", self._waiting
        )
        self._database.execute("COMMIT")
        self._waiting.clear()


def _is_flat(fact: Json) -> bool:
    """No fact is deeper than a list; one that is very deep could be read once and never again."""
    within = fact if isinstance(fact, list) else [fact]
    return not any(isinstance(one, list | dict) for one in within)


def _row(row: tuple[str, int, int, str, str, int, str, bytes, str]) -> Row:
    report, seq, number, type_, time, withheld, slots, hashes, facts = row
    return Row(
        report,
        seq,
        number,
        type_,
        time,
        bool(withheld),
        tuple(slots.split("\n")) if hashes else (),
        hashes,
        json.loads(facts),
    )
