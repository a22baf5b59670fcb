"""The record's entries of a report, and which values must open them: docs/record-format.md again.

Written from the rules and not from the program, so that the tests compare two readings of them.
"""

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hopthu.core.commitments import Opening, commit
from hopthu.core.entries import Entry, parse_entry
from hopthu.record.models import Entry as Row
from hopthu.reports.models import Event, Report

Told = Mapping[str, Mapping[str, Any]]


def entries(report: Report) -> list[Entry]:
    rows = Row.objects.filter(report=report.number).order_by("seq")
    return [parse_entry(bytes(row.leaf)) for row in rows]


def city_entries(kind: str) -> list[Entry]:
    rows = Row.objects.filter(report="").order_by("id")
    parsed = [parse_entry(bytes(row.leaf)) for row in rows]
    return [entry for entry in parsed if entry.type == kind]


def facts(entry: Entry) -> dict[str, Any]:
    """What it tells beside what every entry of a report tells."""
    common = {
        "v", "type", "report", "seq", "status", "actor", "commitments", "time", "private",
        "group", "category", "area",
    }  # fmt: skip
    return {name: one for name, one in entry.told.items() if name not in common}


def slots(entry: Entry, fact: str) -> set[str]:
    named = entry.told[fact]
    assert isinstance(named, list)
    return {str(slot) for slot in named}


@dataclass
class Rule:
    """What follows from the entries of one report, read one after the other."""

    newest: dict[str, bytes] = field(default_factory=dict)
    erased: set[str] = field(default_factory=set)
    kept_back: set[str] = field(default_factory=set)
    hidden: bool = False
    closed_off: bool = False

    def read(self, entry: Entry) -> None:
        for slot, commitment in entry.commitments.items():
            if slot in self.newest:
                assert slot in self.may_replace(entry), (entry.type, slot)
            self.newest[slot] = commitment
            self.erased.discard(slot)
        match entry.type:
            case "erasure":
                self.erased |= slots(entry, "erased")
            case "photo.published" | "photo.replaced":
                self.kept_back.discard(f"photo.{entry.told['photo']}")
            case "photo.withheld":
                self.kept_back.add(f"photo.{entry.told['photo']}")
            case "hide":
                self.hidden = True
            case "show":
                self.hidden = False
        self.closed_off = entry.private or entry.told["status"] == "withdrawn"

    @staticmethod
    def may_replace(entry: Entry) -> set[str]:
        match entry.type:
            case "redact":
                return slots(entry, "replaces")
            case "relocate":
                return {"place"}
            case "recategorise":
                return {"answers", "answers_withheld"}
            case "photo.published" | "photo.replaced":
                return {f"photo.{entry.told['photo']}"}
        return set()

    @property
    def living(self) -> set[str]:
        return self.newest.keys() - self.erased

    @property
    def owed(self) -> set[str]:
        """What everybody must be told."""
        if self.hidden or self.closed_off:
            return set()
        return self.living - self.kept_back - {"answers_withheld"}


def rule_of(report: Report) -> Rule:
    rule = Rule()
    for entry in entries(report):
        rule.read(entry)
    return rule


def assert_open(values: Told, rule: Rule) -> None:
    """Every value opens the newest commitment of its slot."""
    for slot, one in values.items():
        opening = Opening(one["value"], base64.b64decode(one["salt"]))
        assert commit(slot, opening) == rule.newest[slot], slot


def salted(report: Report) -> list[str]:
    """The slots that there is a salt for."""
    return sorted(slot for event in Event.objects.filter(report=report) for slot in event.salts)


def documented(kind: str) -> set[str]:
    """What `docs/record-format.md` says that entries of that type tell, in backticks."""
    page = (Path(__file__).parents[1] / "docs" / "record-format.md").read_text()
    for line in page.splitlines():
        first, *rest = line.removeprefix("| ").split("|")
        if f"`{kind}`" in first.replace(",", "").split():
            return set(re.findall(r"`([^`]+)`", rest[-2]))
    raise LookupError(kind)
