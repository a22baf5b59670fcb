"""What senders answer to the questions of a category."""

import random
from collections.abc import Mapping
from datetime import datetime, timedelta

from hopthu.cli.demo.material import Material, Table, Text
from hopthu.cli.demo.speech import say

Answers = dict[str, str | list[str]]


def answers(
    about: Material, text: Text, rng: random.Random, at: datetime, slots: Mapping[str, str]
) -> Answers:
    """What follows from the text comes first; the rest is left out as often as people do."""
    found: Answers = {}
    for question in about.setup.get("questions", ()):
        code = question["code"]
        if code in text.details:
            answer = _follows(question, text.details[code], rng)
        elif rng.random() < question["chance"]:
            answer = _made_up(question, rng, at, slots)
        else:
            continue
        if answer:
            found[code] = answer
    return found


def _follows(question: Table, given: str | list[str], rng: random.Random) -> str | list[str]:
    """A list is the answer where several may be ticked, else a choice of answers."""
    if isinstance(given, list) and question["datatype"] != "multivaluelist":
        return rng.choice(given)
    return given


def _made_up(
    question: Table, rng: random.Random, at: datetime, slots: Mapping[str, str]
) -> str | list[str]:
    match question["datatype"]:
        case "singlevaluelist":
            return str(rng.choice(question["choices"])[0])
        case "multivaluelist":
            keys = [str(key) for key, _ in question["choices"]]
            return sorted(rng.sample(keys, rng.choice((1, 1, 2))), key=keys.index)
        case "datetime":
            ago = timedelta(hours=rng.choice((2, 10, 26, 50, 75, 170, 400)))
            return (at - ago).strftime("%Y-%m-%dT%H:00")
        case _:
            return say(rng.choice(question["values"]), rng, slots)
