"""What was added gets its place in the log, and everybody can read it there."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction

from hopthu.core.merkle import root
from hopthu.core.signed_notes import parse_vkey, verified
from hopthu.core.tiles import tiles_of
from hopthu.record import folder, keys, sequencer, tiling
from hopthu.record.actions import Pending, append, append_many
from hopthu.record.models import Checkpoint, Entry
from tests.makers import MONDAY
from tests.record import reading

pytestmark = pytest.mark.django_db
AROUND_TILES = [1, 2, 255, 256, 257, 300, 511, 65_535, 65_536, 70_001]


def add(*entries: bytes) -> None:
    with transaction.atomic():
        append_many([Pending(entry) for entry in entries])


def partial_tiles(record: Path) -> list[str]:
    return sorted(path.relative_to(record).as_posix() for path in record.glob("tile/**/*.p/*"))


def test_the_first_round_publishes_that_the_log_was_opened(record: Path) -> None:
    assert not (record / "checkpoint").exists()
    assert sequencer.run(MONDAY) == 1
    (opened,) = reading.entries(record)
    assert (record / "vkey").read_text().strip() in opened.decode()


def test_entries_are_published_in_the_order_in_which_they_were_added(record: Path) -> None:
    append(b"one", report="7KQ2M9XD", seq=1)
    append(b"two", report="7KQ2M9XD", seq=2)
    assert sequencer.run(MONDAY) == 3
    append(b"three", report="7KQ2M9XD", seq=3)
    assert sequencer.run(MONDAY) == 1
    assert reading.entries(record)[1:] == [b"one", b"two", b"three"]
    steps = Entry.objects.filter(report="7KQ2M9XD").order_by("seq")
    assert list(steps.values_list("index", flat=True)) == [1, 2, 3]


def test_the_log_is_whole_at_every_size(record: Path) -> None:
    size = 1
    sequencer.run(MONDAY)
    for next_size in AROUND_TILES[1:]:
        add(*[b"entry %d" % index for index in range(size, next_size)])
        while sequencer.run(MONDAY):
            pass
        found, size = reading.entries(record), next_size
        assert all((record / tile.path).exists() for tile in tiles_of(size))
        assert found[1:] == [b"entry %d" % index for index in range(1, size)]


def test_partial_tiles_go_when_they_are_full(record: Path) -> None:
    add(*[b"x"] * 254)
    sequencer.run(MONDAY)
    assert partial_tiles(record) == ["tile/0/000.p/255", "tile/entries/000.p/255"]
    add(b"x")
    sequencer.run(MONDAY)
    assert partial_tiles(record) == ["tile/1/000.p/1"]


def test_a_reader_with_an_earlier_checkpoint_is_served_from_the_full_tile(record: Path) -> None:
    add(*[b"x"] * 99)
    sequencer.run(MONDAY)
    early = reading.published(record)
    add(*[b"y"] * 400)
    sequencer.run(MONDAY)
    assert folder.tree(100)(0, 64) == folder.tree(500)(0, 64)
    assert root(100, folder.tree(100)) == early.root


def test_a_round_with_nothing_to_do_writes_nothing(record: Path) -> None:
    sequencer.run(MONDAY)
    before = {path: path.stat().st_mtime_ns for path in record.rglob("*")}
    assert sequencer.run(MONDAY) == 0
    assert {path: path.stat().st_mtime_ns for path in record.rglob("*")} == before


def test_a_clock_that_jumps_back_changes_nothing(record: Path) -> None:
    sequencer.run(MONDAY)
    add(b"later")
    sequencer.run(MONDAY - timedelta(days=400))
    assert reading.published(record).size == 2


def test_while_the_key_is_changed_both_sign(record: Path) -> None:
    old = keys.log_keys()[0].verifier
    work = record.parent / "keys" / "work"
    (work / "log_key").rename(work / "log_key.old")
    keys.make(work / "log_key")
    keys.tell_verifiers()
    sequencer.run(MONDAY)
    new, also_old = (parse_vkey(line) for line in (record / "vkey").read_text().splitlines())
    note = folder.published()
    assert note
    assert also_old == old
    assert verified(note, [new, old]) == (new, old)


def test_without_a_key_nothing_is_published(record: Path) -> None:
    (record.parent / "keys" / "work" / "log_key").unlink()
    with pytest.raises(keys.NoLogKey):
        sequencer.run(MONDAY)
    assert folder.published() is None


def test_before_init_it_says_what_to_do(record: Path) -> None:
    shutil.rmtree(record)
    with pytest.raises(folder.NotOpened, match="run `hopthu init`"):
        sequencer.run(MONDAY)


def test_lost_tiles_are_made_again(record: Path) -> None:
    add(*[b"x"] * 300)
    sequencer.run(MONDAY)
    shutil.rmtree(record / "tile")
    add(b"y")
    sequencer.run(MONDAY)
    assert len(reading.entries(record)) == 302


def test_a_lost_folder_is_made_again_with_the_same_head(record: Path) -> None:
    add(*[b"x"] * 300)
    sequencer.run(MONDAY)
    before = (record / "checkpoint").read_bytes()
    shutil.rmtree(record)
    keys.open_log(origin="", at=MONDAY)
    sequencer.run(MONDAY)
    assert (record / "checkpoint").read_bytes() == before
    assert len(reading.entries(record)) == 301


def test_the_newest_heads_are_kept(record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sequencer, "KEPT_CHECKPOINTS", 3)
    for _ in range(5):
        add(b"x")
        sequencer.run(MONDAY)
    rows = Checkpoint.objects.order_by("size")
    assert list(rows.values_list("size", flat=True)) == [4, 5, 6]


def test_what_a_killed_round_left_is_swept_away(record: Path) -> None:
    add(*[b"x"] * 300)
    sequencer.run(MONDAY)
    kept = {path for path in record.rglob("*") if path.is_file()}
    (record / "tile/0/000.p").mkdir()
    (record / "tile/0/000.p/7").write_bytes(b"old")
    (record / "tile/0/.001.draft").write_bytes(b"half")
    (record / ".checkpoint.draft").write_bytes(b"half")
    assert tiling.tidy() == 3
    assert {path for path in record.rglob("*") if path.is_file()} == kept
