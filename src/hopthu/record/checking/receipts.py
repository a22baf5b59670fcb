"""Receipts and `proof.json`: what somebody holds in hand, checked against the log's keys.

Each was signed with a checkpoint, which the walk along the log then has to pass through. A promise
says by when an entry will be in the log; the walk looks for it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from hopthu.core.checkpoints import decode_hash
from hopthu.core.encoding import decode64
from hopthu.core.entries import BadEntry, Entry, parse_entry
from hopthu.core.merkle import BadProof, leaf_hash
from hopthu.core.signed_notes import BadNote, VerifierKey, parse_note, verified
from hopthu.core.tlog_proofs import BadReceipt, parse_receipt
from hopthu.record.checking.heads import BadHead, Mark, head_of, read_file
from hopthu.record.checking.values import fits, openings
from hopthu.record.checking.verdict import Verdict

FORMAT: Final = "hopthu proof v1"
MAX_FILE: Final = 16 * 1024 * 1024


class BadClaim(ValueError):
    """What is in the file proves nothing; the message says why."""


@dataclass(frozen=True, slots=True)
class Promise:
    leaf: bytes
    until: datetime
    where: str


@dataclass(slots=True)
class Claims:
    """What the log must hold if the receipts are right."""

    marks: list[Mark] = field(default_factory=list)
    promises: list[Promise] = field(default_factory=list)

    def settle(self, found: set[bytes], now: datetime, verdict: Verdict) -> None:
        for promise in self.promises:
            if promise.leaf in found:
                verdict.say(f"{promise.where}: in the log, as promised")
            elif promise.until < now:
                verdict.fault(promise.where, f"promised until {promise.until}, and not in the log")
            else:
                verdict.say(f"{promise.where}: not in the log yet, promised until {promise.until}")


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads receipts of one log. What is wrong with one is a fault, and never an error."""

    origin: str
    keys: Sequence[VerifierKey]
    promise_keys: Sequence[VerifierKey]
    verdict: Verdict
    claims: Claims = field(default_factory=Claims)

    def read(self, path: Path) -> None:
        """Raises `Unusable` if there is no such file."""
        where = f"receipt {path}"
        try:
            data = read_file(path, MAX_FILE)
            if not data.strip():
                raise BadClaim("there is nothing in it")
            if data.lstrip().startswith(b"{"):
                self._proof(data, where)
            else:
                entry = self._receipt(data, where)
                self.verdict.say(f"{where}: {_described(entry)}")
        except (BadClaim, BadHead, BadProof, BadReceipt, BadEntry) as error:
            self.verdict.brought(where, error)

    def _receipt(self, text: str | bytes, where: str) -> Entry:
        receipt = parse_receipt(text)
        head = head_of(receipt.note, self.keys, self.origin)
        receipt.check()
        self.claims.marks.append(Mark(head.size, head.checkpoint.root, where))
        return parse_entry(receipt.entry)

    def _proof(self, data: bytes, where: str) -> None:
        told = _object(data)
        if told.get("format") != FORMAT:
            raise BadClaim(f"its format is not {FORMAT!r}")
        if told.get("origin") != self.origin:
            raise BadClaim(f"of another log, {told.get('origin')!r:.200}, and not {self.origin!r}")
        entries = [self._receipt(text, where) for text in _texts(told, "entries")]
        entries += self._promised(told, where)
        if not entries:
            raise BadClaim("it proves no entry")
        for entry in entries:
            if entry.report is None or entry.report != told.get("report"):
                raise BadClaim(f"an entry of another report, {entry.report}")
        count, wrong = self._values(told, entries)
        self.verdict.say(
            f"{where}: report {entries[0].report}, {_counted(len(entries), 'entry', 'entries')},"
            f" {_counted(count, 'value', 'values')}{f', {len(wrong)} of them wrong' * bool(wrong)}"
        )
        for fault in wrong:
            self.verdict.brought(where, fault)

    def _promised(self, told: Mapping[str, Any], where: str) -> list[Entry]:
        promises = {
            promise.leaf: promise for promise in map(self._promise, _texts(told, "promises"))
        }
        entries = []
        for text in _texts(told, "pending"):
            try:
                data = decode64(text)
            except ValueError as error:
                raise BadClaim(f"a pending entry: {error}") from error
            if leaf_hash(data) not in promises:
                raise BadClaim("a pending entry that nobody promised")
            entries.append(parse_entry(data))
        self.claims.promises.extend(
            Promise(one.leaf, one.until, f"{where}, a promised entry") for one in promises.values()
        )
        return entries

    def _promise(self, text: str) -> Promise:
        try:
            note = parse_note(text)
            if not self.promise_keys:
                raise BadClaim("a promise, and the log has no promise-vkey to check it with")
            verified(note, self.promise_keys)
            name, leaf, until, rest = note.text.split("\n")
            if name != f"{self.origin}/promise" or rest:
                raise BadClaim(f"a promise of another log, {name!r:.200}")
            by = datetime.fromisoformat(until)
            if by.tzinfo is None:
                raise BadClaim("a promise without a time zone")
            return Promise(decode_hash(leaf), by, "")
        except BadClaim:
            raise
        except (BadNote, ValueError) as error:
            raise BadClaim(f"a promise: {error}") from error

    def _values(self, told: Mapping[str, Any], entries: Sequence[Entry]) -> tuple[int, list[str]]:
        """How many there are; which are not what the newest of these entries fixed."""
        wrong = []
        newest = {
            slot: digest
            for entry in sorted(entries, key=lambda entry: entry.seq)
            for slot, digest in entry.commitments.items()
        }
        try:
            values = openings(told.get("values", {}))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise BadClaim("its values are no values with salts") from error
        for slot, opening in values.items():
            if slot not in newest:
                wrong.append(f"{slot} was never sealed: no entry of the file fixes it")
            elif not fits(slot, opening, newest[slot]):
                wrong.append(f"{slot} is not what was said: its entry fixed something else")
        return len(values), wrong


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def _described(entry: Entry) -> str:
    of = f"report {entry.report}, step {entry.seq}, " if entry.report else ""
    return f"{of}{entry.type}, {entry.time}"


def _object(data: bytes) -> dict[str, Any]:
    try:
        told = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise BadClaim("neither a receipt nor JSON; cut short, perhaps") from error
    if not isinstance(told, dict):
        raise BadClaim("neither a receipt nor a proof")
    return told


def _texts(told: Mapping[str, Any], name: str) -> list[str]:
    given = told.get(name, [])
    if not (isinstance(given, list) and all(isinstance(one, str) for one in given)):
        raise BadClaim(f"its {name} are no list of texts")
    return given
