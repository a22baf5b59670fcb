"""The public record of a city that is killed again and again, read from its published files."""

import json
import time
from collections.abc import Collection
from pathlib import Path

from hopthu.core.codes import format_number
from tests.live import Server
from tests.record import reading

PATIENCE = 30
"""Seconds for a busy machine to start the worker and to publish what came in."""


class Log:
    """What the city's log was seen to be, from one kill to the next."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._seen: list[Path] = []
        """Every head that was published, kept as somebody outside would."""

    @property
    def size(self) -> int:
        """Of the published log; 0 before there is one."""
        try:
            return reading.published(self._record).size
        except FileNotFoundError:
            return 0

    def faults(self, told: Collection[str], *, values: bool = False) -> list[str]:
        """What is wrong with the log of a running, idle city that told the numbers `told`.

        `values`: asks the city for them, too, and holds them against the log.
        """
        try:
            missing = self._missing_for_long(told)
        except AssertionError as broken:
            return [f"the log is not what its checkpoint says: {broken}"]
        faults = [f"told of {number}, and not in the log" for number in sorted(missing)]
        where = f"{self._server.url}/record" if values else str(self._record)
        earlier = [word for path in self._seen[-1:] for word in ("--since", str(path))]
        done = self._server.attempt("verify", where, *earlier, *([] if values else ["--no-values"]))
        if done.returncode != 0:
            faults.append(f"verify: {done.stdout}{done.stderr}")
        self._keep_head()
        return faults

    def _missing_for_long(self, told: Collection[str]) -> set[str]:
        end = time.monotonic() + PATIENCE
        while True:
            missing = set(told) - self._received()
            if (not missing and self.size) or time.monotonic() > end:
                return missing
            time.sleep(0.05)

    def _received(self) -> set[str]:
        """The numbers of all reports whose arrival is in the published log."""
        if not self.size:
            return set()
        entries = (json.loads(entry) for entry in reading.entries(self._record))
        return {format_number(one["report"]) for one in entries if one["type"] == "received"}

    def _keep_head(self) -> None:
        head = self._record / "checkpoint"
        if head.exists():
            kept = self._server.data.parent / f"{self._server.data.name}-head-{len(self._seen)}"
            kept.write_bytes(head.read_bytes())
            self._seen.append(kept)

    @property
    def _record(self) -> Path:
        return self._server.data / "record"
