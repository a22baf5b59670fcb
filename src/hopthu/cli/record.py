"""`hopthu record`: how the public record stands, and what to do about its keys or when it froze."""

import argparse
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from hopthu.cli.ready import get_ready

WITNESSES = "witnesses"
"""What `compare` takes instead of a file or an address."""


class Failed(SystemExit):
    def __init__(self, why: object) -> None:
        super().__init__(f"hopthu record: {why}")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    words = parser.add_subparsers(dest="word", metavar="WORD", required=True)
    words.add_parser("status", help="how many entries, who signed, whether all is well")
    compare = words.add_parser("compare", help="with a checkpoint from outside; ends a freeze")
    where = f"a file, an address, or `{WITNESSES}`: ask those that are configured"
    compare.add_argument("checkpoint", metavar="FILE|URL", help=where)
    words.add_parser("rotate-key", help="sign with a new key, and with the old one beside it")
    words.add_parser("retire-key", help="sign no more with the old key")
    new_log = words.add_parser("new-log", help="after a loss for good: begin again, and say so")
    new_log.add_argument("--accept-loss", action="store_true", required=True)
    new_log.add_argument("--origin", help="name of the new log; otherwise the old one's with /2")
    new_log.add_argument(
        "--last", metavar="FILE|URL", help="the newest checkpoint of the old log, if kept outside"
    )


def run(arguments: argparse.Namespace) -> int:
    get_ready()
    from hopthu.core.signed_notes import BadKey
    from hopthu.record.folder import NotOpened
    from hopthu.record.keys import NoLogKey
    from hopthu.record.refusals import NotDone

    words = {
        "status": _status,
        "compare": _compare,
        "rotate-key": _rotate,
        "retire-key": _retire,
        "new-log": _new_log,
    }
    try:
        return words[arguments.word](arguments)
    except (NotDone, NotOpened, NoLogKey, BadKey) as error:
        raise Failed(error) from error


def _status(_arguments: argparse.Namespace) -> int:
    from hopthu.record import folder
    from hopthu.record.queries import counts, frozen

    counted, note = counts(), folder.published()
    print(f"log       {folder.origin()}")
    for key in folder.verifiers():
        print(f"key       {key}")
    print(f"entries   {counted.published} published, {counted.waiting} waiting")
    if counted.signed_at:
        print(f"signed    {counted.signed_at:%Y-%m-%d %H:%M:%S} UTC")
    for line in _witness_lines(note):
        print(f"witness   {line}")
    if why := frozen():
        print(f"FROZEN    {why}")
        print('          Entries wait and nothing is lost. docs/operator.md, "When it froze".')
    return 1 if frozen() else 0


def _witness_lines(note: Any) -> list[str]:
    from hopthu.core.signed_notes import cosigned

    keys = [one.key for one in settings.WITNESSES]
    if not keys:
        return ["none: nobody outside vouches for the log"]
    signed = cosigned(note, keys) if note else {}
    return [
        f"{key.name}: {datetime.fromtimestamp(signed[key], UTC):%Y-%m-%d %H:%M:%S} UTC"
        if key in signed
        else f"{key.name}: has not cosigned the newest checkpoint"
        for key in keys
    ]


def _compare(arguments: argparse.Namespace) -> int:
    from hopthu.record import comparing

    if arguments.checkpoint == WITNESSES:
        outside = comparing.ask_witnesses()
    else:
        outside = _read(arguments.checkpoint)
    head, thawed = comparing.compare(outside)
    print(f"The head of {head.size} entries is one of this log: nothing was lost or changed.")
    if thawed:
        print("The record goes on.")
    return 0


def _rotate(_arguments: argparse.Namespace) -> int:
    from hopthu.record import rotation

    print(rotation.rotate(at=datetime.now(UTC)))
    print("Checkpoints are signed by this key and by the one before it. Give it to the witnesses;")
    print("when all of them have it: `hopthu record retire-key`.")
    return 0


def _retire(_arguments: argparse.Namespace) -> int:
    from hopthu.record import rotation

    print(f"Signs no more: {rotation.retire(at=datetime.now(UTC))}")
    if settings.WITNESSES:
        print("A witness without the new key cosigns no more: see `hopthu record status`.")
    return 0


def _new_log(arguments: argparse.Namespace) -> int:
    from hopthu.record import comparing, new_log

    last = comparing.ours(_read(arguments.last)) if arguments.last else None
    name = new_log.open_new(
        origin=arguments.origin or new_log.next_name(), at=datetime.now(UTC), last=last
    )
    print(f"The record goes on as {name}. The old log stays public beside it.")
    print("Give the new key of /record/vkey to the witnesses.")
    return 0


def _read(where: str) -> Any:
    """The checkpoint of a file or an address; a receipt ends with one. Raises `NotOurs`."""
    from hopthu.core.signed_notes import BadNote, parse_note
    from hopthu.core.tlog_proofs import MAGIC, BadReceipt, parse_receipt
    from hopthu.record.checking.reading import Unusable, Withheld
    from hopthu.record.comparing import NotOurs

    try:
        data = _bytes(where)
        is_receipt = data.startswith(MAGIC.encode())
        return parse_receipt(data).note if is_receipt else parse_note(data)
    except (OSError, Unusable, Withheld, BadNote, BadReceipt) as error:
        raise NotOurs(f"no checkpoint in {where}: {error}") from error


def _bytes(where: str) -> bytes:
    """Raises OSError, `Unusable` and `Withheld`."""
    from hopthu.record.checking.source import open_source

    if "://" not in where:
        return Path(where).read_bytes()
    with closing(open_source(where.removesuffix("/checkpoint"))) as source:
        return source.read("checkpoint")
