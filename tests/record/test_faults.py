"""Whatever fails wherever: never two heads of one size, never a head that goes back, nothing lost.

Hypothesis adds entries, runs rounds and puts old backups back, in any order, and has any operation
on disk or database fail, with the process killed or the power cut if it likes. For a long look:

    HYPOTHESIS_PROFILE=thorough pytest tests/record/test_faults.py
"""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from random import Random
from typing import Any, TypeVar

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from pytest_django import Settings

from hopthu.cli.init import make_keys
from hopthu.core.checkpoints import parse_checkpoint
from hopthu.core.signed_notes import parse_note
from hopthu.record import keys, numbering, queries, sequencer, tiling
from hopthu.record.actions import Pending, append_many
from hopthu.record.models import Checkpoint, Entry, Head
from tests.makers import MONDAY
from tests.record import reading
from tests.record.failing import Fault, Killed, Kind, Machine

T = TypeVar("T")
TABLES = (Entry, Head, Checkpoint)
FAULTS = st.none() | st.builds(
    Fault, st.sampled_from(Kind), after=st.integers(0, 60), late=st.booleans()
)
Backup = tuple[dict[type[Any], list[Any]], list[bytes]]


class Life(RuleBasedStateMachine):
    """The life of one log."""

    folder: Path
    names = count()

    def __init__(self) -> None:
        super().__init__()
        shutil.rmtree(self.folder, ignore_errors=True)
        for table in TABLES:
            table.objects.all().delete()
        make_keys(self.folder)
        keys.open_log(origin="city.example/record", at=MONDAY)
        self.record = self.folder / "record"
        self.machine = Machine(on_rename=self.note)
        self.kept = [bytes(Entry.objects.get().leaf)]
        """Entries whose transaction is known to have been committed."""
        self.roots: dict[int, bytes] = {}
        """Every head that anybody may have seen."""
        self.newest = 0
        self.backups: list[Backup] = []
        self.present: Backup | None = None
        """The database as it was before an old one took its place."""
        self.seen_then = self.seen()

    @rule(count=st.sampled_from([1, 2, 7, 251, 300]), fault=FAULTS)
    def add(self, count: int, fault: Fault | None) -> None:
        entries = [b"entry %d" % next(self.names) for _ in range(count)]
        self.happens(lambda: self.append(entries), fault)
        if not (fault and fault.struck):
            self.kept += entries

    @rule(fault=FAULTS, at=st.datetimes(timezones=st.just(UTC)), keep=st.randoms())
    def one_round(self, fault: Fault | None, at: datetime, keep: Any) -> None:
        before = self.newest
        self.happens(lambda: sequencer.run(at), fault)
        if fault and fault.struck and fault.kind is Kind.POWER:
            self.machine.power_cut(lambda most: keep.randint(0, most))
            # A head that was seen for a moment; the next round shows it again.
            self.newest = min(before, self.newest)
        if fault and fault.struck and fault.kind is not Kind.FAILS:
            tiling.tidy()

    @rule()
    def settle(self) -> None:
        """Nothing fails for a while."""
        while self.happens(lambda: sequencer.run(MONDAY)):
            pass
        if queries.frozen():
            assert self.present, queries.frozen()
            return
        found = reading.entries(self.record)
        assert len(found) == len(set(found)) == Entry.objects.count()
        assert set(self.kept) <= set(found)
        assert len(found) >= max(self.roots)

    @rule()
    def back_up(self) -> None:
        self.backups.append(self.copy())

    @precondition(lambda self: self.backups and not self.present)
    @rule(which=st.integers(min_value=0))
    def put_an_old_backup_back(self, which: int) -> None:
        self.present, self.seen_then = self.copy(), self.seen()
        self.restore(self.backups[which % len(self.backups)])
        self.happens(lambda: sequencer.run(MONDAY))
        if numbering.head().size < max(self.roots, default=0):
            assert queries.frozen()

    @precondition(lambda self: self.present)
    @rule()
    def put_the_right_one_back(self) -> None:
        assert self.present
        self.restore(self.present)
        Head.objects.update(frozen="")
        if self.seen() == self.seen_then:
            self.present = None
        self.settle()

    @invariant()
    def what_is_published_is_whole(self) -> None:
        if not (self.record / "checkpoint").exists():
            assert self.newest == 0
            return
        head = reading.published(self.record)
        assert head.size >= self.newest
        self.newest = head.size
        mth = reading.tree_of(reading.entries(self.record))
        for size, root in self.roots.items():
            assert size > head.size or mth(0, size) == root

    @invariant()
    def of_one_size_there_is_one_head(self) -> None:
        for row in Checkpoint.objects.all():
            self.saw(row.size, bytes(row.root))

    def teardown(self) -> None:
        self.settle()

    def happens(self, act: Callable[[], T], fault: Fault | None = None) -> T | None:
        """What it gives; None where it failed as it was told to."""
        self.machine.fault = fault
        try:
            with self.machine.running():
                return act()
        except (OSError, DatabaseError):
            assert fault
            assert fault.struck
        except Killed:
            connection.close()
        return None

    def append(self, entries: list[bytes]) -> None:
        with transaction.atomic():
            append_many([Pending(entry) for entry in entries])

    def note(self, path: Path) -> None:
        """A file has its new bytes, for all to read."""
        if path == self.record / "checkpoint":
            head = parse_checkpoint(parse_note(path.read_bytes()).text)
            self.saw(head.size, head.root)

    def seen(self) -> tuple[dict[int, bytes], str]:
        return dict(self.roots), str(keys.signed())

    def saw(self, size: int, root: bytes) -> None:
        assert self.roots.setdefault(size, root) == root, f"two heads of {size} entries"

    def copy(self) -> Backup:
        return {table: list(table.objects.all()) for table in TABLES}, list(self.kept)

    def restore(self, backup: Backup) -> None:
        rows, kept = backup
        for table in TABLES:
            table.objects.all().delete()
            table.objects.bulk_create(rows[table])
        self.kept = list(kept)


@pytest.fixture
def folder(tmp_path: Path, settings: Settings, transactional_db: None) -> Path:
    Life.folder = tmp_path / "city"
    settings.DATA, settings.RECORD = Life.folder, Life.folder / "record"
    return Life.folder


def test_the_log_survives_whatever_fails(folder: Path) -> None:
    run_state_machine_as_test(Life, settings=LIVES)


# Killed after an operation is killed before the next one; a failure may have done its work or not.
@pytest.mark.parametrize(
    ("kind", "late"),
    [(Kind.FAILS, False), (Kind.FAILS, True), (Kind.KILLED, False), (Kind.POWER, False)],
)
def test_a_round_may_end_at_any_operation(folder: Path, kind: Kind, late: bool) -> None:
    for life, fault in lives(kind, late):
        life.one_round(fault, MONDAY, Random(fault.after))
        life.what_is_published_is_whole()
        life.of_one_size_there_is_one_head()
        life.settle()


def test_an_old_backup_may_be_put_back_after_that(folder: Path) -> None:
    for life, fault in lives(Kind.KILLED, late=False):
        life.one_round(fault, MONDAY, Random(0))
        life.of_one_size_there_is_one_head()
        life.put_an_old_backup_back(0)
        life.add(257, None)
        life.settle()
        life.what_is_published_is_whole()
        life.of_one_size_there_is_one_head()


def lives(kind: Kind, late: bool) -> Iterator[tuple[Life, Fault]]:
    """Logs with much to do, and a fault for the first operation, the second, … to the last."""
    for after in count():
        life, fault = Life(), Fault(kind, after, late)
        life.add(2, None)
        life.settle()
        life.back_up()
        life.add(257, None)
        yield life, fault
        if not fault.struck:
            assert after > 40
            return


LIVES = settings(
    max_examples=2_000 if os.environ.get("HYPOTHESIS_PROFILE") == "thorough" else 25,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
