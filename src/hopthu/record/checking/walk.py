"""The walk along a log: every bundle, every hash tile, every entry, up to a checkpoint.

A tree is built again from the entries. What is served is compared with it, tile by tile, and where
somebody once saw a checkpoint its root is compared with that one: a tree that has all these roots
has grown out of each of them, so no proof of consistency is needed.

Broken   the log cannot be followed any further; the fault is in the verdict
"""

from collections.abc import Callable, Collection, Sequence

from hopthu.core.entries import LOG_OPENED, BadEntry, Entry, parse_entry
from hopthu.core.merkle import leaf_hash
from hopthu.core.tiles import ENTRIES, WIDTH, BadBundle, Tile, decode_bundle, split_tile
from hopthu.record.checking.growing import Growing, reading_order
from hopthu.record.checking.heads import Head, Mark
from hopthu.record.checking.reading import Withheld
from hopthu.record.checking.source import Source
from hopthu.record.checking.verdict import Verdict

Take = Callable[[int, Entry], None]
"""What is done with each entry and its index."""


class Broken(Exception):
    """Neither the entries nor the hashes of a part of the log can be had."""


class Walk:
    """Follows one log; `tree` is where it has come to."""

    def __init__(
        self, source: Source, verdict: Verdict, take: Take, tree: Growing | None = None
    ) -> None:
        self.tree = tree or Growing()
        self.tiles = 0
        self.found: set[bytes] = set()
        """Of the leaf hashes that were looked for, those that are in the log."""
        self._source, self._verdict, self._take = source, verdict, take
        self._sought: Collection[bytes] = ()
        self._origin = ""

    def to(self, head: Head, marks: Sequence[Mark] = (), sought: Collection[bytes] = ()) -> None:
        """Walk on to a checkpoint, past older ones. Raises `Broken`, `Unusable`."""
        self._sought, self._origin = sought, head.checkpoint.origin
        due = sorted(marks, key=lambda mark: mark.size)
        while due and due[-1].size > head.size:
            mark = due.pop()
            self._verdict.fault(
                mark.where, f"the log had {mark.size:,} entries and has only {head.size:,} now"
            )
        due = [mark for mark in due if mark.size >= self.tree.size]
        self._follow(head.size, due)
        if self.tree.root() != head.checkpoint.root:
            self._verdict.fault(
                "checkpoint", f"its root is not that of the {head.size:,} entries that are served"
            )

    def _follow(self, size: int, due: list[Mark]) -> None:
        order = reading_order(self.tree.size, size)
        data = self._source.each(reading_order(self.tree.size, size))
        expected: dict[Tile, bytes] = {}
        for tile, given in zip(order, data, strict=True):
            self.tiles += 1
            if tile.level == ENTRIES:
                bundle = tile, given
            elif tile.level == 0:
                expected |= self._grow(bundle, (tile, given), due)
            else:
                if tile.width < WIDTH:
                    expected |= self.tree.partial()
                self._compare(tile, given, expected.pop(tile, b""))
        self._pass(due, [])

    def _grow(
        self,
        bundle: tuple[Tile, bytes | Withheld],
        hashes: tuple[Tile, bytes | Withheld],
        due: list[Mark],
    ) -> dict[Tile, bytes]:
        """Take one bundle in; gives the tiles over it that are full now."""
        tile, given = hashes
        try:
            entries = _entries(*bundle)
            leaves = [leaf_hash(entry) for entry in entries]
        except (BadBundle, Withheld) as error:
            self._verdict.fault(bundle[0].path, error)
            entries, leaves = [], self._instead(tile, given)
        else:
            self._compare(tile, given, b"".join(leaves))
        known = self.tree.size - tile.index * WIDTH
        if known and leaves[:known] != self.tree.edge[0]:
            self._verdict.fault(bundle[0].path, "entries that were seen before are others now")
        self.found.update(leaf for leaf in leaves if leaf in self._sought)
        start = self.tree.size
        self._pass(due, leaves[known:])
        full = self.tree.add(leaves[known:])
        full.pop(tile, None)
        for index, entry in enumerate(entries[known:], start):
            self._read(index, entry)
        return full

    def _read(self, index: int, data: bytes) -> None:
        try:
            entry = parse_entry(data)
        except BadEntry as error:
            self._verdict.fault(f"entry {index}", error)
            return
        opens = entry.type == LOG_OPENED and entry.told.get("origin") == self._origin
        if index == 0 and not opens:
            self._verdict.fault("entry 0", f"it does not open the log {self._origin}")
        self._take(index, entry)

    def _pass(self, due: list[Mark], leaves: Sequence[bytes]) -> None:
        """Compare the roots of older checkpoints that lie within the next leaves."""
        while due and due[0].size <= self.tree.size + len(leaves):
            mark = due.pop(0)
            tree = self.tree.copy()
            if more := leaves[: mark.size - tree.size]:
                tree.add(more)
            if tree.root() != mark.root:
                self._verdict.fault(
                    mark.where,
                    f"the log was rewritten: its first {mark.size:,} entries are not those that"
                    " this checkpoint was signed for",
                )

    def _compare(self, tile: Tile, given: bytes | Withheld, own: bytes) -> None:
        if isinstance(given, Withheld):
            self._verdict.fault(tile.path, given)
        elif given != own:
            self._verdict.fault(tile.path, _difference(tile, given, own))

    def _instead(self, tile: Tile, given: bytes | Withheld) -> list[bytes]:
        """Without its entries a part of the log still has hashes to go on with."""
        try:
            if isinstance(given, Withheld):
                raise given
            return split_tile(given, tile.width)
        except (BadBundle, Withheld) as error:
            self._verdict.fault(tile.path, error)
            raise Broken from error


def _entries(tile: Tile, given: bytes | Withheld) -> list[bytes]:
    if isinstance(given, Withheld):
        raise given
    return decode_bundle(given, tile.width)


def _difference(tile: Tile, given: bytes, own: bytes) -> str:
    if len(given) != len(own):
        return f"has {len(given):,} bytes and not {len(own):,}"
    at = next(at for at in range(0, len(own), 32) if given[at : at + 32] != own[at : at + 32])
    place = tile.index * WIDTH + at // 32
    if tile.level == 0:
        return f"its hash number {at // 32} is not that of entry {place} as it is served"
    first = place << 8 * tile.level
    return f"its hash number {at // 32} is not that of the entries from {first} on"
