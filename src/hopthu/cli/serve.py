"""`hopthu serve`: the web server and the work behind it, for a small city in one command.

The process that was started holds the lock on the data folder, starts the web workers (granian) and
the worker, and watches over them. They die with it. Nothing here writes down who asked for what:
there is no access log, as no address of a resident may be kept.
"""

import argparse
import os
import threading
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings

from hopthu.cli import lock, static, web_server
from hopthu.cli.init import KEYS
from hopthu.cli.listening import try_port, wait_until_it_answers
from hopthu.cli.ready import NotSetUp
from hopthu.cli.supervisor import Supervisor
from hopthu.record import key_files

PATIENCE = 10
"""Seconds that a worker may take to finish what it is doing when told to stop."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=min(4, max(2, os.cpu_count() or 1)))
    parser.add_argument("--no-work", action="store_true", help="run `hopthu work` elsewhere")


def run(arguments: argparse.Namespace) -> int:
    data: Path = settings.DATA
    if not all((data / "keys" / "web" / key).exists() for key in KEYS):
        raise NotSetUp(data)
    lock.hold(data)
    try_port(arguments.host, arguments.port)
    static.collect()
    supervisor = None if arguments.no_work else Supervisor()
    _once_it_answers(arguments.host, arguments.port, supervisor)
    try:
        _web(arguments.host, arguments.port, arguments.workers)
    finally:
        if supervisor:
            supervisor.stop()
    return supervisor.fault if supervisor else 0


def _web(host: str, port: int, workers: int) -> None:
    """Over SQLite a worker works out one answer at a time, and sends several (`web.turns`)."""
    web_server.serve(
        _application(),
        host=host,
        port=port,
        workers=workers,
        patience=PATIENCE,
        ends_with_terminal=True,
    )


def _application() -> Callable[..., Any]:
    module, _, name = settings.WSGI_APPLICATION.rpartition(".")
    application: Callable[..., Any] = getattr(import_module(module), name)
    return application


def _once_it_answers(host: str, port: int, supervisor: Supervisor | None) -> None:
    """Say where, as soon as somebody answers there, and only then start the work behind it.

    The machine may have two cores or one, and residents come first.
    """

    def wait() -> None:
        address = wait_until_it_answers(host, port)
        print(f"Hopthu answers at {address}", flush=True)
        apart = key_files.is_kept_out(settings.DATA)
        print(f"key split: {key_files.ON if apart else key_files.OFF}", flush=True)
        if supervisor:
            supervisor.watch()

    # This thread stays: what it starts would die with it.
    threading.Thread(target=wait, daemon=True).start()
