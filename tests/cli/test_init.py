"""`hopthu init`: keys that nobody else can read, a database, and nothing lost when run again."""

import re
import stat
from pathlib import Path

import pytest

from hopthu.cli.init import KEYS, make_keys
from hopthu.core.sealing import read_identities
from tests.live import Server

pytestmark = pytest.mark.server


def modes(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder.parent).as_posix(): oct(stat.S_IMODE(path.stat().st_mode))
        for path in (folder, *sorted(folder.rglob("*")))
    }


def test_it_makes_keys_and_database(tmp_path: Path) -> None:
    city = Server(tmp_path / "city")
    assert city.hopthu("init").endswith(f"\n\nMade the data folder {tmp_path}/city\n")
    assert modes(city.data / "keys") == {
        "keys": "0o700",
        "keys/web": "0o700",
        "keys/web/follow_code_key": "0o600",
        "keys/web/pepper": "0o600",
        "keys/web/promise_key": "0o600",
        "keys/web/seal_recipient": "0o600",
        "keys/web/secret_key": "0o600",
        "keys/work": "0o700",
        "keys/work/log_key": "0o600",
        "keys/work/seal_key": "0o600",
    }
    assert stat.S_IMODE(city.data.stat().st_mode) == 0o700
    assert (city.data / "hopthu.sqlite3").exists()
    assert (city.data / "record" / "origin").read_text() == "localhost/record\n"


def test_it_opens_the_public_record_under_a_name_for_ever(tmp_path: Path) -> None:
    city = Server(tmp_path / "city")
    city.hopthu("init", "--origin", "mailbox.example/record")
    city.hopthu("init")
    with pytest.raises(AssertionError, match=r"^hopthu: the record was opened as mailbox.example/"):
        city.hopthu("init", "--origin", "another.example/record")
    assert (city.data / "record" / "origin").read_text() == "mailbox.example/record\n"


def test_a_name_that_is_none_is_said_in_one_line(tmp_path: Path) -> None:
    city = Server(tmp_path / "city")
    with pytest.raises(AssertionError, match=r"^hopthu: a key name has neither spaces nor a plus"):
        city.hopthu("init", "--origin", "mail box")


def test_run_again_it_keeps_everything(tmp_path: Path) -> None:
    city = Server(tmp_path / "city")
    city.hopthu("init")
    keys = {key: (city.data / "keys" / "web" / key).read_bytes() for key in KEYS}
    city.do("make_city(); make_officer()")
    assert city.hopthu("init") == f"Ready: the data folder {tmp_path}/city\n"
    assert {key: (city.data / "keys" / "web" / key).read_bytes() for key in KEYS} == keys
    count = "from hopthu.people.models import Staff; print(Staff.objects.count())"
    assert city.do(count) == "1\n"


def test_the_recovery_key_is_told_once_and_kept_nowhere(tmp_path: Path) -> None:
    city = Server(tmp_path / "city")
    (key,) = re.findall(r"AGE-SECRET-KEY-1\w+", city.hopthu("init"))
    recipients = (city.data / "keys" / "web" / "seal_recipient").read_text()
    (identity,) = read_identities(key)
    assert str(identity.to_public()) in recipients
    assert not [path for path in files(city.data) if key.encode() in path.read_bytes()]
    assert "AGE-SECRET-KEY" not in city.hopthu("init")
    assert (city.data / "keys" / "web" / "seal_recipient").read_text() == recipients


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_database_that_does_not_answer_is_said_in_one_line(tmp_path: Path) -> None:
    city = Server(tmp_path / "city", "postgresql://hopthu@127.0.0.1:1/hopthu")
    with pytest.raises(AssertionError, match=r"^hopthu: no use of the database: "):
        city.hopthu("init")


def test_each_key_is_its_own_32_bytes(tmp_path: Path) -> None:
    assert make_keys(tmp_path / "a")
    values = {(tmp_path / "a" / "keys" / "web" / key).read_bytes() for key in KEYS}
    assert {len(value) for value in values} == {32}
    assert len(values) == len(KEYS)


def test_a_missing_key_is_made_and_the_others_stay(tmp_path: Path) -> None:
    make_keys(tmp_path)
    folder = tmp_path / "keys" / "web"
    before = (folder / "pepper").read_bytes()
    (folder / "secret_key").unlink()
    assert make_keys(tmp_path)
    assert not make_keys(tmp_path)
    assert (folder / "pepper").read_bytes() == before
    assert sorted(path.name for path in folder.iterdir()) == sorted(KEYS)
