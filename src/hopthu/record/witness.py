"""A witness: sees every checkpoint of a log grow out of the one before, and says so with its key.

https://c2sp.org/tlog-witness, "add-checkpoint". It keeps one checkpoint a log, the newest that it
cosigned; checking against it and replacing it is one act, under a lock of the kernel, so that
neither threads nor processes can roll it back. No Django and no database: a newspaper runs this.

Refused            why there is no cosignature; `status` is the answer's
├ Malformed        400: not a request as the specification has it
├ UnknownLog       404: a log that this witness was not told to watch
├ NotSigned        403: not signed by the log's key
├ Conflict         409: another size than the witness has, which is `size`
└ NotConsistent    422: the proof does not lead from the old tree to the new one
DamagedState       the file of a log cannot be what this witness wrote: it cosigns nothing more
WrongFolder        the folder belongs to a witness of another name
"""

import fcntl
import os
import secrets
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import ClassVar, Final

from hopthu.core.checkpoints import (
    BadCheckpoint,
    Checkpoint,
    decode_hash,
    parse_checkpoint,
    parse_size,
)
from hopthu.core.merkle import EMPTY_ROOT, BadProof, verify_consistency
from hopthu.core.signed_notes import (
    MAX_NOTE,
    BadNote,
    CosigningKey,
    Note,
    Signature,
    VerifierKey,
    cosigned,
    parse_note,
    verified,
)
from hopthu.record import durable

MAX_PROOF: Final = 63
"""Hashes; "The client MUST NOT send more than 63 consistency proof lines"."""
MAX_REQUEST: Final = MAX_NOTE + 4096
"""Bytes: the note, and 63 hashes in base64 with the old size before it."""


class Refused(Exception):
    """There is no cosignature; the message says why."""

    status: ClassVar[int]


class Malformed(Refused):
    status = 400


class UnknownLog(Refused):
    status = 404


class NotSigned(Refused):
    status = 403


class Conflict(Refused):
    status = 409

    def __init__(self, size: int) -> None:
        super().__init__(f"the latest checkpoint cosigned here is of size {size}")
        self.size = size


class NotConsistent(Refused):
    status = 422


class DamagedState(Exception):
    """What is kept of a log is not what was written: somebody has to look before it goes on."""


class WrongFolder(Exception):
    """The state folder is that of another witness, or its key is none."""


@dataclass(frozen=True, slots=True)
class Request:
    """What a log sends: its checkpoint, and the proof from an older size to it."""

    old: int
    proof: tuple[bytes, ...]
    note: Note
    head: Checkpoint


def parse_request(body: bytes) -> Request:
    """Old size line, proof lines, empty line, checkpoint. Raises `Malformed`."""
    if len(body) > MAX_REQUEST:
        raise Malformed(f"longer than {MAX_REQUEST} bytes")
    if b"\r" in body:
        raise Malformed("lines end in CRLF: something changed the request on its way")
    before, blank, checkpoint = body.partition(b"\n\n")
    if not blank:
        raise Malformed("no empty line before a checkpoint")
    try:
        first, *hashes = before.decode("ascii").split("\n")
        if not first.startswith("old "):
            raise Malformed("the first line is not `old` and a size")
        if len(hashes) > MAX_PROOF:
            raise Malformed(f"more than {MAX_PROOF} hashes")
        old = parse_size(first.removeprefix("old "))
        proof = tuple(decode_hash(line) for line in hashes)
        note = parse_note(checkpoint)
        head = parse_checkpoint(note.text)
    except (BadNote, BadCheckpoint) as error:
        raise Malformed(f"the checkpoint: {error}") from error
    except UnicodeDecodeError as error:
        raise Malformed("letters beyond ASCII before the checkpoint") from error
    except ValueError as error:
        raise Malformed(str(error)) from error
    if old > head.size:
        raise Malformed(f"the old size, {old}, is larger than that of the checkpoint, {head.size}")
    return Request(old, proof, note, head)


class Witness:
    """A key, the logs that it watches, and a folder with the newest checkpoint of each."""

    def __init__(self, folder: Path, name: str, logs: Sequence[VerifierKey]) -> None:
        """Raises `WrongFolder`; the key is made if there is none."""
        self._key = open_key(folder, name)
        self._logs = folder / "logs"
        self._logs.mkdir(mode=0o700, exist_ok=True)
        self._watched: dict[str, list[VerifierKey]] = {}
        for key in logs:
            # A log that changes its key has two of them for a while, under its one name.
            self._watched.setdefault(key.name, []).append(key)

    @property
    def verifier(self) -> VerifierKey:
        return self._key.verifier

    def add_checkpoint(self, request: Request, *, timestamp: int) -> Signature:
        """The cosignature, once the checkpoint is on the disk. Raises `Refused`, `DamagedState`."""
        head = request.head
        note = self._signed_by_its_log(request)
        with self._locked(head.origin) as path:
            latest = self._latest(path, head.origin)
            if request.old != latest.size:
                raise Conflict(latest.size)
            if head.size == latest.size and head.root != latest.root:
                self._keep_evidence(path, head, note)
                raise Conflict(latest.size)
            try:
                verify_consistency(latest.size, head.size, latest.root, head.root, request.proof)
            except BadProof as error:
                raise NotConsistent(str(error)) from error
            cosignature = self._key.cosign(note.text, timestamp=timestamp)
            durable.replace(path, str(note.signed(cosignature)).encode())
        return cosignature

    def _signed_by_its_log(self, request: Request) -> Note:
        """The checkpoint as its log signed it: anybody can add signatures until no more have room.

        Raises `UnknownLog`, `NotSigned`.
        """
        keys = self._watched.get(request.head.origin)
        if keys is None:
            raise UnknownLog("this witness does not watch a log of that origin")
        try:
            verified(request.note, keys)
        except BadNote as error:
            raise NotSigned(str(error)) from error
        own = (one for one in request.note.signatures if any(one.is_by(key) for key in keys))
        return Note(request.note.text).signed(*own)

    @contextmanager
    def _locked(self, origin: str) -> Iterator[Path]:
        """The file of a log, for one at a time in whatever thread or process."""
        path = self._logs / sha256(origin.encode()).hexdigest()
        # Opened anew each time: flock holds threads of one process apart only by descriptor.
        lock = os.open(path.with_suffix(".lock"), os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield path
        finally:
            os.close(lock)

    def _latest(self, path: Path, origin: str) -> Checkpoint:
        """Of size 0 if none was cosigned yet. Raises `DamagedState`."""
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            return Checkpoint(origin, 0, EMPTY_ROOT)
        try:
            note = parse_note(data)
            latest = parse_checkpoint(note.text)
        except (BadNote, BadCheckpoint) as error:
            raise DamagedState(f"{path}: {error}") from error
        if latest.origin != origin or not cosigned(note, [self.verifier]):
            raise DamagedState(f"{path}: not a checkpoint that this witness cosigned")
        return latest

    def _keep_evidence(self, path: Path, head: Checkpoint, note: Note) -> None:
        """Two roots of one size, both signed by the log: the one proof that it lied."""
        evidence = path.with_suffix(f".fork-{head.size}")
        # The first is enough, and a log that forks at every size shall not fill the disk.
        if not any(self._logs.glob(f"{path.name}.fork-*")):
            durable.create(evidence, str(note).encode())
            told = f"hopthu witness: {head.origin} signed two trees of one size: {evidence}"
            sys.stderr.write(told + "\n")


def open_key(folder: Path, name: str) -> CosigningKey:
    """The witness's key, made at the first start, and its vkey beside it. Raises `WrongFolder`."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    durable.create(folder / "key", secrets.token_bytes(32), mode=0o600)
    try:
        key = CosigningKey(name, (folder / "key").read_bytes())
    except ValueError as error:
        raise WrongFolder(f"{folder / 'key'}: {error}") from error
    vkey = f"{key.verifier}\n"
    # One key under two names would be two witnesses who always agree.
    if not durable.create(folder / "vkey", vkey.encode()):
        kept = (folder / "vkey").read_text()
        if kept != vkey:
            raise WrongFolder(f"{folder} is the state of another witness: {kept.strip()}")
    return key
