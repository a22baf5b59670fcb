"""A city to measure: its data folder and database, the real server on it, and what it takes."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPResponse
from pathlib import Path
from typing import Final

from hopthu.cli.process import die_with_parent
from hopthu.cli.web_server import THREADS

HOPTHU: Final = str(Path(sys.executable).with_name("hopthu"))
GRANIAN: Final = str(Path(sys.executable).with_name("granian"))
PATIENCE: Final = 60.0


class NoAnswer(Exception):
    """The server ended, or said nothing for a minute."""


class PortTaken(Exception):
    """Somebody answers there already, and would be measured instead."""


@dataclass
class City:
    """Where one city keeps its things, as environment for its processes."""

    data: Path
    database_url: str = ""
    """Empty: SQLite in the data folder."""

    @property
    def env(self) -> dict[str, str]:
        # Compiled modules are kept, as on any machine where nobody forbade it: starts depend on it.
        left_out = ("HOPTHU_", "PYTHONDONTWRITEBYTECODE")
        env = {name: value for name, value in os.environ.items() if not name.startswith(left_out)}
        env |= {"HOPTHU_DATA": str(self.data), "DJANGO_SETTINGS_MODULE": "hopthu.project.settings"}
        if self.database_url:
            env["HOPTHU_DATABASE_URL"] = self.database_url
        return env

    def run(self, *command: str, stdin: bytes | None = None, **env: str) -> str:
        """Output of a command that runs in this city. Raises CalledProcessError."""
        done = subprocess.run(
            command, env=self.env | env, input=stdin, stdout=subprocess.PIPE, check=True
        )
        return done.stdout.decode()


@dataclass
class Server:
    process: "subprocess.Popen[bytes]"
    port: int
    seconds_to_answer: float

    def processes(self) -> list["Process"]:
        """The server's process and all that it started."""
        root = self.process.pid
        return [Process(pid, "serve" if pid == root else _role(pid)) for pid in tree(root)]

    def cpu_seconds(self) -> float:
        """Of the processor, taken by all of them until now, with those that have ended."""
        return sum(cpu_seconds(pid) for pid in tree(self.process.pid))


@dataclass
class Process:
    pid: int
    name: str
    resident: float = field(init=False)
    """Megabytes in memory, shared pages among them."""
    proportional: float = field(init=False)
    """The same, each shared page divided by those who share it."""

    def __post_init__(self) -> None:
        rollup = Path(f"/proc/{self.pid}/smaps_rollup").read_text()
        self.resident = _megabytes(rollup, "Rss")
        self.proportional = _megabytes(rollup, "Pss")


@contextmanager
def serving(city: City, port: int, workers: int, *, recorded: bool = True) -> Iterator[Server]:
    """`hopthu serve`, as an operator starts it; it asks nobody for work (`bench.unlimited`).

    Not `recorded`: without the public record (`bench.unrecorded`).
    """
    module = "bench.unlimited" if recorded else "bench.unrecorded"
    command = [sys.executable, "-m", module, "serve"]
    command += ["--port", str(port), "--workers", str(workers)]
    with _running(command, city.env, port, path="/reports") as server:
        yield server


@contextmanager
def serving_floor(city: City, port: int, workers: int, *, pages: Path) -> Iterator[Server]:
    """The floor: the same web server with the same number of workers and threads.

    `pages` is the folder of the real server's answers, which it gives too.
    """
    command = [GRANIAN, "--interface", "wsgi", "--port", str(port), "--workers", str(workers)]
    command += [
        "--blocking-threads",
        str(THREADS),
        "--http",
        "1",
        "--no-ws",
        "--log-level",
        "warning",
    ]
    command += ["bench.floor.wsgi:application"]
    env = city.env | {
        "DJANGO_SETTINGS_MODULE": "bench.floor.settings",
        "BENCH_PAGES": str(pages),
        "PYTHONPATH": str(Path.cwd()),
    }
    with _running(command, env, port, path="/") as server:
        yield server


@contextmanager
def _running(command: list[str], env: dict[str, str], port: int, *, path: str) -> Iterator[Server]:
    if _answers(port):
        raise PortTaken(port)
    started = time.monotonic()
    parent = os.getpid()
    process = subprocess.Popen(
        command,
        env=env,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=lambda: die_with_parent(parent, signal.SIGTERM),
    )
    try:
        _wait(process, port, path, started + PATIENCE)
        yield Server(process, port, time.monotonic() - started)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()


def _wait(process: "subprocess.Popen[bytes]", port: int, path: str, until: float) -> None:
    """Until there is an answer to a whole request."""
    while process.poll() is None and time.monotonic() < until:
        try:
            fetch(port, path)
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise NoAnswer(" ".join(map(str, process.args if isinstance(process.args, list) else [])))


def _answers(port: int) -> bool:
    with socket.socket() as trial:
        return trial.connect_ex(("127.0.0.1", port)) == 0


def fetch(port: int, path: str, *headers: str) -> tuple[str, bytes]:
    """Head and body of the answer to one GET."""
    lines = [f"GET {path} HTTP/1.1", f"Host: localhost:{port}", *headers, "", ""]
    return exchange(port, "\r\n".join(lines).encode())


def exchange(port: int, request: bytes) -> tuple[str, bytes]:
    """Head and body of the answer to one request, out of its chunks."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(request)
        answer = HTTPResponse(connection)
        answer.begin()
        return f"{answer.status}\n{answer.headers}", answer.read()


def fresh(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def tree(pid: int) -> Iterator[int]:
    """A process and everything that it started."""
    yield pid
    with suppress(FileNotFoundError, ProcessLookupError):  # it may end while we look
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from tree(int(child))


def cpu_seconds(pid: int) -> float:
    """utime, stime, cutime and cstime of proc(5): own and of the children waited for."""
    _, _, rest = Path(f"/proc/{pid}/stat").read_text().rpartition(")")
    return sum(map(int, rest.split()[11:15])) / os.sysconf("SC_CLK_TCK")


def _role(pid: int) -> str:
    """What a child of the server is for; the web workers look like their parent."""
    command = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    if "darkroom" in command:
        return "darkroom (photos)"
    return "work" if "cli.main work" in command else "web"


def _megabytes(rollup: str, what: str) -> float:
    match = re.search(rf"^{what}:\s+(\d+) kB", rollup, re.M)
    return round(int(match[1]) / 1024, 1) if match else 0.0
