"""`hopthu`: one command, and a module a word. Only the module that was asked for is loaded."""

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module


@dataclass(frozen=True)
class Command:
    """A word after `hopthu`.

    Its module has `run(arguments) -> int`, the exit status, and may have `add_arguments(parser)`.
    """

    module: str
    help: str


COMMANDS = {
    "init": Command("hopthu.cli.init", "make the data folder, its keys and its database"),
    "demo": Command("hopthu.cli.sheet", "fill an empty mailbox with Sông Mây, an invented city"),
    "serve": Command("hopthu.cli.serve", "answer on the web, and do the work behind it"),
    "work": Command("hopthu.cli.work", "do the work behind the web alone"),
    "staff": Command("hopthu.cli.staff", "take somebody on, by a printed sign-in or a letter"),
    "import": Command("hopthu.cli.imports.main", "take in areas, or a city's earlier reports"),
    "verify": Command("hopthu.cli.verify", "check a public record, wherever it is served"),
    "monitor": Command("hopthu.cli.monitor", "look whether a public record has only grown"),
    "record": Command("hopthu.cli.record", "look after the public record: status, keys, a freeze"),
    "backup": Command("hopthu.cli.backup", "the city in one file, or its keys in another"),
    "doctor": Command("hopthu.cli.doctor", "is all well? One line a check"),
    "restore": Command("hopthu.cli.restore", "a city out of its backup, into an empty folder"),
    "mail": Command("hopthu.cli.mail", "how the letters to residents stand; try again what failed"),
    "retention": Command("hopthu.cli.retention", "delete what is past its time, now"),
    "witness": Command("hopthu.cli.witness", "cosign the checkpoints of cities' records"),
}


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; gives its exit status."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hopthu.project.settings")
    words = sys.argv[1:] if words is None else list(words)
    name = words[0] if words else ""
    if name not in COMMANDS:
        _overview().parse_args(words)
        raise AssertionError("argparse ends the process for a word that it does not know")
    command = COMMANDS[name]
    module = import_module(command.module)
    parser = argparse.ArgumentParser(prog=f"hopthu {name}", description=command.help)
    if hasattr(module, "add_arguments"):
        module.add_arguments(parser)
    status: int = module.run(parser.parse_args(words[1:])) or 0
    return status


def _overview() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="hopthu", description="The public mailbox of a city.")
    words = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, command in COMMANDS.items():
        words.add_parser(name, help=command.help)
    return parser


if __name__ == "__main__":
    sys.exit(main())
