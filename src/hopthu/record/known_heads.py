"""The heads of this log that went out, or may have gone out: whatever is signed has to fit them."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from hopthu.core.checkpoints import Checkpoint, encode_hash, parse_checkpoint
from hopthu.record import folder, keys, models


class Known(NamedTuple):
    """A head, and how it is known."""

    told: str
    head: Checkpoint

    def __str__(self) -> str:
        root = encode_hash(self.head.root)
        return f"the head {self.told} ({self.head.size} entries, root {root})"


def known_heads() -> list[Known]:
    """Those of the files, the newest of the database, and those of its that the files know too."""
    by_files = [*_by_files()]
    return [*by_files, *_by_rows(one.head.size for one in by_files)]


def in_the_database(row: models.Checkpoint) -> Known:
    return Known("in the database", Checkpoint(folder.origin(), row.size, bytes(row.root)))


def _by_files() -> Iterator[Known]:
    for told, note in (("signed last", keys.signed()), ("published", folder.published())):
        if note:
            yield Known(told, parse_checkpoint(note.text))


def _by_rows(sizes: Iterable[int]) -> Iterator[Known]:
    rows = models.Checkpoint.objects.order_by("-size")
    found = {row.size: row for row in (*rows[:1], *rows.filter(size__in=list(sizes)))}
    yield from map(in_the_database, found.values())
