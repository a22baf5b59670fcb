"""`hopthu monitor`: look after look at one log."""

import sqlite3
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from hopthu.cli.main import main
from hopthu.core.canonical import Json
from hopthu.core.entries import KEY_CHANGED, city_entry
from hopthu.core.signed_notes import SigningKey
from hopthu.record.checking.monitor import monitor
from tests import logs
from tests.record.checking.town import LAMP, TREE, Town

Look = Callable[..., tuple[int, str]]


@pytest.fixture
def look(town: Town, tmp_path: Path) -> Look:
    def look(where: str = "", vkeys: tuple[str, ...] = ()) -> tuple[int, str]:
        lines: list[str] = []
        status = monitor(
            where or str(town.log.folder), tmp_path / "state", list(vkeys), lines.append
        )
        assert len(lines) == 1
        return status, lines[0]

    return look


def test_it_reads_what_is_new(town: Town, look: Look) -> None:
    assert look() == (0, "OK city.example/record: 5 entries, 5 of them new")
    assert look() == (0, "OK city.example/record: 5 entries, 0 of them new")
    for count, size in ((1, 6), (249, 255), (1, 256), (1, 257), (300, 557), (66_000, 66_557)):
        town.fill(count)
        town.log.publish()
        assert look() == (0, f"OK city.example/record: {size:,} entries, {count:,} of them new")


def test_it_reads_only_what_is_new(town: Town, look: Look) -> None:
    town.fill(600)
    town.log.publish()
    look()
    town.fill(100)
    town.log.publish()
    for tile in ("tile/0/000", "tile/0/001", "tile/entries/000", "tile/entries/001"):
        (town.log.folder / tile).unlink()
    assert look()[0] == 0


def test_over_http(town: Town, look: Look, served: str) -> None:
    town.fill(600)
    town.log.publish()
    assert look(served) == (0, "OK city.example/record: 605 entries, 605 of them new")


def test_an_entry_rewritten_and_signed_again(town: Town, look: Look) -> None:
    look()
    town.log.entries[1] = town.log.entries[1].replace(b"ward-3", b"ward-4")
    town.fill(1)
    town.log.publish()
    status, said = look()
    assert status == 1
    assert said.startswith("WRONG tile/entries/000.p/6: entries that were seen before are others")
    assert look() == (status, said), "what was wrong is wrong at the next look"


def test_an_entry_rewritten_far_back(town: Town, look: Look) -> None:
    town.fill(600)
    town.log.publish()
    look()
    town.log.entries[1] = town.log.entries[1].replace(b"ward-3", b"ward-4")
    town.fill(1)
    town.log.publish()
    status, said = look()
    assert status == 1
    assert said.startswith("WRONG tile/1/000.p/2: its hash number 0 is not that")


def test_another_tree_of_the_same_size(town: Town, look: Look) -> None:
    look()
    town.log.entries[1] = town.log.entries[1].replace(b"ward-3", b"ward-4")
    town.log.publish()
    assert look()[0] == 1


def test_a_log_that_shrank(town: Town, look: Look) -> None:
    look()
    town.log.entries.pop()
    town.log.publish()
    assert look() == (1, "WRONG checkpoint: the log had 5 entries and has only 4 now")


def test_another_log_in_its_place(town: Town, look: Look) -> None:
    look()
    key = SigningKey("elsewhere.example/record", bytes(32))
    town.log.keys = [key]
    town.log.publish()
    assert look() == (
        1,
        "WRONG checkpoint: no signature of a known key; if the city has told of a new one, --vkey",
    )
    status, said = look(vkeys=(str(key.verifier),))
    assert (status, said) == (
        1,
        "WRONG checkpoint: of another log than before, 'elsewhere.example/record'",
    )


def test_a_key_that_was_changed_with_an_overlap(town: Town, look: Look) -> None:
    look()
    new = SigningKey(logs.ORIGIN, b"n" * 32)
    town.log.keys = [new, logs.KEY]
    town.log.publish()
    assert look()[0] == 0
    assert look(vkeys=(str(new.verifier),))[0] == 0
    town.log.keys = [new]
    town.log.publish()
    assert look()[0] == 0


def tell_of_a_key(town: Town, keys: list[SigningKey], told: dict[str, Json]) -> None:
    """The log says that its key was changed, and these sign."""
    town.log.keys = keys
    town.log.add(city_entry(KEY_CHANGED, at=town.at, told=told))
    town.log.publish()


def test_it_follows_the_log_to_its_new_key(town: Town, look: Look) -> None:
    look()
    new, old = SigningKey(logs.ORIGIN, b"n" * 32), logs.KEY
    vkeys: dict[str, Json] = {"vkey": str(new.verifier), "old_vkey": str(old.verifier)}
    tell_of_a_key(town, [new, old], vkeys)
    assert look()[0] == 0

    tell_of_a_key(town, [new], {"vkey": vkeys["vkey"], "retired": vkeys["old_vkey"]})
    assert look()[0] == 0

    tell_of_a_key(town, [old], {})
    assert look()[0] == 1


def test_it_follows_to_no_key_of_another_name(town: Town, look: Look) -> None:
    look()
    other = SigningKey("elsewhere.example/record", b"n" * 32)
    told: dict[str, Json] = {"vkey": str(other.verifier), "old_vkey": str(logs.KEY.verifier)}
    tell_of_a_key(town, [logs.KEY], told)
    assert look()[0] == 0
    tell_of_a_key(town, [other], {"vkey": "no key at all"})
    assert look()[0] == 1


def test_steps_are_followed_from_look_to_look(town: Town, look: Look) -> None:
    look()
    town.step("start", LAMP)
    town.log.publish()
    assert look()[0] == 0
    town.reports[LAMP].seq += 1
    town.step("ask", LAMP)
    town.log.publish()
    assert look() == (1, f"WRONG report {LAMP}: step 4 is missing before step 5 (entry 6)")


def test_a_time_before_the_last_look(town: Town, look: Look) -> None:
    look()
    town.step("start", TREE, after=-timedelta(days=1), untimed=True)
    town.log.publish()
    status, said = look()
    assert status == 1
    assert said.startswith(f"WRONG report {TREE}, step 3 (entry 5): its time, 2026-03-05T")


def test_nothing_is_kept_of_a_look_that_found_something_wrong(town: Town, look: Look) -> None:
    look()
    right = list(town.log.entries)
    town.step("start", LAMP)
    town.log.add(b"{}")
    town.log.publish()
    assert look() == (1, "WRONG entry 6: not an entry of version 1")
    town.log.entries = right
    town.log.publish()
    assert look() == (0, "OK city.example/record: 5 entries, 0 of them new")


def test_a_log_that_cannot_be_reached(look: Look, tmp_path: Path) -> None:
    assert look("http://127.0.0.1:1/record")[0] == 2
    assert look(str(tmp_path / "nowhere"))[0] == 2


def test_a_state_that_is_damaged(look: Look, tmp_path: Path) -> None:
    look()
    state = tmp_path / "state" / "monitor.sqlite3"
    with sqlite3.connect(state) as database:
        database.execute("UPDATE log SET edge = x'00'")
    database.close()
    status, said = look()
    assert status == 2
    assert said.startswith("CANNOT CHECK the state is damaged")
    state.write_bytes(b"no database at all" * 100)
    status, said = look()
    assert status == 2
    assert "file is not a database" in said


def test_the_command(town: Town, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["monitor", str(town.log.folder), "--state", str(tmp_path / "s")]
    assert main([*words, "--vkey", str(logs.KEY.verifier)]) == 0
    assert capsys.readouterr().out == "OK city.example/record: 5 entries, 5 of them new\n"
