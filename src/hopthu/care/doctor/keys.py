"""The keys: are they there, closed to others, and kept apart?"""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Final

from django.conf import settings

from hopthu.care.doctor.findings import Finding, fail, ok, warn

WEB: Final = ("secret_key", "follow_code_key", "pepper", "promise_key", "seal_recipient")
WORK: Final = ("log_key", "seal_key")


def check(_at: datetime) -> Iterator[Finding]:
    wrong = [*_missing(), *_open_to_others()]
    yield from wrong or [ok("all are there, and closed to others")]


def _missing() -> Iterator[Finding]:
    for folder, names in (("web", WEB), ("work", WORK)):
        for name in names:
            if not (_keys() / folder / name).exists():
                todo = "put it back from `hopthu backup --keys`; a new one is another one"
                yield fail(f"keys/{folder}/{name} is missing", todo)


def _open_to_others() -> Iterator[Finding]:
    for path in sorted(_keys().rglob("*")):
        if path.stat().st_mode & 0o077:
            mode = "700" if path.is_dir() else "600"
            yield fail(f"other users may read {path}", f"chmod {mode} {path}")


def split(_at: datetime) -> Iterator[Finding]:
    """Whether the web process could read what opens contacts and signs the record."""
    if not all((_keys() / folder).is_dir() for folder in ("web", "work")):
        yield warn("no keys yet", "run `hopthu init`")
    elif _owner("web") == _owner("work"):
        yield warn(
            "off: protects stolen databases and backups, not a taken-over web process",
            "run web and work as two users, each the owner of its own folder in keys/",
        )
    else:
        yield ok("on: web and work are two users")


def _owner(folder: str) -> int:
    return (_keys() / folder).stat().st_uid


def _keys() -> Path:
    return Path(settings.DATA, "keys")
