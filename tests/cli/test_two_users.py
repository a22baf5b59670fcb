"""Web and work as two real users of the system: what the web's user can steal opens no contact."""

import base64
import json
import os
import re
import shutil
import sqlite3
import stat
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from hopthu.core.sealing import Unreadable, open_sealed, read_identities
from hopthu.record import key_files
from tests.live import Server
from tests.outbox.mail_server import Post
from tests.public.wizard import whole
from tests.reliability.visiting import Visitor
from tests.reports.photos.pictures import jpeg
from tests.two_users import Installed, install, system_users

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(os.geteuid() != 0, reason="making two users of the system takes root"),
]
ADDRESS = "sentinel-an@example.vn"
STEAL = """
import base64, json, os, sys
stolen, denied = {}, []
for folder, _, files in os.walk(sys.argv[1], onerror=lambda error: denied.append(error.filename)):
    for name in files:
        path = os.path.join(folder, name)
        try:
            stolen[path] = base64.b64encode(open(path, "rb").read()).decode()
        except OSError:
            denied.append(path)
stolen["environment"] = base64.b64encode(open("/proc/self/environ", "rb").read()).decode()
json.dump([stolen, denied], sys.stdout)
"""
STEP = """
from django.utils import timezone
take(Report.objects.get(), Step.ACCEPT, make_officer(), at=timezone.now())
"""
FORGE = """
from datetime import UTC, datetime, timedelta
from hopthu.people.models import Opening
from tests.care.openings.scene import LONG_AGO, PHONE, Page, give_passkey
from tests.desk.device import Device
an = make_officer()
report = make_report(phone=PHONE, call_me=True)
give_passkey(an, Device(host="localhost", origin="http://localhost"), at=LONG_AGO)
for state in Opening.State:
    Opening.objects.create(
        staff=an, number=report.number, reason="place", words="x", page_key=Page().public,
        host="localhost", asked_at=datetime.now(UTC), state=state, answer={"id": "x"},
    )
"""
OPENINGS = """
from hopthu.people.models import Opening
from hopthu.reports.models import Event
waiting = Opening.objects.filter(state__in=["asked", "answered"]).count()
opened = Opening.objects.exclude(sealed=None).count()
print(waiting, opened, Event.objects.filter(kind="contact.opened").count())
"""
COUNT = "from hopthu.people.models import Contact; print(Contact.objects.count())"
DELETE = """
from hopthu.reports.models import Photo
from hopthu.reports.photos import storage
for photo in Photo.objects.all():
    storage.delete(photo.name)
    print(photo.name)
"""


@pytest.fixture(scope="module")
def program() -> Iterator[tuple[Path, dict[str, str]]]:
    with tempfile.TemporaryDirectory(prefix="hopthu-users-") as folder, system_users() as users:
        room = Path(folder)
        room.chmod(0o755)
        yield install(room), users


@pytest.fixture(scope="module")
def seed(program: tuple[Path, dict[str, str]]) -> Path:
    installed, users = program
    city = Installed(installed, installed.parent / "seed", users)
    told = city.hopthu("init", "--users", f"{users['web']},{users['work']}")
    assert f"key split: {key_files.ON}\n" in told
    city.do("make_city()", by="work")
    return city.data


@pytest.fixture
def city(program: tuple[Path, dict[str, str]], seed: Path) -> Installed:
    """A small city in a data folder of its own."""
    installed, users = program
    room = Path(tempfile.mkdtemp(dir=installed.parent))
    room.chmod(0o755)
    subprocess.run(["cp", "-a", str(seed), str(room / "data")], check=True)
    return Installed(installed, room / "data", users)


def test_with_all_that_web_can_read_stolen_no_contact_opens(city: Installed) -> None:
    with city.running("serve", "--no-work", "--port", str(city.port), by="web") as log:
        report(city, log)
        stolen, denied = json.loads(city.python("-c", STEAL, str(city.data), by="web"))

    files = {Path(path): base64.b64decode(held) for path, held in stolen.items()}
    assert str(city.data / "keys" / "work") in denied
    assert city.data / "keys" / "web" / "secret_key" in files
    assert [path for path, held in files.items() if ADDRESS.encode() in held] == []
    blobs = contacts(files, city.data.parent / "loot")
    assert len(blobs) == 1
    assert [opened for key in found_keys(files) if (opened := opens(blobs, key))] == []
    # The same attempt with what web cannot read: else finding nothing would mean nothing.
    assert opens(blobs, (city.data / "keys" / "work" / "seal_key").read_text()) == [ADDRESS]


def test_a_letter_goes_out_and_its_link_is_understood_by_the_web(city: Installed) -> None:
    with Post() as post:
        city.settings["work"] = mail(city, post)
        with city.running("serve", "--no-work", "--port", str(city.port), by="web") as log:
            report(city, log)
            with city.running("work", by="work"):
                until(lambda: len(post.letters) == 1)
                city.do(STEP, by="web")
                until(lambda: len(post.letters) == 2)
            link = str(post.letters[1]["List-Unsubscribe"]).strip("<>")
            answer = visitor(city).post(urlsplit(link).path, {"List-Unsubscribe": "One-Click"})
            assert answer.status == 200
    assert {to for _, (to,) in post.envelopes} == {ADDRESS}
    assert city.do(COUNT, by="web") == "0\n"
    assert "key split: on" in log.read_text()


def test_what_web_writes_into_the_database_opens_no_telephone_number(city: Installed) -> None:
    # Given somebody who is the web's user forges a passkey of long ago, and rows in every state
    city.do(FORGE, by="web")

    with city.running("work", by="work"):
        until(lambda: city.do(OPENINGS, by="web").startswith("0 "))
        time.sleep(3)

    # Then work refused them all, by a memory that web cannot so much as see
    assert city.do(OPENINGS, by="web") == "0 0 0\n"
    memory = city.data / "keys" / "work" / "openings.json"
    assert (memory.owner(), stat.S_IMODE(memory.stat().st_mode)) == (city.users["work"], 0o600)
    _, denied = json.loads(city.python("-c", STEAL, str(city.data), by="web"))
    assert str(memory.parent) in denied


def test_a_photo_that_web_took_in_is_deleted_by_work(city: Installed) -> None:
    with city.running("serve", "--no-work", "--port", str(city.port), by="web") as log:
        answers(log)
        assert visitor(city).upload("/report/photo", "photo", jpeg()).status == 201
    assert list(city.data.glob("photos/*/*/*.webp"))
    assert city.do(DELETE, by="work")
    assert not list(city.data.glob("photos/*/*/*.webp"))


def test_work_changes_the_key_of_the_record_by_itself(city: Installed) -> None:
    before = (city.data / "record" / "vkey").read_text()
    assert city.hopthu("record", "rotate-key", by="work")
    assert before in (city.data / "record" / "vkey").read_text()


def test_init_after_an_update_keeps_everything_apart(city: Installed) -> None:
    (city.data / "keys" / "web" / "promise_key").unlink()  # as if an update brought a new key
    assert f"key split: {key_files.ON}\n" in city.hopthu("init")
    key = city.data / "keys" / "web" / "promise_key"
    assert (key.owner(), stat.S_IMODE(key.stat().st_mode)) == (city.users["web"], 0o600)
    with city.running("serve", "--no-work", "--port", str(city.port), by="web") as log:
        answers(log)


def test_init_follows_no_link_that_web_has_put_there(city: Installed) -> None:
    secret = city.data.parent / "secret"
    secret.write_text("of root")
    secret.chmod(0o600)
    plant = (
        "import os, sys; os.symlink(sys.argv[1], sys.argv[2] + '/photos/0/0/a.webp');"
        "os.symlink(os.path.dirname(sys.argv[1]), sys.argv[2] + '/photos/0/0/b')"
    )
    city.python("-c", plant, str(secret), str(city.data), by="web")

    city.hopthu("init")

    assert (secret.owner(), stat.S_IMODE(secret.stat().st_mode)) == ("root", 0o600)


def test_each_reads_its_own_keys_and_root_both(city: Installed) -> None:
    with city.running("work", by="work"):
        until(lambda: (city.data / "record" / "checkpoint").exists())
    lines = doctor(city, by="root")
    assert lines["key split"] == f"ok {key_files.ON}"
    assert lines["keys"] == "ok all are there, and closed to others"
    assert "keys/web is another user's" in doctor(city, by="work")["keys"]
    assert "keys/work is another user's" in doctor(city, by="web")["keys"]
    assert doctor(city, by="web")["storage"].startswith("ok")


@pytest.mark.parametrize(
    ("users", "why"),
    [
        ("nobody-here,root", "--users takes two users that exist"),
        ("root,daemon", "neither of them root"),
        ("daemon,bin", "web and work need one group"),
        ("daemon", "--users takes two users that exist"),
    ],
)
def test_users_that_cannot_be_kept_apart_are_refused(server: Server, users: str, why: str) -> None:
    refused = server.attempt("init", "--users", users)
    assert refused.returncode == 1
    assert why in refused.stderr
    assert len(refused.stderr.splitlines()) == 1


def test_a_database_that_lies_with_everything_else_is_refused(
    server: Server, program: tuple[Path, dict[str, str]]
) -> None:
    if server.database_url:
        pytest.skip("PostgreSQL has no file in the data folder")
    users = program[1]
    refused = server.attempt("init", "--users", f"{users['web']},{users['work']}")
    assert f"HOPTHU_DATABASE_URL=sqlite:///{server.data}/database/hopthu.sqlite3" in refused.stderr


def report(city: Installed, log: Path) -> None:
    answers(log)
    done = visitor(city).post("/report/new", whole(email=ADDRESS, seen="1"))
    assert 'id="follow-code"' in done.body


def visitor(city: Installed) -> Visitor:
    return Visitor(Server(city.data, port=city.port), "198.51.100.7")


def mail(city: Installed, post: Post) -> dict[str, str]:
    """The address of the mail server in a file that work alone may read."""
    file = city.data.parent / "smtp_url"
    file.write_text(f"{post.url}\n")
    shutil.chown(file, city.users["work"])
    file.chmod(0o400)
    return {
        "HOPTHU_SMTP_URL_FILE": str(file),
        "HOPTHU_MAIL_FROM": "hopthu@city.example",
        "HOPTHU_ADDRESS": "https://hopthu.city.example",
    }


def contacts(files: dict[Path, bytes], loot: Path) -> list[tuple[str, bytes]]:
    """Number and blob of every contact in the stolen database, its log of writes included."""
    loot.mkdir()
    for path, held in files.items():
        if path.name.startswith("hopthu.sqlite3"):
            (loot / path.name).write_bytes(held)
    with sqlite3.connect(loot / "hopthu.sqlite3") as database:
        return list(database.execute("SELECT number, sealed FROM people_contact"))


def found_keys(files: dict[Path, bytes]) -> set[str]:
    found = (re.findall(rb"AGE-SECRET-KEY-1[0-9A-Z]+", held) for held in files.values())
    return {key.decode() for keys in found for key in keys}


def opens(blobs: list[tuple[str, bytes]], key: str) -> list[str]:
    opened = []
    for number, sealed in blobs:
        try:
            opened.append(open_sealed(sealed, number=number, identities=read_identities(key)).email)
        except Unreadable:
            continue
    return opened


def doctor(city: Installed, *, by: str) -> dict[str, str]:
    """Check → its findings; a run that ends with 1 says them as well."""
    code = "from hopthu.cli.main import main; main(['doctor'])"
    found: dict[str, str] = {}
    for line in city.python("-c", code, by=by).splitlines():
        verdict, name, what = line[:5].strip(), line[6:19].strip(), line[20:]
        found[name] = f"{found[name]}; {what}" if name in found else f"{verdict} {what}"
    return found


def answers(log: Path) -> None:
    until(lambda: "Hopthu answers at" in log.read_text())


def until(holds: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)
