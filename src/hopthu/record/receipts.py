"""What a resident can keep: receipts of entries that are in the log, promises for those to come.

A receipt (https://c2sp.org/tlog-proof) holds against the newest published checkpoint, and so proves
itself for ever. A promise is a signed note of the web process: `<origin>/promise`, the leaf hash,
and the time by which the entry is in the log.

NoSuchEntry   no step of a report has that number
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from hopthu.core.checkpoints import encode_hash, parse_checkpoint
from hopthu.core.merkle import inclusion_proof, leaf_hash
from hopthu.core.signed_notes import Note
from hopthu.core.tlog_proofs import Receipt
from hopthu.record import folder, keys
from hopthu.record.queries import entries_of, of_report

PROMISED_WITHIN: Final = timedelta(hours=24)


class NoSuchEntry(LookupError):
    """The record has no such entry, and none waits to be."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The entries of a report, at one moment."""

    receipts: tuple[Receipt, ...]
    waiting: tuple[bytes, ...]
    """Entries that no published checkpoint has yet."""


def receipt(report: str, seq: int) -> Receipt | None:
    """None: it is not in the published log yet. Raises `NoSuchEntry`."""
    row = of_report(report).filter(seq=seq).values_list("index", "leaf").first()
    if row is None:
        raise NoSuchEntry(f"no entry {seq} of the report {report}")
    index, leaf = row
    return _Prover().receipt(index, bytes(leaf))


def standing_of(report: str) -> Standing:
    """All entries of a report: proved as far as that can be done, the others as they wait."""
    prover = _Prover()
    receipts: list[Receipt] = []
    waiting: list[bytes] = []
    for index, leaf in entries_of(report):
        if proved := prover.receipt(index, leaf):
            receipts.append(proved)
        else:
            waiting.append(leaf)
    return Standing(tuple(receipts), tuple(waiting))


def promise(entry: bytes, *, at: datetime) -> str:
    """A note that `entry` is in the log within a day of `at`. Raises `folder.NotOpened`."""
    key = keys.promise_key()
    by = (at + PROMISED_WITHIN).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    text = f"{key.verifier.name}\n{encode_hash(leaf_hash(entry))}\n{by}\n"
    return str(Note(text, (key.sign(text),)))


class _Prover:
    """Proofs against the checkpoint that is published now."""

    def __init__(self) -> None:
        self._note = folder.published()
        self._size = parse_checkpoint(self._note.text).size if self._note else 0
        self._tree = folder.tree(self._size)

    def receipt(self, index: int | None, leaf: bytes) -> Receipt | None:
        if self._note is None or index is None or index >= self._size:
            return None
        proof = inclusion_proof(index, self._size, self._tree)
        return Receipt(leaf, index, tuple(proof), self._note)
