"""Keys and checkpoints: who signed what a log says about itself, and whether it is that log."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from hopthu.core.checkpoints import BadCheckpoint, Checkpoint, parse_checkpoint
from hopthu.core.signed_notes import (
    BadKey,
    BadNote,
    Note,
    NotSigned,
    SignatureType,
    VerifierKey,
    cosigned,
    parse_note,
    parse_vkey,
    verified,
)
from hopthu.record.checking.reading import Absent, TooLong, Unusable
from hopthu.record.checking.source import Source

HINT = "; its address mostly ends in /record"


class BadHead(ValueError):
    """No checkpoint of this log; the message says why."""


class NoSignature(BadHead):
    """None of the known keys signed it."""


@dataclass(frozen=True, slots=True)
class Head:
    checkpoint: Checkpoint
    note: Note
    signers: tuple[VerifierKey, ...]

    @property
    def size(self) -> int:
        return self.checkpoint.size


@dataclass(frozen=True, slots=True)
class Mark:
    """A size at which the tree must have had this root, because somebody saw it signed."""

    size: int
    root: bytes
    where: str


def keys_of(source: Source, given: Sequence[str], path: str = "vkey") -> tuple[VerifierKey, ...]:
    """The keys that were given, or else those that the log names itself. Raises `Unusable`."""
    if not given:
        try:
            given = source.read(path).decode().splitlines()
        except Absent as error:
            raise Unusable(f"no public record there: {path} {error}{HINT}") from error
        except (TooLong, UnicodeDecodeError) as error:
            raise Unusable(f"no key: {path} {error}") from error
    try:
        keys = tuple(parse_vkey(text) for text in given if text.strip())
    except BadKey as error:
        raise Unusable(f"no key: {error}") from error
    if not keys or any(key.type is not SignatureType.ED25519 for key in keys):
        raise Unusable(f"no key of a log in {path}")
    return keys


def read_head(source: Source, keys: Sequence[VerifierKey]) -> Head:
    """The newest checkpoint. Raises `BadHead`, `Unusable`."""
    try:
        return head_of(source.read("checkpoint"), keys)
    except Absent as error:
        raise Unusable(f"no public record there: checkpoint {error}{HINT}") from error
    except TooLong as error:
        raise BadHead(f"checkpoint {error}") from error


def head_of(text: bytes | Note, keys: Sequence[VerifierKey], origin: str = "") -> Head:
    """A checkpoint signed by one of `keys`, of the log that the key is named after.

    Raises `BadHead`.
    """
    try:
        note = text if isinstance(text, Note) else parse_note(text)
        checkpoint = parse_checkpoint(note.text)
        if origin and checkpoint.origin != origin:
            raise BadHead(f"of another log, {checkpoint.origin!r:.200}, and not of {origin!r}")
        signers = verified(note, keys)
    except NotSigned as error:
        raise NoSignature(str(error)) from error
    except (BadNote, BadCheckpoint) as error:
        raise BadHead(str(error)) from error
    if checkpoint.origin not in {key.name for key in signers}:
        raise BadHead(f"of another log, {checkpoint.origin!r:.200}, than its key is named after")
    return Head(checkpoint, note, signers)


def read_mark(path: Path, keys: Sequence[VerifierKey], origin: str) -> Mark:
    """An older checkpoint from a file. Raises `BadHead`, `Unusable`."""
    head = head_of(read_file(path), keys, origin)
    return Mark(head.size, head.checkpoint.root, str(path))


def read_file(path: Path, limit: int = 64 * 1024) -> bytes:
    """Raises `BadHead` for a file that is too long, `Unusable` for one that cannot be read."""
    try:
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except OSError as error:
        raise Unusable(f"{path}: {error.strerror}") from error
    if len(data) > limit:
        raise BadHead(f"is longer than {limit:,} bytes")
    return data


def cosigners(head: Head, witnesses: Sequence[VerifierKey]) -> dict[VerifierKey, str]:
    """Those of `witnesses` who cosigned, each with its time."""
    return {key: _time(timestamp) for key, timestamp in cosigned(head.note, witnesses).items()}


def _time(timestamp: int) -> str:
    try:
        return datetime.fromtimestamp(timestamp, UTC).isoformat(timespec="seconds")
    except (ValueError, OverflowError, OSError):
        return f"second {timestamp}"
