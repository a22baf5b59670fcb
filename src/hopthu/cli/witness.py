"""`hopthu witness`: cosigns the checkpoints of logs, for a newspaper, a university, another city.

It needs none of a city's set-up: a folder for its key and what it saw, and the verifier keys of the
logs that it watches.
"""

import argparse
import multiprocessing
import os
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels

from hopthu.cli.listening import try_port, wait_until_it_answers
from hopthu.cli.process import die_with_parent
from hopthu.core.signed_notes import BadKey, SignatureType, VerifierKey, parse_vkey
from hopthu.record.witness import Witness, WrongFolder
from hopthu.record.witness_app import WitnessApp

THREADS = 4
"""Requests at a time; one that comes slowly holds none of them (granian gathers it first)."""


class CannotStart(SystemExit):
    def __init__(self, why: object) -> None:
        super().__init__(f"hopthu witness: {why}")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--state", type=Path, required=True, help="folder of key and checkpoints")
    parser.add_argument("--name", required=True, help="such as witness.paper.example")
    parser.add_argument("--log", action="append", required=True, metavar="VKEY", type=_log_key)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8100)


def run(arguments: argparse.Namespace) -> int:
    try:
        witness = Witness(arguments.state, arguments.name, arguments.log)
    except (WrongFolder, BadKey, OSError) as error:
        raise CannotStart(error) from error
    try_port(arguments.host, arguments.port)
    print(witness.verifier, flush=True)
    _say_where(arguments.host, arguments.port)
    _serve(arguments.host, arguments.port, WitnessApp(witness))
    return 0


def _log_key(text: str) -> VerifierKey:
    try:
        key = parse_vkey(text)
    except BadKey as error:
        raise argparse.ArgumentTypeError(str(error)) from error
    if key.type is not SignatureType.ED25519:
        raise argparse.ArgumentTypeError("the key of a witness, not of a log")
    return key


def _serve(host: str, port: int, application: WitnessApp) -> None:
    multiprocessing.set_start_method("fork", force=True)
    server = Granian(
        target="hopthu.record.witness_app",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        http=HTTPModes.http1,
        websockets=False,
        log_level=LogLevels.warning,
        log_access=False,
        respawn_failed_workers=True,
        respawn_interval=0.1,
        workers_kill_timeout=5,
    )
    in_worker = partial(_in_worker, os.getpid(), application)
    server.serve(target_loader=in_worker, wrap_loader=False)


def _in_worker(parent: int, application: Callable[..., Any]) -> Callable[..., Any]:
    die_with_parent(parent)
    return application


def _say_where(host: str, port: int) -> None:
    def wait() -> None:
        print(f"The witness answers at {wait_until_it_answers(host, port)}", flush=True)

    threading.Thread(target=wait, daemon=True).start()
