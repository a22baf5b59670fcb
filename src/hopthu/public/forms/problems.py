"""What is wrong with a form: named beside the field, in the reader's language."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing to put right; `field` is the name of the input it stands beside."""

    field: str
    message: str
    too_large: bool = False


class Problems(Exception):
    """A page of the form cannot be used as it was filled in."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{p.field}: {p.message}" for p in self.problems))


def status_of(problems: Iterable[Problem]) -> int:
    """The HTTP status that says it: 413 when something is too large, else 422."""
    return 413 if any(problem.too_large for problem in problems) else 422
