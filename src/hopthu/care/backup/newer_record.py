"""A public record that is newer than a backup: what it tells of the time since.

Nothing of it is believed that its own signed checkpoint does not vouch for, and nothing at all if
it did not grow out of the record in the backup.

NotNewer   it cannot be read, is not signed by this log, or is of another history
"""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Final

from hopthu.care.refusals import Refused
from hopthu.core.checkpoints import BadCheckpoint, Checkpoint, parse_checkpoint
from hopthu.core.entries import ERASURE, BadEntry, Entry, parse_entry
from hopthu.core.merkle import Frontier, leaf_hash
from hopthu.core.signed_notes import BadNote, Note, VerifierKey, parse_note, verified
from hopthu.core.terms import Step
from hopthu.core.tiles import ENTRIES, BadBundle, Tile, decode_bundle, tiles_of
from hopthu.record.checking.reading import Unusable, Withheld
from hopthu.record.checking.source import Source, open_source
from hopthu.reports.models.event import ABOUT_PHOTOS

TAKES_AWAY: Final = frozenset({ERASURE, Step.REDACT, Step.HIDE, Step.KEEP_HIDDEN, Step.SHOW})


class NotNewer(Refused):
    """Nothing was restored."""


@dataclass(frozen=True)
class NewerRecord:
    note: Note
    head: Checkpoint
    taken_away: tuple[Entry, ...]
    """Every entry of the log that takes something away, or gives it back, in their order."""


def read(where: str, keys: Sequence[VerifierKey], backup: Checkpoint | None) -> NewerRecord:
    """The record in the folder, or at the address, `where`. Raises `NotNewer`."""
    try:
        with closing(open_source(where)) as source:
            note = parse_note(source.read("checkpoint"))
            verified(note, keys)
            head = parse_checkpoint(note.text)
            return NewerRecord(note, head, tuple(_taken_away(source, head, backup)))
    except (Unusable, Withheld, BadNote, BadCheckpoint, BadBundle, BadEntry) as error:
        raise NotNewer(f"the record {where} is of no use: {error}") from error


def _taken_away(source: Source, head: Checkpoint, backup: Checkpoint | None) -> Iterator[Entry]:
    if backup and (backup.origin != head.origin or backup.size > head.size):
        raise NotNewer("the record that was given is another one than the backup's, or older")
    tree = Frontier()
    for leaf in _leaves(source, head.size):
        tree.append(leaf_hash(leaf))
        if backup and tree.size == backup.size and tree.root() != backup.root:
            raise NotNewer("the record that was given did not grow out of the one in the backup")
        entry = parse_entry(leaf)
        if entry.type in TAKES_AWAY.union(ABOUT_PHOTOS):
            yield entry
    if tree.root() != head.root:
        raise NotNewer("the record that was given is damaged: its entries do not make its head")


def _leaves(source: Source, size: int) -> Iterator[bytes]:
    bundles: list[Tile] = [tile for tile in tiles_of(size) if tile.level == ENTRIES]
    for tile, data in zip(bundles, source.each(bundles), strict=True):
        if isinstance(data, Withheld):
            raise data
        yield from decode_bundle(data, tile.width)
