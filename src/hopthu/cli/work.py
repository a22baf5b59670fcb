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
from django.conf import settings
from django.db import close_old_connections, connection
from django.db.migrations.executor import MigrationExecutor

from hopthu.cli.process import die_with_parent
from hopthu.cli.supervisor import MISCONFIGURED, PATIENCE
from hopthu.core.terms import Channel

logger = logging.getLogger("hopthu.work")


SEQUENCING = 0.5
"""Seconds between two rounds of the public record's sequencer; more while they fail.

A round waits for the disk a dozen times, however many entries it has, and so do the reports that
come in meanwhile: half as many rounds still keep an entry waiting for less than a second."""
LONGEST_PAUSE = 8.0
LETTERS = 1.0
"""Seconds between two rounds of letters; more while the mail server, or the key, is not there."""
LETTERS_PAUSE = 300.0
OPENINGS = 0.5
"""Seconds between two looks for officers who ask for a telephone number: they wait for it."""
FOLLOWERS = 1.0
"""Seconds between two looks for news for those who follow something."""


class NotMigrated(SystemExit):
    """The tables are those of an older version of the program."""

    def __init__(self) -> None:
        print("hopthu: the database is not up to date: run `hopthu init`", file=sys.stderr)
        super().__init__(MISCONFIGURED)


class NoRecord(SystemExit):
    """The public record cannot be signed by this process; the message says why."""

    def __init__(self, why: Exception) -> None:
        print(f"hopthu: {why}", file=sys.stderr)
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
    often: bool = False
    """So often that it is not worth a line when there was nothing to do."""


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
    check_record()
    sequencing = threading.Thread(target=sequence, args=(stop,), name="sequencer", daemon=True)
    sending = threading.Thread(target=send_letters, args=(stop,), name="letters", daemon=True)
    telling = threading.Thread(target=tell_followers, args=(stop,), name="followers", daemon=True)
    opening = threading.Thread(target=open_numbers, args=(stop,), name="openings", daemon=True)
    threads = [sequencing, sending, telling, opening]
    if settings.SMS_GATEWAY:
        texting = threading.Thread(target=send_texts, args=(stop,), name="texts", daemon=True)
        threads.append(texting)
    for thread in threads:
        thread.start()
    loop(jobs(), stop)
    for thread in threads:
        thread.join(PATIENCE)
    return 0


def check_record() -> None:
    """Whether this process can sign the public record. Raises `NoRecord`."""
    from hopthu.record import folder, keys

    try:
        keys.log_keys()
    except (keys.NoLogKey, folder.NotOpened) as error:
        raise NoRecord(error) from error


def sequence(stop: threading.Event) -> None:
    """Number and publish what comes into the public record, round by round, until told to stop.

    On a thread of its own: no job may keep an entry waiting. A round that fails is logged, and
    tried again, less and less often as long as it fails.
    """
    from hopthu.record import sequencer, tiling

    rounds = Job("sequencer", timedelta(seconds=SEQUENCING), sequencer.run)
    do(Job("tidy the record", rounds.every, lambda _at: tiling.tidy()))
    _again_and_again(rounds, stop, longest=LONGEST_PAUSE)


def send_letters(stop: threading.Event) -> None:
    """Send what is in the outbox, round by round.

    On a thread of its own: a mail server that does not answer keeps nothing else waiting.
    """
    from hopthu.outbox import sending
    from hopthu.reports import new_codes

    def run(at: datetime) -> int:
        return new_codes.answer(at) + sending.deliver(at)

    if settings.MAIL_SERVER is None:
        logger.warning("no HOPTHU_SMTP_URL: letters are put into %s", settings.MAIL_FOLDER)
    letters = Job("letters", timedelta(seconds=LETTERS), run)
    _again_and_again(letters, stop, longest=LETTERS_PAUSE)


def send_texts(stop: threading.Event) -> None:
    """The same for texts: a gateway that does not answer keeps no letter waiting."""
    from hopthu.outbox import sending

    def run(at: datetime) -> int:
        return sending.deliver(at, Channel.SMS)

    _again_and_again(Job("texts", timedelta(seconds=LETTERS), run), stop, longest=LETTERS_PAUSE)


def tell_followers(stop: threading.Event) -> None:
    """Find out what those are to hear who follow something, and put their letters into the outbox.

    On a thread of its own: a hundred thousand of them take a while.
    """
    from hopthu.outbox.following.expanding import expand
    from hopthu.reports.following.gathering import gather

    def once(at: datetime) -> int:
        gather(at)
        return expand(at, rest=stop.wait)

    _again_and_again(
        Job("followers", timedelta(seconds=FOLLOWERS), once), stop, longest=LETTERS_PAUSE
    )


def open_numbers(stop: threading.Event) -> None:
    """Open telephone numbers, for officers who may, once everybody can read that it was done."""
    from hopthu.care.openings import working

    openings = Job("openings", timedelta(seconds=OPENINGS), working.open_numbers)
    _again_and_again(openings, stop, longest=LONGEST_PAUSE)


def _again_and_again(rounds: Job, stop: threading.Event, *, longest: float) -> None:
    usual = pause = rounds.every.total_seconds()
    while not stop.wait(pause):
        close_old_connections()
        pause = usual if do(rounds, quiet=True) else min(pause * 2, longest)
        close_old_connections()


def jobs() -> tuple[Job, ...]:
    from hopthu.care.retention import RULES, UPLOADS
    from hopthu.reports.residue import Clearing

    clearing = Clearing()
    return (
        *(
            # The first is worth a line every time: it tells that the worker is there.
            Job(f"purge {rule.name}", timedelta(hours=1), rule.run, often=rule is not UPLOADS)
            for rule in RULES
        ),
        Job("clear what was taken away", clearing.every, clearing.run, often=True),
    )


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


def do(job: Job, *, quiet: bool = False) -> bool:
    """Do one job now; False if it failed. `quiet`: that is all that is ever said."""
    start = time.monotonic()
    try:
        done = job.run(datetime.now(UTC))
    except Exception:  # the other jobs go on
        logger.exception("%s: failed", job.name)
        return False
    if not quiet and (done or not job.often):
        logger.info("%s: %d in %.2f s", job.name, done, time.monotonic() - start)
    return True
