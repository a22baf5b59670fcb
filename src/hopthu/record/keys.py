"""The keys of the record, and opening it: done once, by `hopthu init`.

`keys/work/log_key` signs checkpoints and is read by work alone; `log_key.old` signs along with it
while the key is being changed. `keys/web/promise_key` signs promises that an entry will be in the
log. Each is 32 random bytes, the seed of an Ed25519 key. `keys/work/signed` is the newest head that
was ever signed here: it is written before a signature leaves the process.

NoLogKey      this process has no log key, or may not read it
LogKeyLost    the database has a log whose key is not in this data folder
OriginFixed   the log was opened under another name
"""

import secrets
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from hopthu.core.entries import LOG_OPENED, city_entry, parse_entry
from hopthu.core.signed_notes import Note, SigningKey, VerifierKey, parse_note
from hopthu.record import durable, folder
from hopthu.record.actions import append
from hopthu.record.models import Entry

LOG_KEY = "log_key"
OLD_LOG_KEY = "log_key.old"
PROMISE_KEY = "promise_key"


class NoLogKey(Exception):
    """Nothing can be signed without it."""


class LogKeyLost(Exception):
    """A new key would make another log of it."""


class OriginFixed(Exception):
    """A log keeps its name for ever."""


def log_keys() -> list[SigningKey]:
    """What checkpoints are signed with, the newest first. Raises `NoLogKey`."""
    name = folder.origin()
    try:
        seeds = [_work(LOG_KEY).read_bytes()]
        if _work(OLD_LOG_KEY).exists():
            seeds.append(_work(OLD_LOG_KEY).read_bytes())
        return [SigningKey(name, seed) for seed in seeds]
    except (OSError, ValueError) as error:
        raise NoLogKey(f"no key to sign the public record with: {error}") from error


def promise_key() -> SigningKey:
    """What the web process signs promises with."""
    seed = Path(settings.DATA, "keys", "web", PROMISE_KEY).read_bytes()
    return SigningKey(f"{folder.origin()}/promise", seed)


def signed() -> Note | None:
    """The newest head that was ever signed here."""
    try:
        return parse_note(_work("signed").read_bytes())
    except FileNotFoundError:
        return None


def remember(note: Note) -> None:
    """Before `note` leaves the process: it is what `signed` gives from now on."""
    durable.replace(_work("signed"), str(note).encode(), mode=0o600)


def make(path: Path) -> bool:
    """Make a key, whole or not at all; False if there is one, which is never replaced."""
    return durable.create(path, secrets.token_bytes(32), mode=0o600)


@transaction.atomic
def open_log(*, origin: str, at: datetime, fixed: bool = False) -> None:
    """Open the log under the name `origin`, or, if it is open, see that its files are there.

    `fixed`: it has to be that name. Raises `LogKeyLost`, `OriginFixed` and `BadKey` (no name).
    """
    opened = _opened()
    if opened and not _work(LOG_KEY).exists():
        raise LogKeyLost(
            "the record in the database was opened with a key that is not in this data folder: "
            f"put it back at {_work(LOG_KEY)}"
        )
    if opened and fixed and opened != origin:
        raise OriginFixed(f"the record was opened as {opened}, and keeps that name")
    origin = opened or origin
    VerifierKey(origin, bytes(32))  # refuses what is no name
    durable.make_folder(_work(LOG_KEY).parent, mode=0o700)
    make(_work(LOG_KEY))
    folder.tell("origin", origin)
    tell_verifiers()
    if not opened:
        _append_opened(origin, at)


def tell_verifiers() -> None:
    """Write for everybody which keys sign this log and its promises."""
    folder.tell("vkey", "\n".join(str(key.verifier) for key in log_keys()))
    folder.tell("promise-vkey", str(promise_key().verifier))


def _append_opened(origin: str, at: datetime) -> None:
    told = {
        "origin": origin,
        "vkey": str(log_keys()[0].verifier),
        "promise_vkey": str(promise_key().verifier),
    }
    append(city_entry(LOG_OPENED, at=at, told=told))


def _opened() -> str:
    """The name that the log was opened with; empty if it was not."""
    first = Entry.objects.order_by("id").values_list("leaf", flat=True).first()
    if first is None:
        return ""
    entry = parse_entry(bytes(first))
    return str(entry.told["origin"]) if entry.type == LOG_OPENED else ""


def _work(name: str) -> Path:
    return Path(settings.DATA, "keys", "work", name)
