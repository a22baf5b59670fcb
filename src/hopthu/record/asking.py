"""Asking one witness for its cosignature: the log's side of https://c2sp.org/tlog-witness.

NoAnswer               down, slow, or none of the answers that the specification knows
└ WrongCosignature     an answer without a cosignature by its key of this checkpoint
WitnessDisagrees       the witness saw our log otherwise than we have it
├ AheadOfUs            it saw a larger log
└ AnotherTree          it saw a log that ours did not grow out of
"""

import socket
import ssl
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Final
from urllib.parse import urlsplit

from hopthu.core.checkpoints import Checkpoint, encode_hash, parse_checkpoint, parse_size
from hopthu.core.signed_notes import (
    BadKey,
    BadNote,
    Note,
    Signature,
    SignatureType,
    VerifierKey,
    cosigned,
    parse_signatures,
    parse_vkey,
)

TIMEOUT: Final = 10.0
"""Seconds that a connection may be silent. It is not what anybody waits for (`witnesses`)."""
MAX_ANSWER: Final = 16 * 1024
TRIES: Final = 3
"""Each 409 teaches its size; more of them, and another process of ours is asking too."""

Proof = Callable[[int, int], Sequence[bytes]]
"""The consistency proof from an old size to a new one."""


class NoAnswer(Exception):
    """No cosignature; the message says why, for the log of the operator."""


class WrongCosignature(NoAnswer):
    """It answered, but not with its cosignature of what it was sent."""


class WitnessDisagrees(Exception):
    """Somebody outside saw our log as we do not have it: an old copy was put back, or worse."""

    def __init__(self, witness: VerifierKey, size: int, why: str) -> None:
        super().__init__(f"the witness {witness.name} {why}")
        self.size = size
        """Of the log, as the witness saw it."""


class AheadOfUs(WitnessDisagrees):
    def __init__(self, witness: VerifierKey, size: int) -> None:
        super().__init__(witness, size, f"has seen this log with {size} entries, more than it has")


class AnotherTree(WitnessDisagrees):
    def __init__(self, witness: VerifierKey, size: int) -> None:
        super().__init__(witness, size, f"has seen other entries among the first {size}")


class BadWitness(ValueError):
    """Text that configures no witness."""


@dataclass(frozen=True, slots=True)
class Configured:
    """A witness that the operator named: its key, and the address before `/add-checkpoint`."""

    key: VerifierKey
    url: str


def parse_witnesses(text: str) -> tuple[Configured, ...]:
    """`<vkey> <url>`, separated by commas. Raises `BadWitness`."""
    found = tuple(_configured(one) for one in text.split(",") if one.strip())
    if len({one.key for one in found}) != len(found):
        raise BadWitness("one witness twice")
    return found


def _configured(text: str) -> Configured:
    """Raises `BadWitness`."""
    words = text.split()
    if len(words) != 2:
        raise BadWitness(f"not a verifier key, a space and an address: {text.strip()!r:.200}")
    try:
        key = parse_vkey(words[0])
    except BadKey as error:
        raise BadWitness(f"{error}: {words[0]!r:.120}") from error
    if key.type is not SignatureType.COSIGNATURE:
        raise BadWitness(f"{key.name} is the key of a log, not of a witness")
    if not _is_address(words[1]):
        raise BadWitness(f"not an http(s) address: {words[1]!r:.200}")
    return Configured(key, words[1].rstrip("/"))


def _is_address(text: str) -> bool:
    try:
        url = urlsplit(text)
        url.port  # noqa: B018 - raises where it is none
    except ValueError:
        return False
    known = url.scheme in {"http", "https"} and bool(url.hostname)
    return known and not (url.query or url.fragment or url.username)


class Line:
    """The connection to one witness, kept open, and the size of our log that it saw last."""

    def __init__(self, witness: Configured, *, timeout: float = TIMEOUT) -> None:
        self._witness = witness
        self._size = 0
        url = urlsplit(witness.url)
        host, path = url.hostname or "", url.path + "/add-checkpoint"
        self._path = path
        self._connection = (
            HTTPSConnection(host, url.port, timeout=timeout, context=ssl.create_default_context())
            if url.scheme == "https"
            else HTTPConnection(host, url.port, timeout=timeout)
        )

    def ask(self, note: Note, proof: Proof) -> Signature:
        """Its cosignature of a checkpoint. Raises `NoAnswer` and `WitnessDisagrees`."""
        head = parse_checkpoint(note.text)
        for _ in range(TRIES):
            old = min(self._size, head.size)
            status, answer = self._post(_request(old, proof(old, head.size), note))
            if status == 200:
                signature = self._cosignature(note, answer)
                self._size = head.size
                return signature
            if status == 409:
                self._learn(old, head, answer)
            elif status == 422 and old:
                raise AnotherTree(self._witness.key, old)
            else:
                raise NoAnswer(f"answered {status}: {answer.strip()!r:.200}")
        raise NoAnswer(f"another size each time, now {self._size}")

    def close(self) -> None:
        self._connection.close()

    def hang_up(self) -> None:
        """End what is under way, from another thread: it took too long."""
        if sock := self._connection.sock:
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)

    def _learn(self, old: int, head: Checkpoint, answer: str) -> None:
        """What a 409 says, if it can be."""
        try:
            size = parse_size(answer.removesuffix("\n"))
        except ValueError as error:
            raise NoAnswer(f"answered 409 without a size: {answer!r:.100}") from error
        self._size = size
        if size > head.size:
            raise AheadOfUs(self._witness.key, size)
        if size == old:
            # The size was not what it minded; the specification leaves one thing more.
            raise AnotherTree(self._witness.key, size)

    def _cosignature(self, note: Note, answer: str) -> Signature:
        key = self._witness.key
        try:
            signatures = [one for one in parse_signatures(answer) if one.is_by(key)]
        except BadNote as error:
            raise WrongCosignature(f"no signature lines: {error}") from error
        for one in signatures:
            if cosigned(Note(note.text, (one,)), [key]):
                return one
        raise WrongCosignature("no cosignature by its key of this checkpoint")

    def _post(self, body: bytes) -> tuple[int, str]:
        """Status and text of the answer. Raises `NoAnswer`."""
        reused = self._connection.sock is not None
        try:
            return self._exchange(body)
        except (OSError, HTTPException, ValueError) as error:
            self._connection.close()
            if not (reused and isinstance(error, ConnectionError)):
                raise NoAnswer(f"{type(error).__name__}: {error}") from error
        # A connection that was kept open may have been closed meanwhile: that says nothing.
        return self._post(body)

    def _exchange(self, body: bytes) -> tuple[int, str]:
        headers = {"Content-Type": "text/plain; charset=utf-8"}
        self._connection.request("POST", self._path, body, headers)
        response = self._connection.getresponse()
        answer = response.read(MAX_ANSWER + 1)
        if len(answer) > MAX_ANSWER:
            raise ValueError(f"an answer of more than {MAX_ANSWER} bytes")
        return response.status, answer.decode()


def _request(old: int, proof: Sequence[bytes], note: Note) -> bytes:
    hashes = "".join(f"{encode_hash(one)}\n" for one in proof)
    return f"old {old}\n{hashes}\n{note}".encode()
