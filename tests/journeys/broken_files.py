"""Receipts and proofs with something wrong: what the page calls it, and how it came about."""

import json
from collections.abc import Callable
from typing import Final, Protocol

from hopthu.core.checkpoints import Checkpoint
from hopthu.core.encoding import encode64
from hopthu.core.merkle import leaf_hash
from hopthu.core.signed_notes import Note, SigningKey
from hopthu.core.tlog_proofs import Receipt, parse_receipt


class Files(Protocol):
    """What a sender has kept of one report."""

    receipt: str
    proof: str
    waiting: str
    """The proof before its entry was in the log: a promise."""


Break = Callable[[Files], str | bytes]


def another_log(receipt: str, name: str) -> tuple[str, str]:
    """The same entry in a log of that name and another key: its receipt and its vkey."""
    entry = parse_receipt(receipt).entry
    key = SigningKey(name, b"another key of thirty-two bytes!")
    text = str(Checkpoint(name, 1, leaf_hash(entry)))
    note = Note(text, (key.sign(text),))
    return str(Receipt(entry, 0, (), note)), str(key.verifier)


def with_line(receipt: str, at: int, *lines: str) -> str:
    """The receipt with `lines` in the place of that line."""
    split = receipt.split("\n")
    return "\n".join([*split[:at], *lines, *split[at + 1 :]])


def another_path(receipt: str) -> str:
    line = receipt.split("\n")[3]
    return with_line(receipt, 3, ("B" if line[0] == "A" else "A") + line[1:])


def another_size(receipt: str) -> str:
    """The checkpoint begins after the empty line: its name, its size."""
    return with_line(receipt, receipt.split("\n").index("") + 2, "99999")


def with_values(proof: str, **more: str) -> str:
    """The proof with other names for values that it has."""
    told = json.loads(proof)
    told["values"] |= {name: told["values"][like] for name, like in more.items()}
    return json.dumps(told)


def with_first_entry_again(proof: str) -> str:
    told = json.loads(proof)
    return json.dumps({**told, "entries": [*told["entries"], told["entries"][0]]})


def nested(proof: str) -> str:
    text = json.dumps(json.loads(proof)["values"]["text"]["value"], ensure_ascii=False)
    return proof.replace(text, "[" * 50_000 + "]" * 50_000)


BROKEN: Final[dict[str, tuple[str, Break]]] = {
    "a letter of the entry": (
        "The entry does not fit the record",
        lambda kept: kept.receipt.replace("extra ey", "extra ez", 1),
    ),
    "a letter of the path": (
        "The entry does not fit the record",
        lambda kept: another_path(kept.receipt),
    ),
    "a letter of the checkpoint": (
        "The signature of localhost/record does not fit",
        lambda kept: another_size(kept.receipt),
    ),
    "cut short": ("The end is missing", lambda kept: kept.receipt[:-9]),
    "CRLF": (
        "The ends of the lines were changed on the way (CRLF)",
        lambda kept: kept.receipt.replace("\n", "\r\n"),
    ),
    "another log": (
        "This is from another record: elsewhere.example/record",
        lambda kept: another_log(kept.receipt, "elsewhere.example/record")[0],
    ),
    "an unknown key": (
        "None of the city's keys has signed this",
        lambda kept: another_log(kept.receipt, "localhost/record")[0],
    ),
    "no receipt": ("This is no receipt", lambda _: "Kính gửi thành phố\n"),
    "a photo": ("This is no receipt", lambda _: b"\x89PNG\r\n\x1a\n\xff\xfe"),
    "too large": (
        "This file is too large to be a receipt",
        lambda kept: kept.receipt + "A" * 300_000,
    ),
    "empty": ("There is nothing in it", lambda _: ""),
    "no entry": ("This receipt holds no entry", lambda kept: with_line(kept.receipt, 1)),
    "no base64": (
        "Part of it cannot be read",
        lambda kept: with_line(kept.receipt, 1, "extra %%%"),
    ),
    "other words": (
        "This is not what was said: What was reported",
        lambda kept: kept.proof.replace("ba đêm", "hai đêm"),
    ),
    "an invented value": (
        "This was never sealed: The words of step 9",
        lambda kept: with_values(kept.proof, **{"words.9": "text"}),
    ),
    "a receipt in a proof": (
        "The entry does not fit the record",
        lambda kept: kept.proof.replace("extra ey", "extra ez", 1),
    ),
    "a step twice": (
        "One step stands there twice",
        lambda kept: with_first_entry_again(kept.proof),
    ),
    "another report": (
        "Entries of another report are mixed in",
        lambda kept: json.dumps({**json.loads(kept.proof), "report": "00000000"}),
    ),
    "an entry without a promise": (
        "An entry that nobody promised",
        lambda kept: json.dumps({**json.loads(kept.waiting), "pending": [encode64(b"{}")]}),
    ),
    "half a proof": ("The end is missing", lambda kept: kept.proof[: len(kept.proof) // 2]),
    "another file.json": ("This is no receipt", lambda _: '{"format": "something else"}'),
    "nested too deep": (
        "This is not what was said: What was reported",
        lambda kept: nested(kept.proof),
    ),
}
