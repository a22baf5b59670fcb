"""What `/record` tells of the public record, and which keys `/record/check` goes by."""

from collections.abc import Callable, Iterable, Iterator
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
class GivenUp:
    """A log before this one, that ended with a loss."""

    origin: str
    folder: str


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
        "opened": bool(_lines(folder.verifiers)),
        "checkpoint": str(note) if note else "",
        "size": parse_checkpoint(note.text).size if note else 0,
        "witnesses": list(_witnesses(note)),
        "frozen": frozen(),
        "given_up": [
            GivenUp((path / "origin").read_text().strip(), path.name) for path in folder.earlier()
        ],
        "address": address,
        "command": f"hopthu verify {address}",
    }


def trusted_keys() -> dict[str, str]:
    """Verifier keys, one a line: the log's, its promises', those of witnesses.

    Receipts and promises outlive keys, and even a log: what they were signed with stays known.
    """
    before = [*_lines(folder.retired), *_earlier("vkey"), *_earlier("retired-vkey")]
    promises = [*_lines(lambda: [folder.promise_verifier()]), *_earlier("promise-vkey")]
    return {
        "keys": "\n".join(_lines(folder.verifiers)),
        "retired_keys": "\n".join(before),
        "promise_keys": "\n".join(promises),
        "witnesses": "\n".join(str(one.key) for one in settings.WITNESSES),
    }


def _earlier(name: str) -> list[str]:
    files = (path / name for path in folder.earlier())
    return [line for file in files if file.exists() for line in file.read_text().splitlines()]


def _lines(read: Callable[[], Iterable[VerifierKey]]) -> list[str]:
    try:
        return [str(key) for key in read()]
    except folder.NotOpened:
        return []


def _witnesses(note: Note | None) -> Iterator[Seen]:
    keys = [one.key for one in settings.WITNESSES]
    signed = cosigned(note, keys) if note else {}
    for key in keys:
        at = signed.get(key)
        yield Seen(key.name, None if at is None else datetime.fromtimestamp(at, UTC))
