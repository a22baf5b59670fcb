"""The web server of every command that answers on a port: granian, its workers forked from here.

There is no access log: no address of anybody who asks may be kept.
"""

import multiprocessing
import os
import signal
from collections.abc import Callable
from functools import partial
from typing import Any

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels

from hopthu.cli.process import die_with_parent

Application = Callable[..., Any]
THREADS = 4
"""Answers that one worker sends at a time."""


def serve(
    application: Application,
    *,
    host: str,
    port: int,
    workers: int,
    patience: int,
    ends_with_terminal: bool = False,
) -> None:
    """Serve until told to stop.

    The application is loaded here, once, and every worker is a fork of it: they begin at once, and
    share the memory of what is loaded. `patience`: seconds that a worker may take to finish what
    it is doing when told to stop.
    """
    multiprocessing.set_start_method("fork", force=True)
    server = Granian(
        target="hopthu",  # never loaded: the workers have the application already
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        http=HTTPModes.http1,
        websockets=False,
        log_level=LogLevels.warning,
        log_access=False,
        respawn_failed_workers=True,
        respawn_interval=0.1,
        workers_kill_timeout=patience,
    )
    if ends_with_terminal:
        # Granian would take a closed terminal for a wish to reload.
        server.on_startup(lambda: signal.signal(signal.SIGHUP, server.signal_handler_interrupt))
    in_worker = partial(_in_worker, os.getpid(), application)
    server.serve(target_loader=in_worker, wrap_loader=False)


def _in_worker(parent: int, application: Application) -> Application:
    """The first thing that a worker does: it shall not outlive its parent."""
    die_with_parent(parent)
    return application
