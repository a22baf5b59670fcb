"""A disk and a database that fail where they are told to: full, killed, or without power.

The disk keeps to what POSIX promises and to no more: a file's bytes survive a power cut once it was
fsynced, its name once its folder was. The real fsync is left out, which makes it fast.
"""

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from enum import Enum, auto
from pathlib import Path
from typing import Any
from unittest.mock import patch

from django.db import OperationalError, connection, connections


class Kind(Enum):
    FAILS = auto()
    """The operation fails: disk full, connection lost."""
    KILLED = auto()
    """`kill -9` of the process."""
    POWER = auto()
    """That, and whatever was not synced may be lost."""


class Killed(BaseException):
    """The process ends here."""


@dataclass
class Fault:
    kind: Kind
    after: int
    """How many operations go well before."""
    late: bool
    """The operation is done all the same."""
    struck: bool = False

    def strikes(self) -> bool:
        self.after -= 1
        return self.after == -1

    def strike(self, error: Exception) -> None:
        self.struck = True
        raise error if self.kind is Kind.FAILS else Killed


@dataclass
class Machine:
    """What the log stands on."""

    fault: Fault | None = None
    on_rename: Callable[[Path], None] = lambda _path: None
    _unsynced: dict[Path, list[Callable[[], None]]] = field(default_factory=dict)
    """For each folder what a power cut may undo, in the order in which it was done."""
    _synced_bytes: set[int] = field(default_factory=set)
    """Inodes of files whose bytes are safe."""

    @contextmanager
    def running(self) -> Iterator[None]:
        with ExitStack() as patches:
            for name in ("replace", "mkdir", "fsync"):
                real = getattr(os, name)
                ours = getattr(self, f"_{name}")
                patches.enter_context(patch.object(os, name, self._wrapped(ours, real)))
            database = connections["default"]
            patches.enter_context(patch.object(database, "_commit", self._commit(database)))
            patches.enter_context(connection.execute_wrapper(self._execute))
            yield

    def power_cut(self, keep: Callable[[int], int]) -> None:
        """Of what was done in a folder since it was synced, `keep(how many)` things survive."""
        for undos in self._unsynced.values():
            for undo in reversed(undos[keep(len(undos)) :]):
                undo()
        self._unsynced.clear()

    def _point(self, act: Callable[[], Any], error: Exception, *, late: bool = True) -> Any:
        strikes = self.fault is not None and self.fault.strikes()
        if self.fault and strikes and not (late and self.fault.late):
            self.fault.strike(error)
        result = act()
        if self.fault and strikes:
            self.fault.strike(error)
        return result

    def _wrapped(self, ours: Callable[..., None], real: Callable[..., None]) -> Callable[..., None]:
        full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return lambda *given: self._point(lambda: ours(real, *given), full)

    def _replace(self, real: Callable[..., None], source: Path, target: Path) -> None:
        inode = source.stat().st_ino
        assert inode in self._synced_bytes, f"{target} gets bytes that are not safe yet"
        self._synced_bytes.discard(inode)
        before = target.read_bytes() if target.exists() else None
        real(source, target)
        self.on_rename(target)
        self._unsynced.setdefault(target.parent, []).append(lambda: _put(target, before))

    def _mkdir(self, real: Callable[..., None], path: Path, mode: int) -> None:
        real(path, mode)
        undo = lambda: _move_away(path)  # noqa: E731
        self._unsynced.setdefault(path.parent, []).append(undo)

    def _fsync(self, _real: Callable[..., None], descriptor: int) -> None:
        path = Path(f"/proc/self/fd/{descriptor}").readlink()
        if path.is_dir():
            self._unsynced.pop(path, None)
        else:
            self._synced_bytes.add(path.stat().st_ino)

    def _execute(self, execute: Callable[..., Any], sql: str, *given: Any) -> Any:
        # Within a transaction nothing is kept of a statement whose outcome is not learnt.
        late = not connection.in_atomic_block and not sql.startswith("BEGIN")
        lost = OperationalError("the connection is lost")
        return self._point(lambda: execute(sql, *given), lost, late=late)

    def _commit(self, database: Any) -> Callable[[], None]:
        real = database._commit

        def commit() -> None:
            try:
                self._point(real, OperationalError("the connection is lost"))
            except Killed:
                database._rollback()  # as the server does for a client that is gone
                raise

        return commit


def _put(path: Path, data: bytes | None) -> None:
    if data is None:
        path.unlink(missing_ok=True)
    elif path.parent.exists():
        path.write_bytes(data)


def _move_away(folder: Path) -> None:
    if folder.exists():
        for path in sorted(folder.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
        folder.rmdir()
