"""`hopthu record`: what an operator reads, in one line each, and what can be done."""

import functools
import http.server
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django import Settings

from hopthu.cli.main import main
from hopthu.record import folder, sequencer
from hopthu.record.actions import append
from hopthu.record.asking import Configured
from hopthu.record.queries import frozen
from hopthu.record.receipts import receipt
from tests.makers import MONDAY
from tests.record import reading
from tests.record.witness_servers import WitnessServer, running

pytestmark = pytest.mark.django_db


def publish() -> None:
    """A round with something in it."""
    with transaction.atomic():
        append(b"something")
    sequencer.run(MONDAY)


@pytest.fixture
def witness(record: Path, tmp_path: Path, settings: Settings) -> Iterator[WitnessServer]:
    """One that the city has configured."""
    server = WitnessServer(tmp_path / "paper", "paper.example", folder.verifiers())
    with running(server):
        settings.WITNESSES = (Configured(server.verifier, server.url),)
        yield server


@contextmanager
def served(path: Path) -> Iterator[str]:
    """The folder on the web; gives its address."""

    class Handler(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    handler = functools.partial(Handler, directory=str(path))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def run(*words: str) -> int | str | None:
    """The exit status, or the one line that it ends with."""
    try:
        return main(["record", *words])
    except SystemExit as end:
        return end.code


def test_status_tells_how_far_it_is(record: Path, capsys: pytest.CaptureFixture[str]) -> None:
    publish()
    with transaction.atomic():
        append(b"something that waits")

    assert run("status") == 0

    assert capsys.readouterr().out.splitlines() == [
        "log       city.example/record",
        f"key       {folder.verifiers()[0]}",
        "entries   2 published, 1 waiting",
        "signed    2026-11-16 02:00:00 UTC",
        "witness   none: nobody outside vouches for the log",
    ]


def test_status_before_the_first_round(record: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("status") == 0
    assert "entries   0 published, 1 waiting" in capsys.readouterr().out


def test_status_tells_who_vouches(
    record: Path, witness: WitnessServer, capsys: pytest.CaptureFixture[str]
) -> None:
    publish()
    while b"paper.example" not in (record / "checkpoint").read_bytes():
        sequencer.run(MONDAY)
        time.sleep(0.05)

    run("status")

    assert f"witness   paper.example: {datetime.now(UTC):%Y-%m-%d}" in capsys.readouterr().out


def test_status_tells_who_does_not(
    record: Path, witness: WitnessServer, capsys: pytest.CaptureFixture[str]
) -> None:
    witness.kill()
    publish()

    run("status")

    assert (
        "witness   paper.example: has not cosigned the newest checkpoint\n"
        in capsys.readouterr().out
    )


def test_status_tells_that_it_froze(record: Path, capsys: pytest.CaptureFixture[str]) -> None:
    publish()
    sequencer.freeze("it came out of a backup")

    assert run("status") == 1
    assert "FROZEN    it came out of a backup" in capsys.readouterr().out


def test_without_a_log_it_says_so(record: Path) -> None:
    (record / "origin").unlink()
    assert run("status") == (f"hopthu record: no log was opened in {record}: run `hopthu init`")


def test_a_freeze_ends_with_a_checkpoint_from_a_file(
    record: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    publish()
    kept = tmp_path / "kept.txt"
    kept.write_bytes((record / "checkpoint").read_bytes())
    sequencer.freeze("it came out of a backup")

    assert run("compare", str(kept)) == 0

    assert capsys.readouterr().out == (
        "The head of 2 entries is one of this log: nothing was lost or changed.\n"
        "The record goes on.\n"
    )
    assert frozen() == ""


def test_a_freeze_ends_with_a_residents_receipt(record: Path, tmp_path: Path) -> None:
    with transaction.atomic():
        append(b"received", report="7KQ2M9XD", seq=1)
    sequencer.run(MONDAY)
    kept = tmp_path / "receipt.tlog-proof"
    kept.write_text(str(receipt("7KQ2M9XD", 1)))
    sequencer.freeze("it came out of a backup")

    assert run("compare", str(kept)) == 0
    assert frozen() == ""


def test_a_freeze_ends_with_a_checkpoint_from_an_address(record: Path) -> None:
    publish()
    for end in ("", "/", "/checkpoint"):
        sequencer.freeze("it came out of a backup")
        with served(record) as url:
            assert run("compare", url + end) == 0
        assert frozen() == ""


def test_a_freeze_ends_when_the_witnesses_know_of_nothing_newer(
    record: Path, witness: WitnessServer
) -> None:
    publish()
    sequencer.freeze("it came out of a backup")

    assert run("compare", "witnesses") == 0
    assert frozen() == ""


def test_a_witness_that_saw_more_says_so(record: Path, witness: WitnessServer) -> None:
    publish()
    before = (record / "checkpoint").read_bytes()
    publish()
    run("compare", "witnesses")
    (record / "checkpoint").write_bytes(before)
    sequencer.freeze("it came out of a backup")

    assert run("compare", "witnesses") == (
        "hopthu record: the witness paper.example has seen this log with 3 entries, "
        "more than it has"
    )
    assert frozen()


def test_a_witness_that_is_away_says_nothing(record: Path, witness: WitnessServer) -> None:
    publish()
    sequencer.freeze("it came out of a backup")
    witness.kill()

    assert str(run("compare", "witnesses")).startswith("hopthu record: paper.example: Connection")
    assert frozen()


@pytest.mark.parametrize(
    "content", [b"", b"hello\n", b"\xff\xfe\n\n", b"c2sp.org/tlog-proof@v1\nindex 0\n"]
)
def test_what_is_no_checkpoint_is_refused_in_one_line(
    record: Path, tmp_path: Path, content: bytes
) -> None:
    publish()
    kept = tmp_path / "kept.txt"
    for made in (False, True):
        if made:
            kept.write_bytes(content)
        told = run("compare", str(kept))
        assert str(told).startswith(f"hopthu record: no checkpoint in {kept}: ")
        assert "\n" not in str(told)
    told = run("compare", f"http://127.0.0.1:1/{content!r}")
    assert str(told).startswith("hopthu record: no checkpoint in http://127.0.0.1:1/")


def test_the_key_is_changed_and_the_old_one_retired(
    record: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (old,) = folder.verifiers()
    assert run("retire-key") == "hopthu record: the log has one key only"

    assert run("rotate-key") == 0
    assert str(run("rotate-key")).startswith("hopthu record: the key before this one still signs")
    assert str(run("retire-key")).startswith("hopthu record: the new key is not in the published")
    publish()
    assert run("retire-key") == 0

    (new,) = folder.verifiers()
    printed = capsys.readouterr().out
    assert printed.startswith(f"{new}\n")
    assert printed.endswith(f"Signs no more: {old}\n")


def test_a_new_log_needs_the_word_that_accepts_the_loss(
    record: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    publish()
    kept = tmp_path / "kept.txt"
    kept.write_bytes((record / "checkpoint").read_bytes())
    assert run("new-log") == 2
    assert str(run("new-log", "--accept-loss")).endswith("nothing has to be given up")
    sequencer.freeze("it came out of a backup")
    assert str(run("new-log", "--accept-loss", "--origin", "two words")).startswith(
        "hopthu record: a key name"
    )

    assert run("new-log", "--accept-loss", "--last", str(kept)) == 0

    assert "The record goes on as city.example/record/2." in capsys.readouterr().out
    sequencer.run(MONDAY)
    opened = json.loads(reading.entries(record)[0])
    assert (opened["origin"], opened["previous"]["size"]) == ("city.example/record/2", 2)


def test_without_a_data_folder_it_says_so(tmp_path: Path) -> None:
    done = run_apart(tmp_path / "nowhere")

    assert done.returncode == 1
    assert (
        done.stderr
        == f"hopthu: {tmp_path / 'nowhere'} is no data folder yet: run `hopthu init` first\n"
    )


def test_before_the_tables_are_there_it_says_so(tmp_path: Path) -> None:
    init = [sys.executable, "-m", "hopthu.cli.main", "init"]
    environment = {**os.environ, "HOPTHU_DATA": str(tmp_path), "HOPTHU_DATABASE_URL": ""}
    subprocess.run(init, env=environment, check=True, capture_output=True)
    (tmp_path / "hopthu.sqlite3").unlink()

    done = run_apart(tmp_path)

    assert done.stderr == "hopthu: the database is not up to date: run `hopthu init`\n"


def run_apart(data: Path) -> subprocess.CompletedProcess[str]:
    """`hopthu record status` of that folder, in a process of its own."""
    environment = {**os.environ, "HOPTHU_DATA": str(data), "HOPTHU_DATABASE_URL": ""}
    words = [sys.executable, "-m", "hopthu.cli.main", "record", "status"]
    return subprocess.run(words, env=environment, capture_output=True, text=True)
