"""One `serve` a data folder: a lock that the kernel lets go of however its holder ended."""

import fcntl
import os
import time
from pathlib import Path

PATIENCE = 3.0
"""Seconds to wait for the processes of a server that was just killed to be gone."""


class AlreadyServed(SystemExit):
    """Another `hopthu serve` has the data folder."""

    def __init__(self, data: Path, holder: str) -> None:
        super().__init__(f"hopthu: {data} is already being served (by process {holder})")


def hold(data: Path) -> int:
    """Take the lock for as long as this process, or a fork of it, lives. Gives its descriptor.

    Forks keep it too: while an old worker answers, nobody else begins. Raises `AlreadyServed`.
    """
    lock = os.open(data / "serve.lock", os.O_RDWR | os.O_CREAT, 0o600)
    end = time.monotonic() + PATIENCE
    while not _taken(lock):
        if time.monotonic() > end:
            raise AlreadyServed(data, os.pread(lock, 20, 0).decode() or "unknown")
        time.sleep(0.05)
    os.truncate(lock, 0)
    os.pwrite(lock, str(os.getpid()).encode(), 0)
    return lock


def _taken(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
