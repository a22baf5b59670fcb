"""What the people of Sông Mây say: read from `city.toml`, `words.toml` and `categories/*.toml`.

A file of `categories/` holds one category as the city is set up with it (names, flags, promises,
questions) and, under `topics`, what residents write about it and what the city answers. A text
that needs its own answer carries it (`done`, `answered`, `ask`, `decline`, `refer`); every other
text takes one from the lists of its topic or category.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

Table = Mapping[str, Any]


@dataclass(frozen=True)
class Ask:
    ask: str
    reply: str


@dataclass(frozen=True)
class Decline:
    reason: str
    words: str


@dataclass(frozen=True)
class Dispute:
    say: str
    then: str
    """The city's answer once it has been there again."""


@dataclass(frozen=True)
class Refer:
    recipient: str
    phone: str
    words: str


@dataclass(frozen=True)
class Text:
    """One thing that somebody may write, with what the city can say to it."""

    say: str
    scene: str
    """What its photos show (`scenes`); empty: nobody takes a photo of it."""
    details: Table
    """Answers to the category's questions that follow from the text."""
    done: tuple[str, ...]
    answered: tuple[str, ...]
    asks: tuple[Ask, ...]
    declines: tuple[Decline, ...]
    refers: tuple[Refer, ...]
    disputes: tuple[Dispute, ...]
    words: Table
    """Of the category, or where it has some, of its topic."""
    refers_itself: bool
    """The recipient is the text's own, not one that the whole category is passed to."""


@dataclass(frozen=True)
class Material:
    """A category and all that is said about it."""

    code: str
    setup: Table
    """The table as it stands in the file."""
    texts: tuple[Text, ...]
    """Written out: each fits one report well."""
    short: tuple[Text, ...]
    """Patterns of short messages, different each time."""


@cache
def city() -> Table:
    return _read("city.toml")


@cache
def common() -> Table:
    return _read("words.toml")


@cache
def categories() -> tuple[Material, ...]:
    """In the city's order."""
    return tuple(_category(code) for code in city()["categories"]["order"])


def _category(code: str) -> Material:
    table = _read(f"categories/{code}.toml")
    topics, words = table["topics"], table["words"]
    return Material(
        code=code,
        setup=table,
        texts=tuple(_text(one, topic, words) for topic in topics for one in topic["texts"]),
        short=tuple(_text(one, topic, words) for topic in topics for one in topic["short"]),
    )


def _text(entry: str | Table, topic: Table, words: Table) -> Text:
    own: Table = {"say": entry} if isinstance(entry, str) else entry
    asks = [own["ask"]] if "ask" in own else topic.get("asks", [])
    declines = [own["decline"]] if "decline" in own else topic.get("declines", [])
    refers = [own["refer"]] if "refer" in own else words.get("refers", [])
    done, answered = _answers(own, topic)
    said = {**words, **topic.get("words", {})}
    return Text(
        say=own["say"],
        scene=topic.get("scene", ""),
        details={**topic.get("details", {}), **own.get("details", {})},
        done=done,
        answered=answered,
        asks=tuple(Ask(**one) for one in asks),
        declines=tuple(Decline(**one) for one in declines),
        refers=tuple(Refer(**one) for one in refers),
        disputes=tuple(Dispute(**one) for one in said["disputes"]),
        words=said,
        refers_itself="refer" in own,
    )


def _answers(own: Table, topic: Table) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if "done" in own or "answered" in own:
        return _one(own.get("done")), _one(own.get("answered"))
    return tuple(topic.get("done", ())), tuple(topic.get("answered", ()))


def _one(words: str | None) -> tuple[str, ...]:
    return (words,) if words else ()


def _read(name: str) -> Table:
    return tomllib.loads((files("hopthu.cli.demo") / name).read_text("utf-8"))
