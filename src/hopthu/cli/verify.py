"""`hopthu verify`: check a public record, from a folder or from its address. Needs nothing else."""

import argparse
from datetime import UTC, datetime
from pathlib import Path

from hopthu.record.checking.verdict import to_terminal
from hopthu.record.checking.verify import Wanted, verify


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("where", metavar="URL|DIR", help="as in https://city.example/record")
    parser.add_argument(
        "--vkey",
        action="append",
        default=[],
        help="the log's key, as you know it from elsewhere (may be given several times);"
        " without it the key that the log names itself",
    )
    parser.add_argument(
        "--witness", action="append", default=[], metavar="VKEY", help="must have cosigned"
    )
    parser.add_argument(
        "--since",
        action="append",
        default=[],
        type=Path,
        metavar="CHECKPOINT",
        help="a checkpoint that was kept: the log must have grown out of it",
    )
    parser.add_argument(
        "--receipt", action="append", default=[], type=Path, metavar="FILE", help="or proof.json"
    )
    parser.add_argument("--no-values", action="store_true", help="the log alone")


def run(arguments: argparse.Namespace) -> int:
    wanted = Wanted(
        where=arguments.where,
        vkeys=arguments.vkey,
        witnesses=arguments.witness,
        since=arguments.since,
        receipts=arguments.receipt,
        values=not arguments.no_values,
    )
    return verify(wanted, datetime.now(UTC), to_terminal)
