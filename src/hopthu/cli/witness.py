"""`hopthu witness`: cosigns the checkpoints of logs, for a newspaper, a university, another city.

It needs none of a city's set-up: a folder for its key and what it saw, and the verifier keys of the
logs that it watches.
"""

import argparse
import threading
from pathlib import Path

from hopthu.cli.listening import try_port, wait_until_it_answers
from hopthu.cli.web_server import serve
from hopthu.core.signed_notes import BadKey, SignatureType, VerifierKey, parse_vkey
from hopthu.record.witness import Witness, WrongFolder
from hopthu.record.witness_app import WitnessApp

PATIENCE = 5
"""Seconds that the worker may take to finish what it is doing when told to stop."""


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
    serve(
        WitnessApp(witness),
        host=arguments.host,
        port=arguments.port,
        workers=1,
        patience=PATIENCE,
    )
    return 0


def _log_key(text: str) -> VerifierKey:
    try:
        key = parse_vkey(text)
    except BadKey as error:
        raise argparse.ArgumentTypeError(str(error)) from error
    if key.type is not SignatureType.ED25519:
        raise argparse.ArgumentTypeError("the key of a witness, not of a log")
    return key


def _say_where(host: str, port: int) -> None:
    def wait() -> None:
        print(f"The witness answers at {wait_until_it_answers(host, port)}", flush=True)

    threading.Thread(target=wait, daemon=True).start()
