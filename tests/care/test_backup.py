"""A city goes into a file while it is served, comes back out of it, and never signs twice."""

import stat
import tarfile
import threading
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.live import Cities, Server

pytestmark = pytest.mark.server
PATIENCE = 30
PHOTO = """
import io
from PIL import Image
from hopthu.reports.actions.photos import add_upload, publish_photo
file = io.BytesIO()
Image.new("RGB", (40, 30), "red").save(file, "PNG")
"""
ROUND = """
from datetime import datetime, UTC
from hopthu.record import sequencer
sequencer.run(datetime.now(UTC))
"""


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    return tmp_path / "city.backup"


@pytest.fixture
def other(cities: Cities) -> Iterator[Server]:
    """Where there is nothing yet, to restore into."""
    server = cities.empty()
    yield server
    if server.process and server.process.poll() is None:
        server.kill()


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    return tmp_path / "keys.backup"


def save(server: Server, backup: Path, keys: Path) -> Path:
    """Back both up; gives the checkpoint that somebody outside kept then."""
    server.hopthu("backup", str(backup))
    server.hopthu("backup", "--keys", str(keys))
    outside = backup.with_name("checkpoint.txt")
    outside.write_bytes((server.data / "record/checkpoint").read_bytes())
    return outside


def size(server: Server) -> int:
    """Of what is published."""
    checkpoint = server.data / "record/checkpoint"
    return int(checkpoint.read_text().splitlines()[1]) if checkpoint.exists() else 0


def page(server: Server, path: str) -> tuple[int, bytes]:
    connection = HTTPConnection("localhost", server.port, timeout=30)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def test_a_city_comes_back_and_its_record_goes_on(
    server: Server, other: Server, backup: Path, keys: Path
) -> None:
    number = server.do(
        PHOTO
        + """
upload = add_upload(file.getvalue(), at=MONDAY)
report = make_report(text="Ổ gà trước trường học", uploads=(upload.token,))
mai = make_staff("mai", (Role.MODERATOR, None))
publish_photo(report.photos.get(), actor=actor(mai), at=MONDAY)
print(report.number)
"""
    ).strip()
    server.do(ROUND)
    outside = save(server, backup, keys)

    told = other.hopthu("restore", str(backup), "--keys", str(keys))

    assert "The public record is frozen" in told
    assert (
        "FROZEN    it was restored from a backup made at"
        in other.attempt("record", "status").stdout
    )
    other.start()
    status, body = page(other, f"/reports/{number[:4]}-{number[4:]}")
    assert (status, "Ổ gà trước trường học" in body.decode()) == (200, True)
    assert photos(other) == photos(server) != {}
    before = size(other)
    other.do("make_report()")
    time.sleep(1.5)
    assert size(other) == before, "frozen: nothing is numbered"

    assert "The record goes on." in other.hopthu("record", "compare", str(outside))

    end = time.monotonic() + PATIENCE
    while size(other) == before:
        assert time.monotonic() < end, other.output
        time.sleep(0.1)
    other.hopthu("verify", f"{other.url}/record")


SIGNED_IN = """
from django.contrib.sessions.backends.db import SessionStore
from hopthu.people import sign_ins
from hopthu.people.models import Staff
store = SessionStore()
store.create()
sign_ins.begin(store.session_key, Staff.objects.get().pk, began_at=MONDAY, at=MONDAY)
"""
WHO_IS = """
from django.contrib.sessions.models import Session
from hopthu.people.models import SignIn, Staff
print(Staff.objects.count(), Session.objects.count(), SignIn.objects.count())
"""


def test_nobody_is_signed_in_by_a_backup(
    server: Server, other: Server, backup: Path, keys: Path
) -> None:
    server.do(SIGNED_IN)
    assert server.do(WHO_IS).split() == ["1", "1", "1"]
    server.do(ROUND)
    save(server, backup, keys)

    other.hopthu("restore", str(backup), "--keys", str(keys))

    assert other.do(WHO_IS).split() == ["1", "0", "0"]


def photos(server: Server) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (server.data / "photos").rglob("*.webp")}


def test_what_is_received_meanwhile_does_no_harm(
    server: Server, other: Server, backup: Path, keys: Path
) -> None:
    server.start()
    stop = backup.with_name("stop")
    sending = threading.Thread(target=server.do, args=(SEND,), kwargs={"given": str(stop)})
    sending.start()
    try:
        begun = size(server)
        while size(server) < begun + 20:
            time.sleep(0.05)
        outside = save(server, backup, keys)
        assert sending.is_alive(), "the backup was made while reports came in"
    finally:
        stop.touch()
        sending.join()
    other.hopthu("restore", str(backup), "--keys", str(keys))

    published = size(other)
    assert 0 < published <= size_of(outside)
    reports = int(other.do("print(Report.objects.count())"))
    entries = int(other.do(COUNT_ENTRIES))
    assert published <= entries, "what is published is in the database"
    assert 0 < reports < int(server.do("print(Report.objects.count())"))
    own = other.data / "record/checkpoint"
    other.hopthu("record", "compare", str(own))
    other.do(ROUND)
    other.start()
    other.hopthu("verify", f"{other.url}/record")


SEND = """
import pathlib, sys
stop = pathlib.Path(sys.stdin.read())
while not stop.exists(): make_report()
"""
COUNT_ENTRIES = "from hopthu.record.models import Entry; print(Entry.objects.count())"


def size_of(checkpoint: Path) -> int:
    return int(checkpoint.read_text().splitlines()[1])


def test_an_old_backup_never_signs_a_second_head_of_one_size(
    server: Server, other: Server, backup: Path, keys: Path
) -> None:
    server.do("make_report()" + ROUND)
    old = save(server, backup, keys)
    server.do("make_report()" + ROUND)
    other.hopthu(
        "restore", str(backup), "--keys", str(keys), "--record", str(server.data / "record")
    )

    other.do("make_report()" + ROUND)
    assert (other.data / "record/checkpoint").read_bytes() == old.read_bytes()
    for checkpoint in (server.data / "record/checkpoint", old):
        refused = other.attempt("record", "compare", str(checkpoint))
        assert refused.returncode == 1
        assert "entries more than the database has" in refused.stderr
    other.do(ROUND)
    assert (other.data / "record/checkpoint").read_bytes() == old.read_bytes()

    other.hopthu("record", "new-log", "--accept-loss")
    other.do(ROUND)
    other.start()
    other.hopthu("verify", f"{other.url}/record")


def test_without_the_newer_record_the_operator_is_told(
    server: Server, other: Server, backup: Path, keys: Path
) -> None:
    server.do(ROUND)
    save(server, backup, keys)
    told = other.hopthu("restore", str(backup), "--keys", str(keys))
    assert "What was taken away since then is BACK" in told


def test_another_citys_record_is_refused_and_nothing_is_restored(
    server: Server, other: Server, cities: Cities, backup: Path, keys: Path
) -> None:
    server.do("make_report()" + ROUND)
    save(server, backup, keys)
    stranger = cities.empty()
    stranger.settings = {"HOPTHU_HOSTS": "elsewhere.example"}
    stranger.hopthu("init")
    stranger.do(ROUND)

    refused = other.attempt("restore", str(backup), "--record", str(stranger.data / "record"))

    assert refused.returncode == 1
    assert one_line(refused.stderr).startswith("hopthu restore: the record ")
    assert list(other.data.iterdir()) == []
    other.hopthu("restore", str(backup))


def test_a_city_is_never_written_over(
    server: Server, other: Server, backup: Path, keys: Path
) -> None:
    server.do(ROUND)
    save(server, backup, keys)

    refused = server.attempt("restore", str(backup))
    assert "is not empty" in one_line(refused.stderr)
    other.hopthu("restore", str(backup))
    assert "is not empty" in one_line(other.attempt("restore", str(backup)).stderr)


def test_a_damaged_a_cut_and_a_foreign_file_get_one_line(
    server: Server, other: Server, backup: Path, keys: Path
) -> None:
    server.do("make_report()" + ROUND)
    save(server, backup, keys)
    whole = backup.read_bytes()
    broken = {
        "was cut or is damaged": whole[: len(whole) // 2],
        "is damaged": whole.replace("ba đêm".encode(), "hai đê".encode()),
        "is no backup of Hopthu": b"PK" * 5000,
    }
    for why, data in broken.items():
        backup.write_bytes(data)
        refused = other.attempt("restore", str(backup))
        assert refused.returncode == 1
        assert why in one_line(refused.stderr)
    assert "is a backup of the keys" in one_line(other.attempt("restore", str(keys)).stderr)
    assert list(other.data.iterdir()) == []


def one_line(text: str) -> str:
    (line,) = text.splitlines()
    return line


def test_the_keys_are_apart_and_closed_to_others(server: Server, backup: Path, keys: Path) -> None:
    server.do(ROUND)
    server.do("from hopthu.care.openings import working\nworking.open_numbers(MONDAY)")
    assert (server.data / "keys/work/openings.json").exists()
    save(server, backup, keys)
    secrets = {path.name: path.read_bytes() for path in (server.data / "keys/web").iterdir()}
    secrets["log_key"] = (server.data / "keys/work/log_key").read_bytes()

    whole = backup.read_bytes()
    assert [name for name, secret in secrets.items() if secret in whole] == []
    with tarfile.open(keys) as tar:
        names = {Path(name).name for name in tar.getnames()}
    assert secrets.keys() <= names
    assert not {"signed", "openings.json", "openings.lock"} & set(names)
    assert {stat.S_IMODE(path.stat().st_mode) for path in (backup, keys)} == {0o600}


def test_nothing_to_back_up_and_nowhere_to_write(
    server: Server, cities: Cities, backup: Path
) -> None:
    nothing = cities.empty().attempt("backup", str(backup))
    assert "there is nothing to back up" in one_line(nothing.stderr)
    nowhere = server.attempt("backup", str(backup.parent / "no/such/folder/file"))
    assert "No such file or directory" in one_line(nowhere.stderr)
    assert not backup.exists()
