"""A town whose reports are told as the city tells them: entries, and values with salts."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from hopthu.core.canonical import Json
from hopthu.core.commitments import Opening
from hopthu.core.encoding import encode64
from hopthu.core.entries import ReportStep, city_entry, exact
from hopthu.record.checking.verify import Wanted, verify
from tests.logs import KEY, ORIGIN, Log

FIRST = datetime(2026, 3, 6, 8, 5, tzinfo=UTC)
NOW = datetime(2026, 3, 9, tzinfo=UTC)
LAMP, TREE, SECRET = "7KQ2M9XD", "B3C4D5E6", "SECRET01"


class Told:
    """What the city would tell of a report in `values.ndjson`."""

    def __init__(self) -> None:
        self.seq = 0
        self.openings: dict[str, Opening] = {}
        self.shown: dict[str, Any] = {}

    def line(self, report: str) -> dict[str, Any]:
        values = {
            slot: {"salt": encode64(one.salt), "value": one.value}
            for slot, one in self.openings.items()
        }
        return {"report": report, "seq": self.seq, "shown": self.shown, "values": values}


class Town:
    def __init__(self, folder: Path) -> None:
        self.log = Log(folder)
        self.reports: dict[str, Told] = {}
        self.at = FIRST
        self._salts = 0

    def step(
        self,
        type_: str,
        report: str,
        values: Mapping[str, Json] | None = None,
        *,
        after: timedelta = timedelta(minutes=1),
        private: bool = False,
        status: str = "received",
        told: Mapping[str, Json] | None = None,
        untimed: bool = False,
    ) -> bytes:
        """The next step of a report; its entry is in the log and its values are told."""
        self.at += after
        known = self.reports.setdefault(report, Told())
        known.seq += 1
        fixed = {} if untimed else {f"time.{known.seq}": exact(self.at)}
        openings = {
            slot: Opening(value, self._salt())
            for slot, value in (fixed | dict(values or {})).items()
        }
        known.openings |= openings
        self._show(known, type_, private=private, status=status, told=told or {})
        entry = ReportStep(
            type=type_,
            report=report,
            seq=known.seq,
            at=self.at,
            private=private,
            group="lights",
            category="street-light",
            area="ward-3",
            status=status,
            actor="resident",
            facts=told or {},
            openings=openings,
        ).encode()
        self.log.add(entry)
        return entry

    def _show(
        self, known: Told, type_: str, *, private: bool, status: str, told: Mapping[str, Json]
    ) -> None:
        """What the pages show then, for the few kinds of steps that are taken here."""
        before, facts = known.shown, told.keys() & {"reason", "photo", "outcome"}
        step: dict[str, Json] = {"type": type_, "status": status, "actor": "resident"}
        known.shown = {"status": status, "steps": [*before.get("steps", ()), step]}
        step |= {name: told[name] for name in facts}
        if status in {"withdrawn", "resolved"}:
            now = exact(self.at)[: len("2026-03-06")]
            now = now if private else f"{exact(self.at)[:13]}:00:00Z"
            known.shown["closed"] = before.get("closed", now)
        if status == "resolved":
            known.shown["outcome"] = told.get("outcome", before.get("outcome"))
        if type_ == "hide" or (type_ != "show" and "hidden" in before):
            known.shown["hidden"] = told.get("reason", before.get("hidden"))
        if private:
            known.shown |= {"private": True, "group": "lights"}
        else:
            known.shown |= {"category": "street-light", "area": "ward-3"}
        known.shown = {name: one for name, one in known.shown.items() if one is not None}

    def open(self) -> None:
        self.log.add(city_entry("log.opened", at=FIRST, told={"origin": ORIGIN}))

    def settle(self) -> None:
        self.open()
        self.step("received", LAMP, {"text": "Đèn tắt", "place": {"lat": "10.77", "lon": "106.7"}})
        self.step("received", TREE, {"text": "Cây đổ"})
        self.step("answer", LAMP, {"words.2": "Sẽ thay"}, status="assigned")
        self.step("start", TREE, status="in_progress", after=timedelta(hours=3))

    def fill(self, count: int) -> None:
        """Entries of the city, so that there are tiles to speak of."""
        for number in range(count):
            self.log.add(city_entry("area.changed", at=self.at, told={"code": f"a{number}"}))

    def forget(self, report: str, *slots: str) -> None:
        for slot in slots:
            del self.reports[report].openings[slot]

    def publish(self) -> None:
        self.log.publish()
        self.tell()

    def tell(self) -> None:
        lines = (
            json.dumps(told.line(name), ensure_ascii=False) for name, told in self.reports.items()
        )
        self.write_values("".join(f"{line}\n" for line in lines).encode())

    def write_values(self, data: bytes) -> None:
        (self.log.folder / "values.ndjson").write_bytes(data)

    def keep_checkpoint(self, name: str = "kept") -> Path:
        path = self.log.folder.parent / name
        path.write_bytes((self.log.folder / "checkpoint").read_bytes())
        return path

    def keep(self, data: str | bytes, name: str = "receipt") -> Path:
        path = self.log.folder.parent / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return path

    def proof(self, report: str, **changes: Any) -> dict[str, Any]:
        """`proof.json` of a report, all of whose entries are in the log."""
        own = f'"report":"{report}"'.encode()
        indexes = [at for at, entry in enumerate(self.log.entries) if own in entry]
        return {
            "format": "hopthu proof v1",
            "origin": ORIGIN,
            "vkey": [str(KEY.verifier)],
            "report": report,
            "entries": [str(self.log.receipt(index)) for index in indexes],
            "promises": [],
            "values": self.reports[report].line(report)["values"],
        } | changes

    def _salt(self) -> bytes:
        self._salts += 1
        return self._salts.to_bytes(32)


def check(
    where: Path | str,
    *,
    since: Sequence[Path] = (),
    receipts: Sequence[Path] = (),
    vkeys: Sequence[str] = (),
    witnesses: Sequence[str] = (),
    values: bool = True,
    say: Callable[[str], None] | None = None,
) -> tuple[int, list[str]]:
    """Exit code and what was said that is wrong, or all of it if nothing is."""
    lines: list[str] = []
    wanted = Wanted(str(where), vkeys, witnesses, since, receipts, values)
    status = verify(wanted, NOW, say or lines.append)
    wrong = [line for line in lines if line.startswith(("WRONG", "CANNOT"))]
    return status, [line.removeprefix("WRONG ") for line in wrong] or lines


def wrong(town: Town, **wanted: Any) -> list[str]:
    """What is said to be wrong with a log; that something is, is sure."""
    status, said = check(town.log.folder, **wanted)
    assert status == 1, said
    return said
