"""Entries of the public record: what each kind says in the clear, and what it only commits to.

`docs/record-format.md` gives the bytes with test vectors. An entry is RFC 8785 JSON and holds no
free text and no exact place; of a private report it tells the group, the date and no place at all.

BadEntry       bytes that are no entry; the message says why
EntryTooLong   an entry that no bundle can hold
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final

from hopthu.core.canonical import Json, NotCanonical, canonical, parse_canonical
from hopthu.core.commitments import Opening, commitments
from hopthu.core.encoding import decode64
from hopthu.core.tiles import MAX_ENTRY

VERSION: Final = 1
LOG_OPENED: Final = "log.opened"
KEY_CHANGED: Final = "key.changed"
ERASURE: Final = "erasure"
CITY_TYPES: Final = frozenset(
    {
        LOG_OPENED,
        KEY_CHANGED,
        "city.changed",
        "area.changed",
        "body.changed",
        "group.changed",
        "category.changed",
        "rule.changed",
        "calendar.changed",
        "staff.changed",
    }
)
"""Entries about the city and not about one report."""
FACTS: Final = frozenset(
    {
        "body",
        "concerned",
        "count",
        "date",
        "due",
        "erased",
        "into",
        "issuer",
        "judged",
        "order",
        "ordered",
        "outcome",
        "photo",
        "photos",
        "reason",
        "replaces",
        "review",
    }
)
"""What a step may tell in the clear: codes, dates and numbers."""
PRIVATE_FACTS: Final = FACTS - {"body", "concerned", "due", "into"}
"""Of those, what a private report's step may tell too: nothing that says where or of what kind.

Each kind has promises of its own, in the record for all to read: the end of one names the kind.
"""
_TYPE: Final = re.compile(r"[a-z_]+(\.[a-z]+)?")
_NUMBER: Final = re.compile(r"[0-9A-HJKMNP-TV-Z]{8}")
_SLOT: Final = re.compile(r"[a-z0-9_.]{1,80}")
_HOUR: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):00:00Z")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class BadEntry(ValueError):
    """The bytes are no entry of the record."""


class EntryTooLong(ValueError):
    """The entry has more bytes than its bundle can hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportStep:
    """A step of a report, as the record tells it."""

    type: str
    report: str
    seq: int
    at: datetime
    private: bool
    group: str
    category: str
    area: str | None
    status: str
    actor: str
    """A role, never a person."""
    facts: Mapping[str, Json] = field(default_factory=dict)
    openings: Mapping[str, Opening] = field(default_factory=dict)

    def encode(self) -> bytes:
        """The entry. Raises `EntryTooLong`."""
        told: dict[str, Json] = {
            "v": VERSION,
            "type": self.type,
            "report": self.report,
            "seq": self.seq,
            "status": self.status,
            "actor": self.actor,
            "commitments": commitments(self.openings),
        }
        unknown = set(self.facts) - FACTS
        if unknown:
            raise ValueError(f"no fact for everybody: {sorted(unknown)}")
        if self.private:
            told |= {"private": True, "group": self.group, "time": day(self.at)}
            told |= {name: self.facts[name] for name in self.facts if name in PRIVATE_FACTS}
        else:
            told |= {"category": self.category, "time": hour(self.at), **self.facts}
            if self.area is not None:
                told["area"] = self.area
        return fitting(canonical(told))


def city_entry(
    type_: str,
    *,
    at: datetime,
    told: Mapping[str, Json],
    openings: Mapping[str, Opening] = {},
) -> bytes:
    """An entry about the city as it is set up. Raises `EntryTooLong`."""
    if type_ not in CITY_TYPES:
        raise ValueError(f"no entry of a city: {type_}")
    entry: dict[str, Json] = {"v": VERSION, "type": type_, "time": hour(at), **told}
    if openings:
        entry["commitments"] = commitments(openings)
    return fitting(canonical(entry))


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as it was read back."""

    type: str
    time: str
    """To the hour; to the day of a private report."""
    report: str | None
    seq: int
    """Of the report; 0 for an entry about the city."""
    private: bool
    commitments: Mapping[str, bytes]
    told: Mapping[str, Json]
    """Everything in the entry, as JSON."""


def parse_entry(data: bytes) -> Entry:
    """Raises `BadEntry`. Types that are not known yet pass: a log outlives the program."""
    try:
        told = parse_canonical(data)
    except NotCanonical as error:
        raise BadEntry(str(error)) from error
    if not isinstance(told, dict) or not _is_version(told.get("v")):
        raise BadEntry(f"not an entry of version {VERSION}")
    type_, time, private = told.get("type"), told.get("time"), told.get("private", False)
    if not (isinstance(type_, str) and _TYPE.fullmatch(type_)):
        raise BadEntry("an entry without a type")
    if not isinstance(private, bool) or ("private" in told) is not private:
        raise BadEntry("an entry where `private` is something else than true")
    if not (isinstance(time, str) and _is_time(time, private=private)):
        raise BadEntry("an entry without a time, or with one that is not as exact as it should be")
    report, seq = told.get("report"), told.get("seq", 0)
    if report is not None and not (isinstance(report, str) and _NUMBER.fullmatch(report)):
        raise BadEntry("an entry with a report number that is none")
    if not isinstance(seq, int) or isinstance(seq, bool) or (seq < 1) is not (report is None):
        raise BadEntry("an entry whose sequence number does not fit")
    return Entry(type_, time, report, seq, private, _commitments(told), told)


def fitting(entry: bytes) -> bytes:
    """The entry, which has room in a bundle. Raises `EntryTooLong`."""
    if len(entry) > MAX_ENTRY:
        raise EntryTooLong(f"an entry of {len(entry)} bytes; {MAX_ENTRY} have room")
    return entry


def hour(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:00:00Z")


def day(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%d")


def exact(at: datetime) -> str:
    """A time as the value of a slot `time.<seq>`: UTC, to the microsecond."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _is_version(told: Json) -> bool:
    return told == VERSION and not isinstance(told, bool)


def _is_time(text: str, *, private: bool) -> bool:
    """To the day in a private entry, to the hour in any other."""
    if not (_DAY if private else _HOUR).fullmatch(text):
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=4096)
def _is_slot(name: str) -> bool:
    return _SLOT.fullmatch(name) is not None


def _commitments(told: Mapping[str, Json]) -> dict[str, bytes]:
    given = told.get("commitments", {})
    if not isinstance(given, dict):
        raise BadEntry("commitments that are no object")
    result = {}
    for slot, text in given.items():
        if not _is_slot(slot):
            raise BadEntry(f"a commitment to {slot!r:.60}, which is the name of no value")
        try:
            result[slot] = decode64(text if isinstance(text, str) else "")
        except ValueError as error:
            raise BadEntry(f"the commitment to {slot:.60} is not base64") from error
        if len(result[slot]) != 32:
            raise BadEntry(f"the commitment to {slot:.60} is not 32 bytes long")
    return result
