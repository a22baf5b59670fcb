"""Checkpoints: a log's tree head as the text of a signed note (https://c2sp.org/tlog-checkpoint).

BadCheckpoint   text that is no checkpoint
"""

import re
from dataclasses import dataclass
from typing import Final

from hopthu.core.encoding import decode64, encode64
from hopthu.core.merkle import HASH_BYTES

MAX_SIZE: Final = 2**63 - 1
_SIZE: Final = re.compile(r"0|[1-9][0-9]{0,18}")


class BadCheckpoint(ValueError):
    """The text is no checkpoint; the message says what is wrong."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    origin: str
    size: int
    root: bytes

    def __post_init__(self) -> None:
        if not self.origin or "\n" in self.origin:
            raise BadCheckpoint("an origin is one line, and not empty")
        if not 0 <= self.size <= MAX_SIZE or len(self.root) != HASH_BYTES:
            raise BadCheckpoint("a checkpoint with a size or a root hash that is none")

    def __str__(self) -> str:
        """The text that is signed: origin, size, root, each on its line."""
        return f"{self.origin}\n{self.size}\n{encode_hash(self.root)}\n"


def parse_checkpoint(text: str) -> Checkpoint:
    """The text of a note; lines after the third are extensions, and passed over.

    Raises `BadCheckpoint`.
    """
    lines = text.split("\n")
    if len(lines) < 4 or lines[-1] or not all(lines[:-1]):
        raise BadCheckpoint("a checkpoint has three lines or more, none of them empty")
    origin, size, root = lines[:3]
    try:
        return Checkpoint(origin, parse_size(size), decode_hash(root))
    except ValueError as error:
        raise BadCheckpoint(str(error)) from error


def parse_size(text: str) -> int:
    """A tree size or index: decimal digits without leading zeroes. Raises ValueError."""
    if not _SIZE.fullmatch(text) or int(text) > MAX_SIZE:
        raise ValueError(f"not a size: {text!r:.40}")
    return int(text)


def encode_hash(digest: bytes) -> str:
    return encode64(digest)


def decode_hash(text: str) -> bytes:
    """32 bytes from base64, in its one spelling (RFC 4648 section 4). Raises ValueError."""
    digest = decode64(text)
    if len(digest) != HASH_BYTES:
        raise ValueError(f"not a hash of {HASH_BYTES} bytes: {text!r:.60}")
    return digest
