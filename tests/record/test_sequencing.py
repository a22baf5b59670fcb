"""`hopthu work` publishes what comes in, by itself and again and again."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connections, transaction

from hopthu.cli.supervisor import MISCONFIGURED
from hopthu.cli.work import NoRecord, check_record, sequence
from hopthu.record.actions import append
from tests.live import PATIENCE, Server
from tests.record import reading


@contextmanager
def sequencing() -> Iterator[None]:
    stop = threading.Event()

    def run() -> None:
        sequence(stop)
        connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(PATIENCE)


def eventually(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)


def has(record: Path, size: int) -> bool:
    return (record / "checkpoint").exists() and reading.published(record).size == size


@pytest.mark.django_db(transaction=True)
def test_an_entry_is_published_soon_after_it_was_added(record: Path) -> None:
    with sequencing():
        eventually(lambda: has(record, 1))
        started = time.monotonic()
        with transaction.atomic():
            append(b"an entry")
        eventually(lambda: has(record, 2))
        assert time.monotonic() - started < 5  # a second, on a machine with nothing else to do
    assert reading.entries(record)[-1] == b"an entry"


@pytest.mark.django_db(transaction=True)
def test_a_round_that_fails_is_said_and_tried_again(
    record: Path, caplog: pytest.LogCaptureFixture
) -> None:
    logging.getLogger("hopthu").addHandler(caplog.handler)
    origin = (record / "origin").read_text()
    (record / "origin").unlink()
    with sequencing():
        eventually(lambda: "sequencer: failed" in caplog.messages)
        (record / "origin").write_text(origin)
        eventually(lambda: has(record, 1))


def test_without_a_log_key_work_ends_and_says_so(
    record: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    check_record()
    (record.parent / "keys" / "work" / "log_key").unlink()
    with pytest.raises(NoRecord) as ended:
        check_record()
    assert ended.value.code == MISCONFIGURED
    assert capsys.readouterr().err.startswith("hopthu: no key to sign the public record with: ")


def test_before_init_work_says_what_to_do(record: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (record / "origin").unlink()
    with pytest.raises(NoRecord):
        check_record()
    assert capsys.readouterr().err == (
        f"hopthu: no log was opened in {record}: run `hopthu init`\n"
    )


@pytest.mark.server
def test_serve_publishes_the_record(live: Server) -> None:
    record = live.data / "record"
    eventually(lambda: (record / "checkpoint").exists())
    assert b'"type":"log.opened"' in reading.entries(record)[0]
