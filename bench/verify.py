"""How long `hopthu verify` takes: `python -m bench.verify`.

Makes a log with a million entries of 400,000 reports, as the city would write it, once: it stays in
the temporary folder for the next time. Tree and entries are one number, the values another.
"""

import argparse
import json
import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, NamedTuple, TextIO

from hopthu.core.canonical import Json
from hopthu.core.checkpoints import Checkpoint
from hopthu.core.commitments import Opening
from hopthu.core.encoding import encode64
from hopthu.core.entries import ReportStep, city_entry, exact
from hopthu.core.merkle import leaf_hash
from hopthu.core.signed_notes import Note, SigningKey
from hopthu.core.tiles import ENTRIES, WIDTH, Tile, encode_bundle
from hopthu.record.checking.growing import Growing

KEY: Final = SigningKey("bench.example/record", bytes(32))
LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
OPEN_AT_ONCE: Final = 5_000
GOAL_SECONDS, GOAL_MEGABYTES = 60.0, 200.0
DUE: Final = "2025-02-01T08:00:00Z"
TEXT: Final = (
    "Đèn đường trước số nhà này tắt đã ba đêm, ngõ tối, trẻ em đi học về không thấy đường. "
)


class Report:
    def __init__(self, number: str) -> None:
        self.number = number
        self.seq = 0
        self.values: dict[str, Opening] = {}
        self.steps: list[Json] = []


class Measured(NamedTuple):
    seconds: float
    cpu: float
    megabytes: float


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.verify", description=__doc__)
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()))
    arguments = parser.parse_args()
    folder = arguments.folder / f"hopthu-bench-log-{arguments.entries}"
    if not (folder / "checkpoint").exists():
        print(f"Making a log of {arguments.entries:,} entries in {folder} ...", flush=True)
        make(folder, arguments.entries)
    log = measured("verify", str(folder), "--no-values")
    whole = measured("verify", str(folder))
    for name, one in (("Tree and entries", log), ("With the values", whole)):
        print(f"{name}: {one.seconds:.1f} s ({one.cpu:.1f} s CPU), at most {one.megabytes:.0f} MB")
    reached = log.seconds <= GOAL_SECONDS and whole.megabytes <= GOAL_MEGABYTES
    print(f"Goals of {GOAL_SECONDS:.0f} s and {GOAL_MEGABYTES:.0f} MB: ", end="")
    print("reached" if reached else "missed")
    return 0 if reached else 1


def measured(*words: str) -> Measured:
    """A `hopthu` in a process of its own: wall time, CPU and peak RSS."""
    started = time.monotonic()
    command = [sys.executable, "-m", "hopthu.cli.main", *words]
    process = os.posix_spawn(sys.executable, command, dict(os.environ))
    _, status, usage = os.wait4(process, 0)
    if status:
        raise SystemExit(f"hopthu {' '.join(words)} found the log wrong")
    cpu = usage.ru_utime + usage.ru_stime
    return Measured(time.monotonic() - started, cpu, usage.ru_maxrss / 1024)


def make(folder: Path, count: int) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    tree, bundle = Growing(), list[bytes]()
    with (folder / "values.ndjson").open("w") as values:
        for entry in entries(count, values):
            bundle.append(entry)
            if len(bundle) == WIDTH:
                add(folder, tree, bundle)
                bundle.clear()
    if bundle:
        add(folder, tree, bundle)
    for tile, data in tree.partial().items():
        write(folder, tile, data)
    text = str(Checkpoint(KEY.verifier.name, count, tree.root()))
    (folder / "vkey").write_text(f"{KEY.verifier}\n")
    (folder / "checkpoint").write_text(str(Note(text).signed(KEY.sign(text))))


def add(folder: Path, tree: Growing, bundle: list[bytes]) -> None:
    write(folder, Tile(ENTRIES, tree.size // WIDTH, len(bundle)), encode_bundle(bundle))
    for tile, data in tree.add([leaf_hash(entry) for entry in bundle]).items():
        write(folder, tile, data)


def write(folder: Path, tile: Tile, data: bytes) -> None:
    path = folder / tile.path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def entries(count: int, values: TextIO) -> Iterator[bytes]:
    """Two entries in five are new reports, the others steps of one that is open."""
    chance = random.Random(7)  # noqa: S311 - the same log each time
    open_now: list[Report] = []
    at = datetime(2025, 1, 1, tzinfo=UTC)
    yield city_entry("log.opened", at=at, told={"origin": KEY.verifier.name})
    for _ in range(count - 1):
        at += timedelta(seconds=30)
        if not open_now or chance.random() < 0.4:
            number = "".join(chance.choices(LETTERS, k=8))
            if len(open_now) == OPEN_AT_ONCE:
                tell(open_now.pop(chance.randrange(OPEN_AT_ONCE)), values)
            open_now.append(Report(number))
            yield step(open_now[-1], "received", at, chance)
        else:
            yield step(chance.choice(open_now), "answer", at, chance)
    for report in open_now:
        tell(report, values)


def step(report: Report, type_: str, at: datetime, chance: random.Random) -> bytes:
    report.seq += 1
    values: dict[str, Json] = {f"time.{report.seq}": exact(at)}
    if type_ == "received":
        place: Json = {"lat": "10.77691", "lon": "106.70091", "landmark": "ngõ 12"}
        values |= {"text": TEXT * chance.randint(1, 5), "place": place, "answers": {"kind": "off"}}
    else:
        values[f"words.{report.seq}"] = TEXT
    openings = {slot: Opening(one, chance.randbytes(32)) for slot, one in values.items()}
    report.values |= openings
    actor = "resident" if type_ == "received" else "officer"
    report.steps.append({"type": type_, "status": "received", "actor": actor})
    return ReportStep(
        type=type_,
        report=report.number,
        seq=report.seq,
        at=at,
        private=False,
        group="urban",
        category="street-light",
        area="ward-3",
        status="received",
        actor=actor,
        facts={"due": DUE},
        openings=openings,
    ).encode()


def tell(report: Report, values: TextIO) -> None:
    told = {
        slot: {"salt": encode64(one.salt), "value": one.value}
        for slot, one in report.values.items()
    }
    shown = {
        "status": "received",
        "category": "street-light",
        "area": "ward-3",
        "due": DUE,
        "first_due": DUE,
        "steps": report.steps,
    }
    line = {"report": report.number, "seq": report.seq, "shown": shown, "values": told}
    values.write(json.dumps(line, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    sys.exit(main())
