"""What the last page asks of programs and not of people: a field left empty, and a little work.

Neither ever loses a report. Who filled in the field that people do not see is asked whether a
program is sending. While much comes in, a browser finds a number (`core.puzzles`) as the page is
read; one that cannot waits a little. Both get the page again with everything that was typed.
"""

import hmac
import secrets
import time
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hopthu.core import puzzles
from hopthu.public.forms.problems import Problem

TRAP = "subject"
"""A field that no person sees; browsers have nothing of their own to fill in there."""
LIFE = 24 * 3600
"""Seconds: as long as a draft is kept on a phone."""
EASIEST = 40_000
"""Numbers to try at most, at the first level; twice as many at each further one."""
SHORTEST = 15
"""Seconds without a solution, at the first level; twice as long at each further one."""


@dataclass(frozen=True)
class Wait:
    """More is asked before this report is taken in."""

    seconds: int

    def problem(self) -> Problem:
        message = ngettext(
            "Very many reports are arriving just now. Nothing is lost: please send this one again "
            "in %(count)s second.",
            "Very many reports are arriving just now. Nothing is lost: please send this one again "
            "in %(count)s seconds.",
            self.seconds,
        )
        return Problem("form", message % {"count": self.seconds})


def trapped(request: HttpRequest) -> bool:
    """Whether a program seems to have filled the form in, and nobody has said otherwise."""
    return bool(request.POST.get(TRAP) or request.POST.get("program"))


def trap_problem() -> Problem:
    return Problem(
        "program",
        _(
            "A field that people do not see was filled in, as programs do. If you are a person, "
            "take this tick away and send it again. Nothing is lost."
        ),
    )


def wait(request: HttpRequest, submission: str, *, level: int) -> Wait | None:
    """What is still missing until the form may come in; None if nothing is."""
    if not level:
        return None
    now = int(time.time())
    puzzle = _brought(request, submission, now)
    if puzzle is None:
        return Wait(_seconds(level))
    if puzzle.solved_by(request.POST.get("solution", "")) or now >= puzzle.ready:
        return None
    return Wait(puzzle.ready - now)


def context(request: HttpRequest, submission: str, *, level: int, sent: bool) -> dict[str, Any]:
    """For `new/check.html` and `following/form.html`; `sent`: it was sent, and is shown again."""
    now = int(time.time())
    # A program that is asked again gets no second trap: the question stands for it.
    asked = sent and trapped(request)
    puzzle = _brought(request, submission, now) or _new(level, submission, now)
    return {
        "trap": TRAP,
        "ask_program": asked,
        "trap_words": request.POST.get(TRAP, "") if asked else "",
        "puzzle": puzzle,
        "puzzle_wait": max(0, puzzle.ready - now) if puzzle else 0,
    }


def _brought(request: HttpRequest, submission: str, now: int) -> puzzles.Puzzle | None:
    """The puzzle that this form was given before, if it still counts."""
    try:
        return puzzles.read(_key(), request.POST.get("puzzle", ""), subject=submission, now=now)
    except puzzles.BadPuzzle:
        return None


def _new(level: int, submission: str, now: int) -> puzzles.Puzzle | None:
    if not level:
        return None
    most = EASIEST * 2 ** (level - 1)
    return puzzles.make(
        _key(),
        submission,
        salt=secrets.token_bytes(12),
        number=secrets.randbelow(most + 1),
        most=most,
        ready=now + _seconds(level),
        expires=now + LIFE,
    )


def _seconds(level: int) -> int:
    return int(SHORTEST * 2 ** (level - 1))


def _key() -> bytes:
    """The same in every web process: a form may be given by one and come back to another."""
    return hmac.digest(settings.SECRET_KEY.encode(), b"hopthu puzzle", "sha256")
