"""Logs for tests, as files in a folder: made by the core alone, without a database.

    log = Log(folder)
    log.add(entry, entry)
    log.publish()           # tiles, checkpoint, vkey

A test can then spoil a file, and see what is said about it.
"""

import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

from hopthu.core.checkpoints import Checkpoint
from hopthu.core.merkle import consistency_proof, inclusion_proof, leaf_hash, root_of
from hopthu.core.signed_notes import CosigningKey, Note, SigningKey
from hopthu.core.tiles import ENTRIES, WIDTH, Tile, encode_bundle, tiles_of
from hopthu.core.tlog_proofs import Receipt

ORIGIN = "city.example/record"
KEY = SigningKey(ORIGIN, bytes(range(32)))
PROMISES = SigningKey(f"{ORIGIN}/promise", b"p" * 32)
WITNESSES = (
    CosigningKey("paper.example/witness", b"1" * 32),
    CosigningKey("university.example/witness", b"2" * 32),
)
WITNESSED_AT = 1_772_786_400


class Log:
    """A log that grows in a folder; what it holds can be changed at will, as a liar would."""

    def __init__(
        self,
        folder: Path,
        *,
        keys: Sequence[SigningKey] = (KEY,),
        witnesses: Sequence[CosigningKey] = (),
    ) -> None:
        self.folder = folder
        self.keys = keys
        self.witnesses = witnesses
        self.entries: list[bytes] = []
        self._rows: list[list[bytes]] = []

    def add(self, *entries: bytes) -> None:
        self.entries.extend(entries)

    def publish(self) -> Note:
        """Write everything anew; gives the checkpoint."""
        shutil.rmtree(self.folder / "tile", ignore_errors=True)
        self._rows = list(hash_rows(self.entries))
        for tile in tiles_of(len(self.entries)):
            self._write(tile.path, self.tile(tile))
        note = self.note()
        self._write("checkpoint", str(note).encode())
        self._write("vkey", "".join(f"{key.verifier}\n" for key in self.keys).encode())
        self._write("promise-vkey", f"{PROMISES.verifier}\n".encode())
        return note

    def note(self, size: int | None = None) -> Note:
        size = len(self.entries) if size is None else size
        root = root_of([leaf_hash(one) for one in self.entries[:size]])
        text = str(Checkpoint(self.keys[0].verifier.name, size, root))
        signed = [key.sign(text) for key in self.keys]
        cosigned = [one.cosign(text, timestamp=WITNESSED_AT) for one in self.witnesses]
        return Note(text).signed(*signed, *cosigned)

    def tile(self, tile: Tile) -> bytes:
        part = slice(tile.index * WIDTH, tile.index * WIDTH + tile.width)
        if tile.level == ENTRIES:
            return encode_bundle(self.entries[part])
        return b"".join(self._rows[tile.level][part])

    def receipt(self, index: int, note: Note | None = None) -> Receipt:
        leaves = [leaf_hash(one) for one in self.entries]
        note = note or self.note()
        size = int(note.text.split("\n")[1])
        proof = inclusion_proof(index, size, lambda start, end: root_of(leaves[start:end]))
        return Receipt(self.entries[index], index, tuple(proof), note)

    def growth(self, old: int, new: int) -> list[bytes]:
        leaves = [leaf_hash(one) for one in self.entries]
        return consistency_proof(old, new, lambda start, end: root_of(leaves[start:end]))

    def _write(self, path: str, data: bytes) -> None:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)


def hash_rows(entries: Iterable[bytes]) -> Iterable[list[bytes]]:
    """The hashes of all tiles, level by level, without their partial ends' parents."""
    row = [leaf_hash(entry) for entry in entries]
    while row:
        yield row
        full = len(row) // WIDTH * WIDTH
        row = [root_of(row[at : at + WIDTH]) for at in range(0, full, WIDTH)]


def spoil(file: Path, *, at: int = 0) -> None:
    """Turn one bit of a file."""
    data = bytearray(file.read_bytes())
    data[at] ^= 1
    file.write_bytes(data)
