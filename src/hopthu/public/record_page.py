"""What `/record` tells of the public record, and which keys `/record/check` goes by."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from hopthu.core.checkpoints import parse_checkpoint
from hopthu.core.signed_notes import Note, VerifierKey, cosigned
from hopthu.record import folder
from hopthu.record.queries import frozen


@dataclass(frozen=True)
class Seen:
    """A witness, and when it signed the newest checkpoint; None if it has not."""

    name: str
    at: datetime | None


def record_page(request: HttpRequest) -> dict[str, Any]:
    """The context of `public/record.html`."""
    note = folder.published()
    address = request.build_absolute_uri("/record")
    return {
        "opened": folder.is_opened(),
        "checkpoint": str(note) if note else "",
        "size": parse_checkpoint(note.text).size if note else 0,
        "witnesses": list(_witnesses(note)),
        "frozen": frozen(),
        "given_up": folder.given_up(),
        "address": address,
        "command": f"hopthu verify {address}",
    }


def trusted_keys() -> dict[str, str]:
    """Verifier keys, one a line: the log's, its promises', those of witnesses.

    Receipts and promises outlive keys, and even a log: what they were signed with stays known.
    """
    now, promises = _own_keys()
    before = folder.retired()
    for log in folder.given_up():
        before += log.verifiers
        promises += log.promise_verifiers
    return {
        "keys": _lines(now),
        "retired_keys": _lines(before),
        "promise_keys": _lines(promises),
        "witnesses": _lines(one.key for one in settings.WITNESSES),
    }


def _own_keys() -> tuple[list[VerifierKey], list[VerifierKey]]:
    """The log's and its promises'; none while it is yet to be opened."""
    try:
        return folder.verifiers(), [folder.promise_verifier()]
    except folder.NotOpened:
        return [], []


def _lines(keys: Iterable[VerifierKey]) -> str:
    return "\n".join(map(str, keys))


def _witnesses(note: Note | None) -> Iterator[Seen]:
    keys = [one.key for one in settings.WITNESSES]
    signed = cosigned(note, keys) if note else {}
    for key in keys:
        at = signed.get(key)
        yield Seen(key.name, None if at is None else datetime.fromtimestamp(at, UTC))
