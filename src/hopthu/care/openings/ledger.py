"""What work remembers of openings: `keys/work/openings.json`, closed to the web process.

Nothing of it can be made up by writing into the database. If it is lost, every passkey and every
task counts as new, and opens nothing for a day.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from hopthu.core.encoding import decode64, encode64
from hopthu.record import durable

NAME: Final = "openings.json"


@dataclass(frozen=True)
class Seen:
    """An entry about the staff, and when work first saw it published."""

    entry: bytes
    at: datetime


@dataclass
class Asked:
    """What a question to a passkey stands for. Whatever the row says later, it goes by this."""

    staff_id: int
    number: str
    reason: str
    words: str
    page_key: bytes
    host: str
    state: dict[str, Any]
    """The challenge, as python-fido2 keeps it."""
    until: datetime
    leaf: str = ""
    """SHA-256 of the entry, once it is appended."""
    published: bool = False


@dataclass
class Ledger:
    origin: str = ""
    size: int = 0
    """So many entries of the published record were looked at."""
    staff: list[Seen] = field(default_factory=list)
    asked: dict[str, Asked] = field(default_factory=dict)
    """Id of the opening → what was asked."""
    opened: list[tuple[datetime, int]] = field(default_factory=list)
    """When, and by whom, of the last day."""

    def save(self) -> None:
        """Durable before anything is told to anybody."""
        told = {
            "origin": self.origin,
            "size": self.size,
            "staff": [[encode64(one.entry), one.at.isoformat()] for one in self.staff],
            "asked": {name: _written(one) for name, one in self.asked.items()},
            "opened": [[at.isoformat(), staff_id] for at, staff_id in self.opened],
        }
        durable.replace(_path(), json.dumps(told).encode(), mode=0o600)


@contextmanager
def held() -> Iterator[Ledger]:
    """The ledger, for one worker at a time; the kernel lets go however its holder ended."""
    descriptor = os.open(_path().with_suffix(".lock"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield _load()
    finally:
        os.close(descriptor)


def _path() -> Path:
    return Path(settings.DATA, "keys", "work", NAME)


def _load() -> Ledger:
    try:
        told = json.loads(_path().read_bytes())
    except FileNotFoundError:
        return Ledger()
    return Ledger(
        origin=told["origin"],
        size=told["size"],
        staff=[Seen(decode64(entry), _time(at)) for entry, at in told["staff"]],
        asked={name: _read(one) for name, one in told["asked"].items()},
        opened=[(_time(at), staff_id) for at, staff_id in told["opened"]],
    )


def _written(asked: Asked) -> dict[str, Any]:
    plain = {"page_key": encode64(asked.page_key), "until": asked.until.isoformat()}
    return {**vars(asked), **plain}


def _read(told: dict[str, Any]) -> Asked:
    plain = {"page_key": decode64(told["page_key"]), "until": _time(told["until"])}
    return Asked(**{**told, **plain})


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)
