"""Everything about a log that can be checked from outside, in one go.

Tree, tiles and entries up to the newest checkpoint; older checkpoints and receipts on the way; the
entries of each report together; the values that the city tells. Entries wait for the second pass in
a temporary file, so that memory does not grow with the log.
"""

import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from hopthu.core.signed_notes import BadKey, SignatureType, VerifierKey, parse_vkey
from hopthu.record.checking.heads import (
    BadHead,
    Head,
    Mark,
    cosigners,
    keys_of,
    read_head,
    read_mark,
)
from hopthu.record.checking.histories import standing
from hopthu.record.checking.reading import Absent, Unusable, Withheld
from hopthu.record.checking.receipts import Claims, Reader
from hopthu.record.checking.source import Source, Web, open_source
from hopthu.record.checking.spool import Spool
from hopthu.record.checking.values import PATH, Values
from hopthu.record.checking.verdict import Verdict, printable
from hopthu.record.checking.walk import Broken, Walk

FINE, WRONG, UNUSABLE = 0, 1, 2
"""Exit codes."""
PATIENCE: Final = 3
"""Times that values which are ahead of the log are looked at again, and seconds in between."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to check, beside the log itself."""

    where: str
    vkeys: Sequence[str] = ()
    witnesses: Sequence[str] = ()
    since: Sequence[Path] = ()
    receipts: Sequence[Path] = ()
    values: bool = True


def verify(wanted: Wanted, now: datetime, say: Callable[[str], None]) -> int:
    """Gives the exit code. Raises nothing: an unusable log is a verdict too."""
    try:
        with closing(open_source(wanted.where)) as source, closing(Spool()) as spool:
            return FINE if _Check(wanted, source, spool, now, say).run() else WRONG
    except (Unusable, sqlite3.Error, OSError) as error:
        # The latter two: no room for what has to wait in a temporary file.
        say(f"CANNOT CHECK {printable(str(error))}")
        return UNUSABLE


class _Check:
    def __init__(
        self,
        wanted: Wanted,
        source: Source,
        spool: Spool,
        now: datetime,
        say: Callable[[str], None],
    ) -> None:
        self.wanted, self.source, self.spool, self.now = wanted, source, spool, now
        self.verdict = Verdict(say)
        self.say = self.verdict.say
        self.keys = keys_of(source, wanted.vkeys)
        self.witnesses = _witnesses(wanted.witnesses)

    def run(self) -> bool:
        started = time.monotonic()
        try:
            head = read_head(self.source, self.keys)
        except BadHead as error:
            self.verdict.fault("checkpoint", error)
            return self.verdict.tell()
        self._tell_head(head)
        # What was signed long ago may go by a key that is retired now; the walk compares it anyway.
        known = (*self.keys, *self._retired(head))
        marks = list(self._older(head, known))
        claims = self._claims(head, known)
        walk = Walk(self.source, self.verdict, self.spool.take)
        promised = {promise.leaf for promise in claims.promises}
        try:
            walk.to(head, [*marks, *claims.marks], promised)
        except Broken:
            self.say("Stopped: neither entries nor hashes can be had from there on.")
            return self.verdict.tell()
        claims.settle(walk.found, self.now, self.verdict)
        self._histories()
        seconds = time.monotonic() - started
        self.say(
            f"Read {head.size:,} entries and {walk.tiles:,} tiles and bundles: the tree, the"
            f" entries, and the steps of each report, {self.spool.rows:,} in all ({seconds:.1f} s)"
        )
        self._values(walk)
        return self.verdict.tell()

    def _tell_head(self, head: Head) -> None:
        self.say(f"Log {head.checkpoint.origin}, {head.size:,} entries")
        names = ", ".join(str(key) for key in head.signers)
        own = (
            ""
            if self.wanted.vkeys
            else " (as the log names it: if you have one from elsewhere, give it with --vkey)"
        )
        self.say(f"Signed by {names}{own}")
        seen = cosigners(head, self.witnesses)
        for key in self.witnesses:
            if key in seen:
                self.say(f"Cosigned by {key.name} at {seen[key]}")
            else:
                self.verdict.fault("checkpoint", f"no cosignature of {key.name}")

    def _retired(self, head: Head) -> tuple[VerifierKey, ...]:
        try:
            keys = keys_of(self.source, (), "retired-vkey")
        except Unusable:
            return ()
        return tuple(key for key in keys if key.name == head.checkpoint.origin)

    def _older(self, head: Head, keys: Sequence[VerifierKey]) -> Iterator[Mark]:
        for path in self.wanted.since:
            try:
                mark = read_mark(path, keys, head.checkpoint.origin)
            except BadHead as error:
                self.verdict.brought(f"older checkpoint {path}", error)
            else:
                self.say(f"Older checkpoint {path}, {mark.size:,} entries: compared")
                yield mark

    def _claims(self, head: Head, keys: Sequence[VerifierKey]) -> Claims:
        if not self.wanted.receipts:
            return Claims()
        try:
            promise_keys = keys_of(self.source, (), "promise-vkey")
        except Unusable:
            promise_keys = ()
        reader = Reader(head.checkpoint.origin, keys, promise_keys, self.verdict)
        for path in self.wanted.receipts:
            reader.read(path)
        return reader.claims

    def _histories(self) -> None:
        self.spool.keep_standings(
            standing(rows, self.verdict).row() for rows in self.spool.by_report()
        )

    def _values(self, walk: Walk) -> None:
        started = time.monotonic()
        if not self.wanted.values:
            self.say("Values: not checked, as you asked")
            return
        values = Values(self.spool, self.verdict)
        try:
            values.read(self.source)
            self._wait_for(values, walk)
        except Absent as error:
            if isinstance(self.source, Web):
                self.verdict.fault(PATH, error)
            else:
                self.say(f"Values: not checked, for {PATH} is not in the folder")
            return
        except Withheld as error:
            self.verdict.fault(PATH, error)
            return
        self.say(
            f"Values of {values.reports:,} reports: {values.told:,} are as they were fixed,"
            f" {values.withheld:,} withheld, {values.erased:,} erased"
            f" ({time.monotonic() - started:.1f} s, timed apart)"
        )

    def _wait_for(self, values: Values, walk: Walk) -> None:
        """Steps that were taken after the checkpoint are in the log a moment later."""
        for _ in range(PATIENCE if isinstance(self.source, Web) else 0):
            if not values.unfinished:
                return
            time.sleep(1)
            try:
                head = read_head(self.source, self.keys)
                if head.size < walk.tree.size:
                    raise BadHead(f"the log shrank to {head.size:,} entries meanwhile")
                walk.to(head)
            except (BadHead, Broken) as error:
                self.verdict.fault("checkpoint", error)
                return
            values.again()
        values.fail_unfinished()


def _witnesses(given: Sequence[str]) -> tuple[VerifierKey, ...]:
    try:
        keys = tuple(parse_vkey(text) for text in given)
    except BadKey as error:
        raise Unusable(f"no key of a witness: {error}") from error
    for key in keys:
        if key.type is not SignatureType.COSIGNATURE:
            raise Unusable(f"no key of a witness, but of a log: {key}")
    return keys
