"""`hopthu serve`: quick to answer, one a data folder, and never outlived by its children."""

import os
import signal
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from hopthu.record import key_files
from tests.live import Cities, Server

pytestmark = pytest.mark.server


def family(server: Server) -> list[psutil.Process]:
    """The server's process and everything under it."""
    assert server.process
    parent = psutil.Process(server.process.pid)
    return [parent, *parent.children(recursive=True)]


def with_work(server: Server) -> list[psutil.Process]:
    """The family, once `hopthu work` is up too."""
    until(lambda: "purge uploads" in server.output, "work")
    return family(server)


def until(holds: Callable[[], bool], what: str, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, what
        time.sleep(0.02)


def gone(processes: list[psutil.Process]) -> bool:
    return not any(one.is_running() and one.status() != "zombie" for one in processes)


def status(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=20) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code


def works(url: str) -> bool:
    try:
        return status(url) == 200
    except OSError:  # a worker that dies resets its connections
        return False


def test_it_answers_and_says_where(server: Server) -> None:
    server.start()
    assert status(server.url) == 200
    until(lambda: "key split" in server.output, "no word about the keys")
    assert server.output.splitlines()[:2] == [
        f"Hopthu answers at http://localhost:{server.port}",
        f"key split: {key_files.OFF}",
    ]


def test_it_runs_the_work_beside_the_web(server: Server) -> None:
    server.options = ("--workers", "2")
    server.start()
    parent, *children = with_work(server)
    works = [child for child in children if "work" in child.cmdline()]
    assert "serve" in parent.cmdline()
    assert (len(children), len(works)) == (3, 1)


def test_without_work_there_is_the_web_alone(server: Server) -> None:
    server.options = ("--workers", "1", "--no-work")
    server.start()
    time.sleep(1)
    assert len(family(server)) == 2


def test_ctrl_c_ends_everything_in_good_order(server: Server) -> None:
    server.start()
    processes = with_work(server)
    assert server.stop() == 0
    until(lambda: gone(processes), "somebody stays")
    assert "Traceback" not in server.output


def test_a_closed_terminal_ends_everything(server: Server) -> None:
    server.start()
    processes = with_work(server)
    processes[0].send_signal(signal.SIGHUP)
    until(lambda: gone(processes), "somebody stays")


def test_children_die_with_a_killed_parent(server: Server) -> None:
    server.start()
    processes = with_work(server)
    assert len(processes) == 3
    processes[0].kill()
    until(lambda: gone(processes) and not server.answers(), "a child outlives its parent")


def test_after_a_kill_the_next_serve_starts_at_once(server: Server) -> None:
    server.start()
    server.kill()
    server.start()
    assert status(server.url) == 200


def test_a_killed_web_worker_is_replaced(server: Server) -> None:
    server.options = ("--workers", "1", "--no-work")
    server.start()
    worker = family(server)[1]
    worker.kill()
    until(lambda: gone([worker]) and works(server.url), "no new worker")


def test_a_second_serve_on_the_same_data_is_refused_in_one_line(server: Server) -> None:
    server.start()
    assert server.process
    assert refusal_of(Server(server.data, server.database_url)) == (
        f"hopthu: {server.data} is already being served (by process {server.process.pid})"
    )
    assert server.answers()


def test_a_taken_port_is_refused_in_one_line(server: Server, cities: Cities) -> None:
    server.start()
    other = cities.another()
    other.port = server.port
    assert refusal_of(other) == (
        f"hopthu: cannot listen on 127.0.0.1:{server.port} (Address already in use); "
        "choose another --port"
    )


def test_without_a_data_folder_it_says_what_to_do(tmp_path: Path) -> None:
    assert refusal_of(Server(tmp_path / "nothing")) == (
        f"hopthu: {tmp_path}/nothing is no data folder yet: run `hopthu init` first"
    )


def test_a_database_of_an_older_version_is_not_served(server: Server) -> None:
    server.do(
        "from django.core.management import call_command\n"
        "call_command('migrate', 'sessions', 'zero')"
    )
    server.start()
    assert server.process
    assert server.process.wait(30) == os.EX_CONFIG
    assert "hopthu: the database is not up to date: run `hopthu init`" in server.output


def test_no_address_of_a_visitor_is_printed(server: Server) -> None:
    server.start()
    for path in ("/", "/no-such-page", "/report/new?lat=<>", "/reports/0000-0000"):
        status(server.url + path)
    server.stop()
    assert "127.0.0.1" not in server.output


def refusal_of(server: Server) -> str:
    """What a server that does not come up prints, as its only line."""
    server.start(wait=False)
    assert server.process
    assert server.process.wait(30) == 1
    (line,) = server.output.splitlines()
    return line
