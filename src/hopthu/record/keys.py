"""The keys of the record, and opening it: done once, by `hopthu init`.

`keys/work/log_key` signs checkpoints and is read by work alone; `log_key.old` signs along with it
while the key is being changed. `keys/web/promise_key` signs promises that an entry will be in the
log. Each is 32 random bytes, the seed of an Ed25519 key. `keys/work/signed` is the newest head that
was ever signed here: it is written before a signature leaves the process.

NoLogKey      this process has no log key, or may not read it
LogKeyLost    the database has a log whose key is not in this data folder, or no longer its key
OriginFixed   the log was opened under another name
"""

import secrets
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import F

from hopthu.core.canonical import Json
from hopthu.core.checkpoints import parse_checkpoint
from hopthu.core.entries import KEY_CHANGED, LOG_OPENED, city_entry, parse_entry
from hopthu.core.signed_notes import Note, SigningKey, VerifierKey, parse_note
from hopthu.record import durable, folder, key_files, small_files
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


def log_keys(origin: str = "") -> list[SigningKey]:
    """What checkpoints are signed with, the newest first. Raises `NoLogKey`.

    `origin` is the name of a log that is yet to be opened with them.
    """
    name = origin or folder.origin()
    try:
        seeds = [_work(LOG_KEY).read_bytes()]
        if _work(OLD_LOG_KEY).exists():
            seeds.append(_work(OLD_LOG_KEY).read_bytes())
        return [SigningKey(name, seed) for seed in seeds]
    except (OSError, ValueError) as error:
        raise NoLogKey(f"no key to sign the public record with: {error}") from error


def change() -> None:
    """A new log key signs from now on, and the one before it along with it.

    Cut short, it is done by doing it again: until the last line the two are one key.
    """
    durable.create(_work(OLD_LOG_KEY), _work(LOG_KEY).read_bytes(), mode=0o600)
    durable.replace(_work(LOG_KEY), secrets.token_bytes(32), mode=0o600)


def drop_old() -> None:
    """The log key before this one signs nothing more."""
    durable.remove(_work(OLD_LOG_KEY))


def promise_key(origin: str = "") -> SigningKey:
    """What the web process signs promises with; `origin` as in `log_keys`."""
    name = f"{origin or folder.origin()}/promise"
    return _signing_key(name, small_files.read(key_files.web_key(settings.DATA, PROMISE_KEY)))


def signed() -> Note | None:
    """The newest head that was ever signed here."""
    try:
        return parse_note(_work("signed").read_bytes())
    except FileNotFoundError:
        return None


def remember(note: Note) -> None:
    """Before `note` leaves the process: it is what `signed` gives from now on."""
    durable.replace(_work("signed"), str(note).encode(), mode=0o600)


def put_away_signed() -> None:
    """The log that it was signed for is given up; it is kept, to be shown to whoever asks."""
    if note := signed():
        size = parse_checkpoint(note.text).size
        _work("signed").rename(_work(f"signed.{size}"))
        durable.sync_folder(_work("signed").parent)


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
    if opened:
        _check_log_key(opened)
    origin = opened or origin
    if folder.is_opened() and folder.origin() != origin:
        raise OriginFixed(f"{settings.RECORD} is of the log {folder.origin()}, and not of {origin}")
    VerifierKey(origin, bytes(32))  # refuses what is no name
    durable.make_folder(_work(LOG_KEY).parent, mode=0o700)
    make(_work(LOG_KEY))
    folder.tell("origin", origin)
    tell_verifiers()
    if not opened:
        append(city_entry(LOG_OPENED, at=at, told=opening(origin)))


def tell_verifiers() -> None:
    """Write for everybody which keys sign this log and its promises."""
    folder.tell("vkey", "\n".join(str(key.verifier) for key in log_keys()))
    folder.tell("promise-vkey", str(promise_key().verifier))


def opening(origin: str) -> dict[str, Json]:
    """What the first entry of a log tells."""
    return {
        "origin": origin,
        "vkey": str(log_keys(origin)[0].verifier),
        "promise_vkey": str(promise_key(origin).verifier),
    }


def _check_log_key(origin: str) -> None:
    """An old copy of the keys would sign with one that was changed since. Raises `LogKeyLost`."""
    rows = Entry.objects.filter(report="").order_by("-id").values_list("leaf", flat=True)
    kinds = LOG_OPENED.encode(), KEY_CHANGED.encode()
    entries = (
        parse_entry(leaf) for leaf in map(bytes, rows) if any(kind in leaf for kind in kinds)
    )
    vkey = next(one.told["vkey"] for one in entries if one.type in {LOG_OPENED, KEY_CHANGED})
    if vkey not in {str(key.verifier) for key in log_keys(origin)}:
        raise LogKeyLost(
            f"the record is signed with {vkey}, and {_work(LOG_KEY)} is another key: an old copy? "
            "Put the newest one back"
        )


def _opened() -> str:
    """The name that the log was opened with; empty if it was not."""
    # Its first entry; before the first round it is the one that was added first.
    rows = Entry.objects.order_by(F("index").asc(nulls_last=True), "id")
    first = rows.values_list("leaf", flat=True).first()
    if first is None:
        return ""
    entry = parse_entry(bytes(first))
    return str(entry.told["origin"]) if entry.type == LOG_OPENED else ""


_signing_key = lru_cache(maxsize=2)(SigningKey)
"""Making the key from its seed costs as much as signing."""


def _work(name: str) -> Path:
    return Path(settings.DATA, "keys", "work", name)
