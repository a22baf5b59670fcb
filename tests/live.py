"""A real `hopthu serve`, in processes of its own, with a data folder and database of its own."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg
import pytest
from psycopg import sql

from hopthu.cli.process import die_with_parent
from tests.databases import URL

ROOT = Path(__file__).resolve().parent.parent
HOPTHU = str(Path(sys.executable).with_name("hopthu"))
PATIENCE = 60
"""Seconds until a server must answer, on a busy machine."""
_numbers = count(1)


class DidNotAnswer(Exception):
    """The server ended, or took too long; the message holds what it printed."""


@dataclass
class Server:
    """A data folder, and the server on it while there is one."""

    data: Path
    database_url: str = ""
    port: int = 0
    options: tuple[str, ...] = ("--workers", "1")
    settings: dict[str, str] = field(default_factory=dict)
    """`HOPTHU_*` variables beside those that every server here has."""
    process: "subprocess.Popen[bytes] | None" = field(default=None, repr=False)
    log: Path = Path(os.devnull)

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def output(self) -> str:
        """What the server's processes printed since the start."""
        return self.log.read_text()

    def hopthu(self, *words: str) -> str:
        """Run a `hopthu` command on the data folder; gives what it printed."""
        return self._run([HOPTHU, *words])

    def attempt(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """The same, where it may fail."""
        return self._done([HOPTHU, *words])

    def do(self, code: str, given: str = "") -> str:
        """Run Python in the city, with everything of `tests.makers` at hand; gives its output.

        `server.do("make_officer('binh', body='office')")`; `given` is its standard input.
        """
        makers = "import django; django.setup(); from tests.makers import *\n"
        return self._run([sys.executable, "-c", makers + code], given)

    def _run(self, command: list[str], given: str = "") -> str:
        done = self._done(command, given)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def _done(self, command: list[str], given: str = "") -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            command,
            env=self._environment(),
            cwd=ROOT,
            input=given,
            text=True,
            capture_output=True,
            check=False,
        )

    def start(self, *, wait: bool = True) -> None:
        """Start `hopthu serve` as the leader of a process group, and wait until it answers."""
        self.port = self.port or free_port()
        parent = os.getpid()
        self.log = self.data.parent / f"{self.data.name}-{next(_numbers)}.log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [HOPTHU, "serve", "--port", str(self.port), *self.options],
                env=self._environment(),
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=lambda: die_with_parent(parent),
            )
        if wait:
            self.wait()

    def wait(self) -> None:
        end = time.monotonic() + PATIENCE
        while not self.answers():
            assert self.process
            if self.process.poll() is not None or time.monotonic() > end:
                raise DidNotAnswer(self.output)
            time.sleep(0.02)

    def answers(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
        except OSError:
            return False
        return True

    def stop(self) -> int:
        """Ctrl-C; gives the exit status."""
        assert self.process
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE)

    def kill(self) -> None:
        """`kill -9` of the whole process group: nobody gets to tidy up."""
        assert self.process
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(PATIENCE)

    def _environment(self) -> dict[str, str]:
        ours = ("HOPTHU_", "DJANGO_", "PYTEST_")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
        kept |= {"HOPTHU_DATA": str(self.data), "PYTHONPATH": str(ROOT)}
        kept |= {"DJANGO_SETTINGS_MODULE": "hopthu.project.settings"} | self.settings
        return kept | ({URL: self.database_url} if self.database_url else {})


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
        return port


class Cities:
    """Makes copies of one small city, so that setting it up is paid for once."""

    def __init__(self, folder: Path, database_url: str) -> None:
        self._folder = folder
        self._database_url = database_url
        self._seed = Server(folder / "seed", self._new_database() if database_url else "")
        self._seed.hopthu("init")
        self._seed.do("make_city(); make_officer()")
        self._seed._run([sys.executable, "-m", "hopthu.cli.static"])

    def another(self) -> Server:
        """A city of `tests.makers.make_city`, with the officer `an`; nobody serves it yet."""
        data = self._folder / f"city-{next(_numbers)}"
        shutil.copytree(self._seed.data, data)
        url = self._new_database(self._seed.database_url) if self._database_url else ""
        return Server(data, url)

    def empty(self) -> Server:
        """Nothing yet: no data folder, and a database without tables."""
        url = self._new_database() if self._database_url else ""
        return Server(self._folder / f"empty-{next(_numbers)}", url)

    def _new_database(self, template: str = "") -> str:
        """A new database on the server, empty or a copy; gives its URL."""
        server = urlsplit(self._database_url)
        name = f"live_{os.getpid()}_{next(_numbers)}"
        command = sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name))
        if template:
            copied = sql.Identifier(urlsplit(template).path.lstrip("/"))
            command += sql.SQL(" TEMPLATE {}").format(copied)
        with psycopg.connect(
            host=unquote(server.hostname or ""), user=server.username, dbname="postgres"
        ) as connection:
            connection.autocommit = True
            connection.execute(command)
        return server._replace(path=f"/{name}").geturl()


@pytest.fixture(scope="session")
def cities(tmp_path_factory: pytest.TempPathFactory) -> Cities:
    return Cities(tmp_path_factory.mktemp("cities"), os.environ.get(URL, ""))


@pytest.fixture(scope="module")
def live(cities: Cities) -> Iterator[Server]:
    """A running server with a small city, shared by the tests of one file."""
    server = cities.another()
    server.start()
    yield server
    server.kill()


@pytest.fixture
def server(cities: Cities) -> Iterator[Server]:
    """A small city that nobody serves yet; whoever starts it leaves the killing to this."""
    server = cities.another()
    yield server
    if server.process and server.process.poll() is None:
        server.kill()
