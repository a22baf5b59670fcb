"""The log is opened once, under one name, with keys that are never made a second time."""

import shutil
import stat
from pathlib import Path

import pytest

from hopthu.core.entries import parse_entry
from hopthu.core.signed_notes import BadKey, parse_vkey
from hopthu.record import folder, keys
from hopthu.record.models import Entry
from tests.makers import MONDAY

pytestmark = pytest.mark.django_db
ORIGIN = "city.example/record"


def told(record: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in record.iterdir() if path.is_file()}


def test_opening_says_whose_log_it_is(record: Path) -> None:
    files = told(record)
    assert files["origin"] == f"{ORIGIN}\n"
    assert files["vkey"] == f"{keys.log_keys()[0].verifier}\n"
    assert files["promise-vkey"] == f"{keys.promise_key().verifier}\n"
    assert parse_vkey(files["vkey"]).name == ORIGIN
    assert parse_vkey(files["promise-vkey"]).name == f"{ORIGIN}/promise"
    assert [str(one) for one in folder.verifiers()] == [files["vkey"].strip()]
    assert folder.promise_verifier() == keys.promise_key().verifier


def test_the_first_entry_says_so_too(record: Path) -> None:
    entry = parse_entry(bytes(Entry.objects.get().leaf))
    files = told(record)
    assert entry.type == "log.opened"
    assert entry.told["origin"] == ORIGIN
    assert entry.told["vkey"] == files["vkey"].strip()
    assert entry.told["promise_vkey"] == files["promise-vkey"].strip()


def test_the_log_key_is_for_one_user_alone(record: Path) -> None:
    work = record.parent / "keys" / "work"
    assert stat.S_IMODE(work.stat().st_mode) == 0o700
    assert stat.S_IMODE((work / "log_key").stat().st_mode) == 0o600
    assert len((work / "log_key").read_bytes()) == 32


def test_opened_again_it_stays_as_it_is(record: Path) -> None:
    before = told(record)
    keys.open_log(origin="another.example/record", at=MONDAY)
    assert told(record) == before
    assert Entry.objects.count() == 1


def test_another_name_that_is_insisted_on_is_refused(record: Path) -> None:
    with pytest.raises(keys.OriginFixed, match=f"opened as {ORIGIN}, and keeps that name"):
        keys.open_log(origin="another.example/record", at=MONDAY, fixed=True)
    keys.open_log(origin=ORIGIN, at=MONDAY, fixed=True)


def test_a_log_key_that_was_lost_is_not_made_again(record: Path) -> None:
    path = record.parent / "keys" / "work" / "log_key"
    path.unlink()
    with pytest.raises(keys.LogKeyLost, match=f"put it back at {path}"):
        keys.open_log(origin=ORIGIN, at=MONDAY)
    assert not path.exists()


def test_files_that_were_lost_are_written_again(record: Path) -> None:
    before = told(record)
    shutil.rmtree(record)
    keys.open_log(origin="another.example/record", at=MONDAY)
    assert told(record) == before


def test_opening_that_was_cut_short_is_finished(record: Path) -> None:
    """The keys were made, and the process ended before the entry was kept."""
    before = told(record)
    Entry.objects.all().delete()
    keys.open_log(origin=ORIGIN, at=MONDAY)
    assert told(record) == before
    assert Entry.objects.count() == 1


@pytest.mark.parametrize("name", ["", "two words", "a+b", "a\nb"])
def test_a_name_that_is_none_is_refused(record: Path, name: str) -> None:
    Entry.objects.all().delete()
    shutil.rmtree(record)
    with pytest.raises(BadKey):
        keys.open_log(origin=name, at=MONDAY)
    assert not record.exists()
