"""Watching one log for years: what it said last time must still be so, and only more is read.

The state is a small SQLite file: the last checkpoint, the right edge of its tree, and the newest
step and the latest time of each report. It is written in one transaction, once everything was found
right; so what was wrong is wrong again at the next look.

BadState   the file is not what a monitor of this log wrote
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from itertools import groupby
from pathlib import Path
from typing import Final

from hopthu.core.entries import KEY_CHANGED, Entry
from hopthu.core.signed_notes import BadKey, SignatureType, VerifierKey, parse_vkey
from hopthu.record.checking.growing import Growing
from hopthu.record.checking.heads import BadHead, Head, NoSignature, head_of, keys_of, read_head
from hopthu.record.checking.histories import check_sequence, later
from hopthu.record.checking.reading import Unusable
from hopthu.record.checking.source import Source, open_source
from hopthu.record.checking.verdict import Verdict, printable
from hopthu.record.checking.verify import FINE, UNUSABLE, WRONG
from hopthu.record.checking.walk import Broken, Walk

_FILE: Final = "monitor.sqlite3"
_TABLES: Final = """
CREATE TABLE IF NOT EXISTS log (id INTEGER PRIMARY KEY CHECK (id = 1),
    vkeys TEXT NOT NULL, note TEXT NOT NULL, edge BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS report (report TEXT PRIMARY KEY, seq INTEGER NOT NULL,
    time TEXT NOT NULL) WITHOUT ROWID;
CREATE TEMP TABLE step (report TEXT, seq INTEGER, number INTEGER, time TEXT);
"""


class BadState(Unusable):
    """The state is damaged, or of another log."""


def monitor(where: str, folder: Path, vkeys: list[str], say: Callable[[str], None]) -> int:
    """One look at the log, told in one line; gives the exit code."""
    try:
        with closing(open_source(where)) as source, _state(folder) as database:
            return _look(source, database, vkeys, say)
    except Unusable as error:
        say(f"CANNOT CHECK {printable(str(error))}")
        return UNUSABLE
    except sqlite3.Error as error:
        say(f"CANNOT CHECK the state in {folder}: {error}")
        return UNUSABLE


def _look(
    source: Source, database: sqlite3.Connection, vkeys: list[str], say: Callable[[str], None]
) -> int:
    kept = database.execute("SELECT vkeys, note, edge FROM log").fetchone()
    # The first look decides whom to trust, unless one is told.
    keys = keys_of(source, vkeys or (kept[0].split("\n") if kept else ()))
    told: list[Entry] = []
    verdict = Verdict(say)
    old, tree = _restored(kept)
    try:
        head = read_head(source, keys)
        if old is not None and head.checkpoint.origin != old.checkpoint.origin:
            raise BadHead(f"of another log than before, {head.checkpoint.origin!r:.200}")
        if head.size < tree.size:
            raise BadHead(f"the log had {tree.size:,} entries and has only {head.size:,} now")
        _follow(source, database, verdict, tree, head, told)
    except NoSignature as error:
        verdict.fault("checkpoint", f"{error}; if the city has told of a new one, --vkey")
    except BadHead as error:
        verdict.fault("checkpoint", error)
    except Broken:
        pass
    if verdict.count:
        more = f" (and {verdict.count - 1:,} more)" if verdict.count > 1 else ""
        verdict.say(f"WRONG {verdict.faults[0]}{more}")
        return WRONG
    database.execute(
        "INSERT OR REPLACE INTO log VALUES (1, ?, ?, ?)",
        ("\n".join(map(str, _passed_on(keys, told))), str(head.note), tree.dump()),
    )
    database.execute("COMMIT")
    new = head.size - (old.size if old else 0)
    verdict.say(f"OK {head.checkpoint.origin}: {head.size:,} entries, {new:,} of them new")
    return FINE


def _follow(
    source: Source,
    database: sqlite3.Connection,
    verdict: Verdict,
    tree: Growing,
    head: Head,
    told: list[Entry],
) -> None:
    """Read what is new; `told` gets what tells of keys. Raises `Broken`, `Unusable`."""

    def take(index: int, entry: Entry) -> None:
        if entry.type == KEY_CHANGED:
            told.append(entry)
        if entry.report is not None:
            step = entry.report, entry.seq, index, entry.time
            database.execute("INSERT INTO step VALUES (?, ?, ?, ?)", step)

    Walk(source, verdict, take, tree).to(head)
    _reports(database, verdict)


def _passed_on(keys: Sequence[VerifierKey], told: Sequence[Entry]) -> list[VerifierKey]:
    """The keys to go by from now on: a log that its old key vouches for says which is the next."""
    known = list(keys)
    for entry in told:
        try:
            new = parse_vkey(str(entry.told.get("vkey")))
        except BadKey:
            continue
        if new.name != known[0].name or new.type is not SignatureType.ED25519:
            continue
        stay = [key for key in known if str(key) != entry.told.get("retired") and key != new]
        known = [new, *stay]
    return known


def _reports(database: sqlite3.Connection, verdict: Verdict) -> None:
    rows = database.execute("SELECT report, seq, number, time FROM step ORDER BY report, number")
    for report, group in groupby(rows, key=lambda row: str(row[0])):
        steps = list(group)
        known = database.execute("SELECT seq, time FROM report WHERE report = ?", (report,))
        seq, latest = known.fetchone() or (0, "")
        check_sequence(report, seq + 1, ((step[1], step[2]) for step in steps), verdict)
        for _, own, number, time in steps:
            following = later(time, latest)
            if following is None:
                where = f"report {report}, step {own} (entry {number})"
                verdict.fault(where, f"its time, {time}, is before {latest}, of a step before")
            else:
                latest = following
        database.execute(
            "INSERT OR REPLACE INTO report VALUES (?, ?, ?)", (report, steps[-1][1], latest)
        )


def _restored(kept: tuple[str, str, bytes] | None) -> tuple[Head | None, Growing]:
    """The last checkpoint, and the tree under it. Raises `BadState`."""
    if kept is None:
        return None, Growing()
    vkeys, note, edge = kept
    try:
        head = head_of(note.encode(), [parse_vkey(text) for text in vkeys.split("\n")])
        tree = Growing.load(head.size, edge)
    except ValueError as error:
        raise BadState(f"the state is damaged: {error}") from error
    if tree.root() != head.checkpoint.root:
        raise BadState("the state is damaged: the tree is not that of its checkpoint")
    return head, tree


@contextmanager
def _state(folder: Path) -> Iterator[sqlite3.Connection]:
    """In one transaction, which is rolled back unless it is committed."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Unusable(f"{folder}: {error.strerror}") from error
    with closing(sqlite3.connect(folder / _FILE, isolation_level=None, timeout=5)) as database:
        database.execute("PRAGMA synchronous = FULL")
        database.executescript(_TABLES)
        database.execute("BEGIN IMMEDIATE")
        yield database
