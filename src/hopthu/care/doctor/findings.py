"""What a check found."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    OK = "ok"
    WARN = "warn"
    FAIL = "FAIL"


@dataclass(frozen=True)
class Finding:
    verdict: Verdict
    what: str
    todo: str = ""
    """What to do; empty where all is well."""


def ok(what: str) -> Finding:
    return Finding(Verdict.OK, what)


def warn(what: str, todo: str) -> Finding:
    return Finding(Verdict.WARN, what, todo)


def fail(what: str, todo: str) -> Finding:
    return Finding(Verdict.FAIL, what, todo)
