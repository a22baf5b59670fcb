"""`hopthu work`: every job in its turn, and one that fails keeps nobody waiting."""

import logging
import threading
from datetime import datetime, timedelta

import pytest

from hopthu.cli.work import Job, do, jobs, loop, pending_migrations


@pytest.fixture(autouse=True)
def _heard(caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("hopthu").addHandler(caplog.handler)
    caplog.set_level(logging.INFO, "hopthu")


@pytest.mark.django_db(transaction=True)
def test_each_job_is_done_and_logged_in_a_line(caplog: pytest.LogCaptureFixture) -> None:
    stop = threading.Event()

    def count(at: datetime) -> int:
        assert at.tzinfo
        stop.set()
        return 3

    loop((Job("count", timedelta(hours=1), count),), stop)
    (line,) = caplog.messages
    assert line.startswith("count: 3 in ")


@pytest.mark.django_db(transaction=True)
def test_a_job_that_fails_does_not_stop_the_others(caplog: pytest.LogCaptureFixture) -> None:
    stop = threading.Event()
    done = []

    def fail(at: datetime) -> int:
        raise RuntimeError("no disk")

    def succeed(at: datetime) -> int:
        done.append(at)
        if len(done) == 2:
            stop.set()
        return 0

    soon = timedelta(seconds=0.01)
    loop((Job("bad", soon, fail), Job("good", soon, succeed)), stop)
    assert len(done) == 2
    assert "bad: failed" in caplog.messages


@pytest.mark.django_db
def test_the_jobs_of_the_city_run(caplog: pytest.LogCaptureFixture) -> None:
    for job in jobs():
        do(job)
    assert [message.rpartition(" in ")[0] for message in caplog.messages] == ["purge uploads: 0"]


@pytest.mark.django_db
def test_a_migrated_database_lacks_nothing() -> None:
    assert not pending_migrations()
