"""Reading on in the published record: new passkeys and tasks, and openings that are now public.

From the files that work itself wrote, and never from the table of entries: whoever took over the
web process could show work there what nobody else was shown.
"""

from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from typing import Final

from hopthu.care.openings.ledger import Ledger, Seen
from hopthu.core.checkpoints import parse_checkpoint
from hopthu.core.entries import BadEntry, parse_entry
from hopthu.core.tiles import ENTRIES, WIDTH, decode_bundle, tile_at
from hopthu.record import folder

_STAFF: Final = b'"staff.changed"'


def watch(ledger: Ledger, *, at: datetime) -> bool:
    """Read what was published since; False if there was nothing."""
    note = folder.published()
    if note is None:
        return False
    size, origin = parse_checkpoint(note.text).size, folder.origin()
    if origin != ledger.origin or size < ledger.size:
        # Another log, which goes on from the one before: what was seen stays seen.
        ledger.origin, ledger.size = origin, 0
    if size == ledger.size:
        return False
    waiting = {one.leaf: one for one in ledger.asked.values() if one.leaf and not one.published}
    known = {one.entry for one in ledger.staff}
    for entry in _entries(ledger.size, size):
        if _STAFF in entry and entry not in known and _is_entry(entry):
            ledger.staff.append(Seen(entry, at))
        elif waiting and (asked := waiting.get(leaf(entry))):
            asked.published = True
    ledger.size = size
    return True


def leaf(entry: bytes) -> str:
    return sha256(entry).hexdigest()


def _is_entry(entry: bytes) -> bool:
    """Whoever writes rows can have the record take in what is none: work goes on without it."""
    try:
        parse_entry(entry)
    except BadEntry:
        return False
    return True


def _entries(first: int, size: int) -> Iterator[bytes]:
    """From `first` on and below `size`, in their order."""
    for index in range(first // WIDTH, -(-size // WIDTH)):
        tile = tile_at(ENTRIES, index, size)
        if tile is not None:
            found = decode_bundle(folder.read_tile(tile), tile.width)
            yield from found[max(0, first - index * WIDTH) :]
