"""`hopthu monitor`: look whether a public record has only grown since the last look."""

import argparse
from pathlib import Path

from hopthu.record.checking.monitor import monitor
from hopthu.record.checking.verdict import to_terminal


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("where", metavar="URL|DIR", help="as in https://city.example/record")
    parser.add_argument("--state", required=True, type=Path, help="a folder of this monitor's own")
    parser.add_argument(
        "--vkey", action="append", default=[], help="the log's key, as you know it from elsewhere"
    )


def run(arguments: argparse.Namespace) -> int:
    return monitor(arguments.where, arguments.state, arguments.vkey, to_terminal)
