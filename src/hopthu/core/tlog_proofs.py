"""Receipts: a proof that one entry is in the log, to be kept and checked without a network.

https://c2sp.org/tlog-proof. The `extra` line carries the entry itself, which is checked by its
hash; the text ends with the checkpoint, signed by the log and whoever witnessed it.

BadReceipt   text that is no proof
"""

from dataclasses import dataclass
from typing import Final

from hopthu.core.checkpoints import (
    BadCheckpoint,
    Checkpoint,
    decode_hash,
    encode_hash,
    parse_checkpoint,
    parse_size,
)
from hopthu.core.encoding import decode64, encode64
from hopthu.core.merkle import leaf_hash, verify_inclusion
from hopthu.core.signed_notes import BadNote, Note, parse_note

MAGIC: Final = "c2sp.org/tlog-proof@v1"
MAX_PROOF: Final = 256 * 1024
"""Characters: an entry of 65,535 bytes, 63 hashes and a checkpoint have room."""
_MAX_HASHES: Final = 63


class BadReceipt(ValueError):
    """The text is no tlog-proof; the message says what is wrong."""


@dataclass(frozen=True, slots=True)
class Receipt:
    entry: bytes
    """From the extra line; nothing vouches for it until `check` has passed."""
    index: int
    proof: tuple[bytes, ...]
    note: Note
    """The checkpoint as it was signed."""

    @property
    def checkpoint(self) -> Checkpoint:
        """Raises `BadCheckpoint`."""
        return parse_checkpoint(self.note.text)

    def check(self) -> None:
        """The entry is the leaf at `index` of the checkpoint's tree. Raises `BadProof`.

        Who signed the checkpoint is another question: `core.signed_notes.verified`.
        """
        head = self.checkpoint
        verify_inclusion(self.index, head.size, leaf_hash(self.entry), self.proof, head.root)

    def __str__(self) -> str:
        lines = [MAGIC, f"extra {encode64(self.entry)}", f"index {self.index}"]
        lines += [encode_hash(one) for one in self.proof]
        return "\n".join(lines) + f"\n\n{self.note}"


def parse_receipt(text: str | bytes) -> Receipt:
    """Raises `BadReceipt`, also for one without its entry: there would be nothing to read in it."""
    text = _plain(text)
    head, blank, checkpoint = text.partition("\n\n")
    lines = head.split("\n")
    if lines[0] != MAGIC:
        raise BadReceipt(f"no receipt: the first line is not {MAGIC}")
    if not blank:
        raise BadReceipt("cut short: there is no checkpoint")
    try:
        entry = decode64(_after("extra ", lines, 1))
        index = parse_size(_after("index ", lines, 2))
        proof = tuple(decode_hash(line) for line in lines[3:])
        note = parse_note(checkpoint)
        parse_checkpoint(note.text)
    except (BadNote, BadCheckpoint) as error:
        raise BadReceipt(f"its checkpoint: {error}") from error
    except ValueError as error:
        raise BadReceipt(str(error)) from error
    if len(proof) > _MAX_HASHES:
        raise BadReceipt(f"more than {_MAX_HASHES} hashes")
    return Receipt(entry, index, proof, note)


def _plain(text: str | bytes) -> str:
    if len(text) > MAX_PROOF:
        raise BadReceipt(f"longer than {MAX_PROOF} bytes")
    if isinstance(text, bytes):
        try:
            text = text.decode()
        except UnicodeDecodeError as error:
            raise BadReceipt("not UTF-8: no text, but a photo, perhaps") from error
    if "\r" in text:
        raise BadReceipt("lines end in CRLF: something changed the file on its way")
    return text


def _after(word: str, lines: list[str], at: int) -> str:
    if len(lines) <= at or not lines[at].startswith(word):
        raise ValueError(f"line {at + 1} does not begin with {word.strip()!r}")
    return lines[at].removeprefix(word)
