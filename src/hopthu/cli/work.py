"""`hopthu work`: what has to be done though nobody asks for it, again and again."""

import argparse
import logging
import signal
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import django
from django.db import close_old_connections, connection
from django.db.migrations.executor import MigrationExecutor

from hopthu.cli.process import die_with_parent
from hopthu.cli.supervisor import MISCONFIGURED

logger = logging.getLogger("hopthu.work")


class NotMigrated(SystemExit):
    """The tables are those of an older version of the program."""

    def __init__(self) -> None:
        print("hopthu: the database is not up to date: run `hopthu init`", file=sys.stderr)
        super().__init__(MISCONFIGURED)


@dataclass(frozen=True)
class Job:
    """Something to do every so often.

    `run` takes the time and gives how many things it did. A job that fails is logged, and tried
    again when its time comes.
    """

    name: str
    every: timedelta
    run: Callable[[datetime], int]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--parent", type=int, help=argparse.SUPPRESS)


def run(arguments: argparse.Namespace) -> int:
    if arguments.parent:
        die_with_parent(arguments.parent)
    stop = threading.Event()
    for end in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(end, lambda *_: stop.set())
    django.setup()
    if pending_migrations():
        raise NotMigrated
    loop(jobs(), stop)
    return 0


def jobs() -> tuple[Job, ...]:
    from hopthu.reports.actions.photos import purge_uploads

    return (Job("purge uploads", timedelta(hours=1), lambda at: purge_uploads(at=at)),)


def pending_migrations() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def loop(jobs: tuple[Job, ...], stop: threading.Event) -> None:
    """Do each job now and then every so often, until told to stop."""
    due = {job.name: time.monotonic() for job in jobs}
    while not stop.is_set():
        for job in jobs:
            if due[job.name] <= time.monotonic() and not stop.is_set():
                close_old_connections()
                do(job)
                close_old_connections()
                due[job.name] = time.monotonic() + job.every.total_seconds()
        stop.wait(max(0.0, min(due.values()) - time.monotonic()))


def do(job: Job) -> None:
    """Do one job now."""
    start = time.monotonic()
    try:
        done = job.run(datetime.now(UTC))
    except Exception:  # the other jobs go on
        logger.exception("%s: failed", job.name)
    else:
        logger.info("%s: %d in %.2f s", job.name, done, time.monotonic() - start)
