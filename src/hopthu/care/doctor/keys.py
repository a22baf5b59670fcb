"""The keys: are they there, closed to others, and kept apart?

Where web and work are two users, each sees its own keys alone; root sees both.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Final

from django.conf import settings

from hopthu.care.doctor.findings import Finding, fail, ok, warn
from hopthu.record import key_files

WEB: Final = ("secret_key", "follow_code_key", "pepper", "promise_key", "seal_recipient")
WORK: Final = ("log_key", "seal_key")


def check(_at: datetime) -> Iterator[Finding]:
    folders = {"web": WEB, "work": WORK}
    closed = [folder for folder in folders if _is_closed_to_us(folder)]
    for folder in closed:
        del folders[folder]
    wrong = [*_missing(folders), *_open_to_others(folders)]
    yield from wrong or [ok("all are there, and closed to others")]
    for folder in closed:
        yield ok(f"keys/{folder} is another user's; run this as root to look into it")


def _is_closed_to_us(folder: str) -> bool:
    path = _keys() / folder
    return path.is_dir() and not os.access(path, os.R_OK | os.X_OK)


def _missing(folders: Mapping[str, tuple[str, ...]]) -> Iterator[Finding]:
    for folder, names in folders.items():
        for name in names:
            if not (_keys() / folder / name).exists():
                todo = "put it back from `hopthu backup --keys`; a new one is another one"
                yield fail(f"keys/{folder}/{name} is missing", todo)


def _open_to_others(folders: Iterable[str]) -> Iterator[Finding]:
    for path in sorted(one for folder in folders for one in _with_all_in_it(_keys() / folder)):
        if path.stat().st_mode & 0o077:
            mode = "700" if path.is_dir() else "600"
            yield fail(f"other users may read {path}", f"chmod {mode} {path}")


def _with_all_in_it(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        yield from (folder, *folder.rglob("*"))


def split(_at: datetime) -> Iterator[Finding]:
    """Whether the web process could read what opens contacts and signs the record."""
    if not all((_keys() / folder).is_dir() for folder in ("web", "work")):
        yield warn("no keys yet", "run `hopthu init`")
    elif key_files.are_apart(Path(settings.DATA)):
        yield ok(key_files.ON)
    else:
        yield warn(key_files.OFF, "run web and work as two users: docs/operator.md, Two users")


def _keys() -> Path:
    return Path(settings.DATA, "keys")
