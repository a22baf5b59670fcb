"""A backup's file is whole or not there, and says in one line what is wrong with it."""

import io
import json
import stat
import tarfile
from pathlib import Path

import pytest

from hopthu.care.backup import archive
from hopthu.care.backup.archive import Damaged, Exists, NotABackup


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    path = tmp_path / "city.backup"
    with archive.writing(path, {"kind": "city"}) as writer:
        writer.add_bytes("photos/a/b/one.webp", b"light" * 1000)
        writer.add_bytes("record/origin", b"city.example/record\n")
    return path


def test_it_comes_back_as_it_was(backup: Path, tmp_path: Path) -> None:
    about = archive.unpack(backup, tmp_path / "out")

    assert about == {"format": "hopthu backup v1", "kind": "city"}
    assert (tmp_path / "out/photos/a/b/one.webp").read_bytes() == b"light" * 1000
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600


def test_any_tar_opens_it(backup: Path) -> None:
    with tarfile.open(backup) as tar:
        assert tar.getnames() == [
            "backup.json",
            "photos/a/b/one.webp",
            "record/origin",
            "manifest.json",
        ]


def test_one_that_is_there_is_never_written_over(backup: Path) -> None:
    before = backup.read_bytes()
    with pytest.raises(Exists, match="is there already"), archive.writing(backup, {}):
        pass
    assert backup.read_bytes() == before


def test_nothing_is_left_of_one_that_failed(tmp_path: Path) -> None:
    path = tmp_path / "city.backup"
    with pytest.raises(FileNotFoundError), archive.writing(path, {}) as writer:
        writer.add("photos/x", tmp_path / "is not there")
    assert list(tmp_path.iterdir()) == []


def test_every_cut_is_found(backup: Path, tmp_path: Path) -> None:
    whole = backup.read_bytes()
    manifest_ends = whole.rindex(b"}") + 1
    for number, length in enumerate([600, 1536, 2048, 5000, 7000, manifest_ends - 600]):
        cut = tmp_path / f"cut-{number}"
        cut.write_bytes(whole[:length])
        with pytest.raises(Damaged):
            archive.unpack(cut, tmp_path / f"out-{number}")


def test_a_bit_that_turned_is_found_wherever_it_is(backup: Path, tmp_path: Path) -> None:
    whole = backup.read_bytes()
    ends = whole.rindex(b"}") + 1
    for number, place in enumerate(range(0, ends, 97)):
        if whole[place] == 0:
            continue  # padding, which says nothing
        turned = tmp_path / "turned"
        turned.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises((Damaged, NotABackup)):
            archive.unpack(turned, tmp_path / f"out-{number}")


@pytest.mark.parametrize("data", [b"", b"hello", b"\x00" * 20_000, b"PK\x03\x04" * 500])
def test_something_else_is_no_backup(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "other"
    path.write_bytes(data)
    with pytest.raises(NotABackup, match="is no backup of Hopthu"):
        archive.unpack(path, tmp_path / "out")


def test_somebody_elses_tar_is_no_backup(tmp_path: Path) -> None:
    path = tmp_path / "other"
    with tarfile.open(path, "w") as tar:
        tar.add(__file__, arcname="holiday.jpg")
    with pytest.raises(NotABackup):
        archive.unpack(path, tmp_path / "out")


def test_one_of_a_later_version_is_not_guessed_at(tmp_path: Path) -> None:
    path = tmp_path / "later"
    data = json.dumps({"format": "hopthu backup v9"}).encode()
    with tarfile.open(path, "w") as tar:
        info = tarfile.TarInfo("backup.json")
        info.size = len(data)
        tar.addfile(info, io.BytesIO(data))
    with pytest.raises(NotABackup, match="that this version of Hopthu knows"):
        archive.unpack(path, tmp_path / "out")


@pytest.mark.parametrize("name", ["../outside", "/tmp/outside", "photos/../../outside"])
def test_no_name_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    path = tmp_path / "evil"
    with archive.writing(path, {}) as writer:
        writer.add_bytes(name, b"x")
    with pytest.raises(Damaged, match="has no place in a backup"):
        archive.unpack(path, tmp_path / "out")
