"""`hopthu verify`: a log that is right; and its tree, tiles and checkpoints when they are not."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from hopthu.cli.main import main
from hopthu.core.encoding import encode64
from hopthu.core.signed_notes import Note, SigningKey
from tests import logs
from tests.record.checking.town import LAMP, Town, check, wrong


def republish(town: Town) -> None:
    """Anew, values as they were: the city changed its log and signed it with its own key."""
    town.log.publish()


def test_a_log_that_is_right(town: Town) -> None:
    town.fill(600)
    town.publish()
    status, said = check(town.log.folder)
    assert status == 0
    assert said[0] == "Log city.example/record, 605 entries"
    assert said[1].startswith(f"Signed by {logs.KEY.verifier} (as the log names it")
    assert said[2].startswith("Read 605 entries and 7 tiles and bundles: ")
    assert "the steps of each report, 4 in all" in said[2]
    assert said[3].startswith("Values of 2 reports: 8 are as they were fixed, 0 withheld, 0 erased")
    assert said[4:] == ["OK nothing is wrong"]


def test_the_same_over_http(served: str, town: Town) -> None:
    town.fill(600)
    town.publish()
    status, said = check(served)
    assert (status, said[-1]) == (0, "OK nothing is wrong")


@pytest.mark.parametrize("size", [0, 1, 2, 255, 256, 257, 65_536 + 1])
def test_logs_of_every_shape(tmp_path: Path, size: int) -> None:
    town = Town(tmp_path)
    if size:
        town.open()
        town.fill(size - 1)
    town.publish()
    assert check(tmp_path)[0] == 0


def test_a_key_that_is_known_from_elsewhere(town: Town) -> None:
    status, said = check(town.log.folder, vkeys=[str(logs.KEY.verifier)])
    assert status == 0
    assert said[1] == f"Signed by {logs.KEY.verifier}"
    other = SigningKey(logs.ORIGIN, b"o" * 32)
    assert wrong(town, vkeys=[str(other.verifier)]) == ["checkpoint: no signature of a known key"]


def test_witnesses_must_have_cosigned_if_they_are_named(town: Town) -> None:
    names = [str(one.verifier) for one in logs.WITNESSES]
    assert wrong(town, witnesses=names) == [
        "checkpoint: no cosignature of paper.example/witness",
        "checkpoint: no cosignature of university.example/witness",
    ]
    town.log.witnesses = logs.WITNESSES
    town.publish()
    status, said = check(town.log.folder, witnesses=names)
    assert status == 0
    assert "Cosigned by paper.example/witness at 2026-03-06T08:40:00+00:00" in said


@pytest.mark.parametrize(
    ("path", "at", "says"),
    [
        ("tile/0/000", 32 * 7, "tile/0/000: its hash number 7 is not that of entry 7 as it is"),
        ("tile/0/001", 8191, "tile/0/001: its hash number 255 is not that of entry 511 as it is"),
        ("tile/1/000.p/2", 33, "tile/1/000.p/2: its hash number 1 is not that of the entries from"),
        ("tile/0/002.p/93", 0, "tile/0/002.p/93: its hash number 0 is not that of entry 512"),
    ],
)
def test_one_byte_of_a_tile_changed(town: Town, path: str, at: int, says: str) -> None:
    town.fill(600)
    town.publish()
    logs.spoil(town.log.folder / path, at=at)
    (said,) = wrong(town)
    assert said.startswith(says)


def test_one_byte_of_an_entry_changed(town: Town) -> None:
    bundle = town.log.folder / "tile/entries/000.p/5"
    data = bundle.read_bytes()
    bundle.write_bytes(data.replace(b"street-light", b"street-fight", 1))
    assert wrong(town) == [
        "tile/0/000.p/5: its hash number 1 is not that of entry 1 as it is served",
        "checkpoint: its root is not that of the 5 entries that are served",
    ]


def test_a_root_that_is_not_that_of_the_entries(town: Town) -> None:
    note = town.log.note()
    text = note.text.replace(note.text.split("\n")[2], encode64(b"x" * 32))
    (town.log.folder / "checkpoint").write_text(str(Note(text).signed(logs.KEY.sign(text))))
    assert wrong(town) == ["checkpoint: its root is not that of the 5 entries that are served"]


def test_an_entry_rewritten_and_signed_again_is_caught_by_whoever_kept_a_checkpoint(
    town: Town,
) -> None:
    kept = town.keep_checkpoint()
    town.log.entries[2] = town.log.entries[2].replace(b"ward-3", b"ward-4")
    town.step("start", LAMP, status="in_progress")
    town.publish()
    assert check(town.log.folder)[0] == 0
    (said,) = wrong(town, since=[kept])
    assert said.startswith(f"{kept}: the log was rewritten: its first 5 entries are not those")


def test_every_checkpoint_of_a_log_that_only_grew_is_one_of_its_past(town: Town) -> None:
    kept = [town.keep_checkpoint("first")]
    for count in (1, 249, 1, 1, 300):
        town.fill(count)
        town.publish()
        kept.append(town.keep_checkpoint(f"after {count}"))
    assert check(town.log.folder, since=kept)[0] == 0


def test_an_entry_removed(town: Town) -> None:
    kept = town.keep_checkpoint()
    del town.log.entries[3]
    republish(town)
    assert wrong(town, since=[kept]) == [
        f"{kept}: the log had 5 entries and has only 4 now",
        f"report {LAMP}: values.ndjson tells of step 2, the log does not",
    ]


def test_an_entry_removed_from_the_middle_of_a_report(town: Town) -> None:
    town.step("start", LAMP, status="in_progress")
    del town.log.entries[3]
    town.publish()
    assert wrong(town)[0] == f"report {LAMP}: step 2 is missing before step 3 (entry 4)"


@pytest.mark.parametrize("path", ["tile/0/000.p/5", "tile/entries/000.p/5"])
def test_a_file_that_is_not_there(town: Town, path: str) -> None:
    (town.log.folder / path).unlink()
    assert wrong(town)[0] == f"{path}: is not there"


def test_neither_entries_nor_hashes(town: Town) -> None:
    shutil.rmtree(town.log.folder / "tile")
    assert wrong(town) == [
        "tile/entries/000.p/5: is not there",
        "tile/0/000.p/5: is not there",
    ]


def test_a_full_tile_serves_for_a_partial_one_that_is_gone(town: Town) -> None:
    old = (town.log.folder / "checkpoint").read_bytes()
    town.fill(300)
    town.log.publish()
    (town.log.folder / "checkpoint").write_bytes(old)
    assert not (town.log.folder / "tile/0/000.p").exists()
    assert check(town.log.folder)[0] == 0


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "cut short within entry 0 of 5"),
        (b"\0", "cut short within entry 0 of 5"),
        (b"\xff\xff", "cut short within entry 0 of 5"),
        (b"\0" * 10 + b"more", "4 bytes after the last of 5 entries"),
    ],
)
def test_a_bundle_that_is_none(town: Town, data: bytes, says: str) -> None:
    (town.log.folder / "tile/entries/000.p/5").write_bytes(data)
    assert wrong(town)[0] == f"tile/entries/000.p/5: {says}"


@pytest.mark.parametrize("data", [b"", b"x", bytes(32 * 5 - 1), bytes(8193)])
def test_a_tile_of_another_length(town: Town, data: bytes) -> None:
    (town.log.folder / "tile/0/000.p/5").write_bytes(data)
    assert wrong(town)[0].startswith("tile/0/000.p/5: ")


@pytest.mark.parametrize("entry", [b"", b"{}", b"\xff", b"[" * 5000, b'{"v":1}', b'{"v":1.0}'])
def test_an_entry_that_is_none(town: Town, entry: bytes) -> None:
    town.log.add(entry)
    town.publish()
    assert wrong(town)[0].startswith("entry 5: ")


def test_twenty_faults_are_told_and_the_others_counted(town: Town) -> None:
    town.log.add(*[b"{}"] * 50)
    town.publish()
    said = wrong(town)
    assert len(said) == 21
    assert said[-1] == "… and 30 more"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no signature lines"),
        ("city.example/record\n", "no signature lines"),
        ("a\x1b[31m\n1\nb\n\n— a AAAAAAA=\n", "control characters"),
        (str(Note("x\n").signed(logs.KEY.sign("x\n"))), "three lines or more"),
        (str(Note("x\n01\ny\n").signed(logs.KEY.sign("x\n01\ny\n"))), "not a size: '01'"),
        ("a" * 70_000, "is longer than 65,536 bytes"),
    ],
)
def test_a_checkpoint_that_is_none(town: Town, text: str, says: str) -> None:
    (town.log.folder / "checkpoint").write_text(text)
    (said,) = wrong(town)
    assert said.startswith("checkpoint")
    assert says in said


def test_a_checkpoint_in_crlf(town: Town) -> None:
    checkpoint = town.log.folder / "checkpoint"
    checkpoint.write_bytes(checkpoint.read_bytes().replace(b"\n", b"\r\n"))
    assert "CRLF" in wrong(town)[0]


def test_the_checkpoint_of_another_log_under_the_same_key(town: Town) -> None:
    text = town.log.note().text.replace(logs.ORIGIN, "elsewhere.example/record")
    (town.log.folder / "checkpoint").write_text(str(Note(text).signed(logs.KEY.sign(text))))
    assert "of another log, 'elsewhere.example/record'" in wrong(town)[0]


def test_an_older_checkpoint_of_another_log_or_of_none(town: Town, tmp_path: Path) -> None:
    other = SigningKey("elsewhere.example/record", bytes(32))
    elsewhere = logs.Log(tmp_path / "elsewhere", keys=[other])
    elsewhere.add(*town.log.entries)
    elsewhere.publish()
    empty = town.keep("")
    said = wrong(town, since=[tmp_path / "elsewhere/checkpoint", empty])
    assert "of another log, 'elsewhere.example/record'" in said[0]
    assert said[1].endswith("no signature lines after a blank line")


def test_the_command(town: Town, capsys: pytest.CaptureFixture[str]) -> None:
    kept = town.keep_checkpoint()
    receipt = town.keep(str(town.log.receipt(1)))
    where = str(town.log.folder)
    words = ["--since", str(kept), "--receipt", str(receipt), "--vkey", str(logs.KEY.verifier)]
    assert main(["verify", where, *words]) == 0
    assert capsys.readouterr().out.endswith("OK nothing is wrong\n")
    logs.spoil(town.log.folder / "tile/0/000.p/5")
    assert main(["verify", where, "--no-values"]) == 1
    assert "WRONG tile/0/000.p/5" in capsys.readouterr().out
    assert main(["verify", f"{where}/nowhere"]) == 2
    assert capsys.readouterr().out == f"CANNOT CHECK {where}/nowhere is no folder\n"


def test_a_log_begins_with_its_opening(town: Town) -> None:
    town.log.entries[0] = town.log.entries[0].replace(b"city.example", b"else.example")
    town.publish()
    assert wrong(town) == ["entry 0: it does not open the log city.example/record"]


def test_an_older_checkpoint_may_go_by_a_key_that_is_retired(town: Town) -> None:
    kept = town.keep_checkpoint()
    receipt = town.keep(str(town.log.receipt(1)))
    town.log.keys = [SigningKey(logs.ORIGIN, b"n" * 32)]
    town.fill(1)
    town.publish()
    said = wrong(town, since=[kept], receipts=[receipt])
    assert said == [
        f"older checkpoint {kept}: no signature of a known key",
        f"receipt {receipt}: no signature of a known key",
    ]
    (town.log.folder / "retired-vkey").write_text(f"{logs.KEY.verifier}\n")
    assert check(town.log.folder, since=[kept], receipts=[receipt])[0] == 0


def test_the_checkpoint_itself_goes_by_no_retired_key(town: Town) -> None:
    (town.log.folder / "retired-vkey").write_text(f"{logs.KEY.verifier}\n")
    new = SigningKey(logs.ORIGIN, b"n" * 32)
    (town.log.folder / "vkey").write_text(f"{new.verifier}\n")
    assert wrong(town) == ["checkpoint: no signature of a known key"]


def test_a_terminal_without_these_letters_is_told_all_the_same(town: Town) -> None:
    town.log.add(*[b"{}"] * 31)
    town.publish()
    run = subprocess.run(
        [sys.executable, "-m", "hopthu.cli.main", "verify", str(town.log.folder)],
        capture_output=True,
        env={"PYTHONIOENCODING": "ascii"},
        check=False,
    )
    assert (run.returncode, run.stderr) == (1, b"")
    assert run.stdout.endswith(b"WRONG ? and 11 more\n")


def test_the_key_of_the_log_is_no_witness(town: Town) -> None:
    status, (said,) = check(town.log.folder, witnesses=[str(logs.KEY.verifier)])
    assert status == 2
    assert said == f"CANNOT CHECK no key of a witness, but of a log: {logs.KEY.verifier}"


def test_an_address_where_no_record_is(town: Town, served: str, tmp_path: Path) -> None:
    for where in [f"{served}/elsewhere", str(tmp_path.parent)]:
        status, (said,) = check(where)
        assert status == 2
        assert said.startswith("CANNOT CHECK no public record there: vkey is not there")
    assert check("city.example/record")[1] == [
        "CANNOT CHECK city.example/record is no folder; an address begins with https://"
    ]


def test_it_tells_the_log_from_the_files_that_were_brought(town: Town) -> None:
    said: list[str] = []
    apart = "The log itself is right: only what you brought to it is not"
    broken = town.keep(str(town.log.receipt(1))[:-9])

    assert check(town.log.folder, receipts=[broken], say=said.append)[0] == 1
    assert said[-1] == apart

    logs.spoil(town.log.folder / "tile/0/000.p/5")
    assert check(town.log.folder, receipts=[broken], say=said.append)[0] == 1
    assert said[-1] != apart
