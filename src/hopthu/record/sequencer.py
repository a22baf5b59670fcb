"""The sequencer: gives entries their place in the log and publishes it, head by head.

One round, each step safe to be cut short anywhere, and done again by the next round:

1. guard       nothing that was ever signed or published may be more than the database has, and
               nothing that a witness saw (asked once, at the first round of a process)
2. number      what waits, committed (`numbering`)
3. tiles       of the numbered rows, durable (`tiling`); every known head must be one of this tree
4. sign        and remember it in `keys/work/signed` before it leaves the process
5. persist     as a `Checkpoint`: of one size there is one root
6. witnesses   those that answer in time add their cosignatures; later ones are added later
7. publish     never a smaller head than before; then partial tiles go that became full

What would make two heads of one size freezes the log instead: the reason is kept in `Head.frozen`,
nothing is numbered or signed from then on, and entries wait. No step looks at the clock.

Forked   what was signed and what is in the database are not one log
"""

import logging
from datetime import datetime
from typing import Final

from hopthu.core.checkpoints import Checkpoint, encode_hash, parse_checkpoint
from hopthu.core.merkle import root
from hopthu.core.signed_notes import Note
from hopthu.core.tiles import TiledTree
from hopthu.record import folder, keys, models, tiling, witnesses
from hopthu.record.known_heads import Known, in_the_database, known_heads
from hopthu.record.numbering import head, number_waiting

logger = logging.getLogger("hopthu.record")
KEPT_CHECKPOINTS: Final = 1_000


class Forked(Exception):
    """Going on would sign two heads of one size; the message names both."""


_FREEZING: Final = (Forked, tiling.TileConflict, tiling.MissingRow, witnesses.WitnessDisagrees)


def run(at: datetime) -> int:
    """One round; gives how many entries were numbered.

    Raises `keys.NoLogKey`, `folder.NotOpened`, OSError, DatabaseError: the next round goes on.
    """
    with folder.lock():
        # What is known before how much there is: that only grows, and was committed first.
        known = known_heads()
        row = head()
        if row.frozen:
            return 0
        try:
            return _round(known, row.size, at)
        except _FREEZING as why:
            freeze(str(why))
            return 0


def freeze(why: str) -> None:
    """Number and sign nothing more, until somebody has looked (`hopthu record compare`)."""
    if models.Head.objects.filter(pk=1, frozen="").update(frozen=why):
        logger.error("the public record is frozen: %s", why)


def _round(known: list[Known], size: int, at: datetime) -> int:
    for one in known:
        if one.head.size > size:
            raise Forked(f"{one} is of more entries than the database has numbered, {size}")
    published = folder.published()
    before = parse_checkpoint(published.text).size if published else 0
    if published:
        published = folder.publish(witnesses.before_anything_new(published, folder.tree(before)))
    numbered = number_waiting()
    size = head().size
    if size > before:
        _publish(known, before, size, at)
    elif published:
        folder.publish(witnesses.late(published, folder.tree(before)))
    return numbered


def _publish(known: list[Known], before: int, size: int, at: datetime) -> None:
    signing = keys.log_keys()
    if not any(key.verifier in folder.verifiers() for key in signing):
        raise keys.NoLogKey("the log key is none of those in vkey, an old copy: see `hopthu init`")
    new = _grown(before, size, vouched=max((one.head.size for one in known), default=0))
    tree = folder.tree(size)
    for one in known:
        _compare(one, new, tree)
    note = Note(str(new)).signed(*(key.sign(str(new)) for key in signing))
    keys.remember(note)
    _persist(new, note, at)
    folder.publish(witnesses.cosign(note, tree))
    tiling.prune(before, size)


def _grown(before: int, size: int, *, vouched: int) -> Checkpoint:
    """The head of a tree of `size`, once its tiles are written."""
    try:
        tiling.grow(before, size, vouched=vouched)
        return _head_of(size)
    except FileNotFoundError:
        # Somebody took tiles away. They are made of rows, so all of them can be made again.
        tiling.grow(0, size, vouched=vouched)
        return _head_of(size)


def _head_of(size: int) -> Checkpoint:
    return Checkpoint(folder.origin(), size, root(size, folder.tree(size)))


def _compare(known: Known, new: Checkpoint, tree: TiledTree) -> None:
    """What went out must be a head of the tree that is to be signed. Raises `Forked`."""
    if known.head.origin != new.origin:
        raise Forked(f"{known} is of another log, {known.head.origin}; this one is {new.origin}")
    now = root(known.head.size, tree)
    if known.head.root != now:
        raise Forked(f"{known} is not of this log, which had root {encode_hash(now)} at that size")


def _persist(new: Checkpoint, note: Note, at: datetime) -> None:
    """Keep the head as a row. Raises `Forked` where another one of its size was first."""
    row, _ = models.Checkpoint.objects.get_or_create(
        size=new.size, defaults={"root": new.root, "note": str(note), "signed_at": at}
    )
    if bytes(row.root) != new.root:
        root_of_new = encode_hash(new.root)
        raise Forked(f"{in_the_database(row)} is not the one just signed, root {root_of_new}")
    sizes = models.Checkpoint.objects.order_by("-size").values_list("size", flat=True)
    if outdated := sizes[KEPT_CHECKPOINTS : KEPT_CHECKPOINTS + 1]:
        models.Checkpoint.objects.filter(size__lte=outdated[0]).delete()
