"""The witnesses of our log: asked all at once, waited for briefly, and never waited for twice.

Whoever does not answer in time, or not rightly, is asked again in the background with growing
pauses, and waited for again once it has answered. So one that hangs costs one round its patience,
and the log goes on without it. `cosign` is for the one thread that signs; each witness has a thread
of its own, which dies with the process.
"""

import logging
import threading
import time
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from django.conf import settings

from hopthu.core.merkle import Subtree, consistency_proof
from hopthu.core.signed_notes import Note, Signature
from hopthu.record.asking import (
    AheadOfUs,
    AnotherTree,
    Configured,
    Line,
    NoAnswer,
    WitnessDisagrees,
)

__all__ = [
    "AheadOfUs",
    "AnotherTree",
    "WitnessDisagrees",
    "Witnesses",
    "before_anything_new",
    "cosign",
    "late",
]

PATIENCE: Final = 2.0
"""Seconds that a checkpoint waits for its witnesses altogether."""
SHORTEST_PAUSE: Final = 1.0
LONGEST_PAUSE: Final = 300.0
TOO_LONG: Final = 30.0
"""Seconds after which a witness that still answers, byte by byte, is hung up on."""

logger = logging.getLogger("hopthu.record")


def cosign(note: Note, tree: Subtree) -> Note:
    """The checkpoint with what its witnesses say in time. Raises `WitnessDisagrees`.

    `tree` is asked from other threads, now and later: it has to be one of its own.
    """
    return _witnesses(settings.WITNESSES).cosign(note, tree)


def before_anything_new(note: Note, tree: Subtree) -> Note:
    """Show them what is published, once in the life of the process: have they seen more?

    A data folder that was put back from a backup does not know of it, and would sign another log.
    Raises `WitnessDisagrees`.
    """
    own = _witnesses(settings.WITNESSES)
    return note if own.agreed else own.cosign(note, tree)


def late(note: Note, tree: Subtree) -> Note:
    """The published checkpoint with what came since; waits for nobody. Raises `WitnessDisagrees`.

    To be called again and again: it is what asks the others once more.
    """
    return _witnesses(settings.WITNESSES).late(note, tree)


@lru_cache(maxsize=1)
def _witnesses(configured: tuple[Configured, ...]) -> "Witnesses":
    """One for the life of the process: it remembers who answers."""
    return Witnesses(configured)


class Witnesses:
    def __init__(
        self,
        configured: Sequence[Configured],
        *,
        patience: float = PATIENCE,
        pause: float = SHORTEST_PAUSE,
    ) -> None:
        self.patience = patience
        self.agreed = not configured
        """They were asked, and nobody who answered knew of another log than ours."""
        self._changed = threading.Condition()
        self._all = [_Companion(one, self._changed, pause) for one in configured]

    def cosign(self, note: Note, tree: Subtree) -> Note:
        """As the function of this name."""
        wanted = _Wanted(note, tree)
        with self._changed:
            waited_for = [one for one in self._all if one.is_well]
            for one in self._all:
                one.want(wanted)
            self._changed.wait_for(
                lambda: all(one.is_done_with(wanted) for one in waited_for), self.patience
            )
            for one in waited_for:
                if not one.is_done_with(wanted):
                    one.was_too_slow()
            return self._signed(note)

    def late(self, note: Note, tree: Subtree) -> Note:
        """As the function of this name."""
        with self._changed:
            wanted = _Wanted(note, tree)
            for one in self._all:
                one.hang_up_if_too_long()
                if not one.has_signed(note) and not one.is_at(note):
                    one.want(wanted)
            return self._signed(note)

    def _signed(self, note: Note) -> Note:
        self.agreed = False
        for one in self._all:
            one.raise_disagreement()
        self.agreed = True
        found = [one.signature_of(note) for one in self._all if not one.has_signed(note)]
        return note.signed(*(signature for signature in found if signature))


class _Wanted:
    """A checkpoint to be cosigned, and the proofs that lead to it."""

    def __init__(self, note: Note, tree: Subtree) -> None:
        self.note = note
        self._tree = tree
        self._lock = threading.Lock()

    def proof(self, old: int, new: int) -> list[bytes]:
        # A tree keeps what it has read; two threads at a time would keep it twice.
        with self._lock:
            return consistency_proof(old, new, self._tree)


class _Companion:
    """One witness with its thread. Everything but the asking happens under `changed`."""

    def __init__(self, configured: Configured, changed: threading.Condition, pause: float) -> None:
        self._key = configured.key
        self._line = Line(configured)
        self._changed = changed
        self._shortest_pause = self._pause = pause
        self._not_before = 0.0
        self._thread: threading.Thread | None = None
        self._wanted: _Wanted | None = None
        self._asked: _Wanted | None = None
        """What the thread is at, if it is at something."""
        self._asked_at = 0.0
        self._done: _Wanted | None = None
        self._answer: tuple[str, Signature] | None = None
        """The last text that it cosigned, and how."""
        self._disagreement: WitnessDisagrees | None = None
        self.is_well = True
        """It answered when it was last asked; so it is worth waiting for."""

    def want(self, wanted: _Wanted) -> None:
        """Have it asked, as soon as it may be."""
        if not self.is_well and (self._asked or time.monotonic() < self._not_before):
            return
        self._wanted = wanted
        if self._thread is None:
            name = f"witness {self._key.name}"
            self._thread = threading.Thread(target=self._run, name=name, daemon=True)
            self._thread.start()
        self._changed.notify_all()

    def hang_up_if_too_long(self) -> None:
        if self._asked and self._asked_at + TOO_LONG < time.monotonic():
            self._line.hang_up()

    def is_done_with(self, wanted: _Wanted) -> bool:
        return self._done is wanted

    def is_at(self, note: Note) -> bool:
        """It is being asked for that checkpoint, or has given its cosignature already."""
        texts = {one.note.text for one in (self._wanted, self._asked) if one}
        return note.text in texts or self.signature_of(note) is not None

    def was_too_slow(self) -> None:
        self._wanted = None
        self._failed("no answer in time")

    def has_signed(self, note: Note) -> bool:
        return any(one.is_by(self._key) for one in note.signatures)

    def signature_of(self, note: Note) -> Signature | None:
        return self._answer[1] if self._answer and self._answer[0] == note.text else None

    def raise_disagreement(self) -> None:
        """Once; it is said again whenever it is asked again."""
        disagreement, self._disagreement = self._disagreement, None
        if disagreement:
            raise disagreement

    def _run(self) -> None:
        while True:
            wanted = self._next()
            answer = self._ask(wanted)
            with self._changed:
                self._take(answer, wanted)
                self._asked, self._done = None, wanted
                self._changed.notify_all()

    def _next(self) -> _Wanted:
        with self._changed:
            while self._wanted is None:
                self._changed.wait()
            wanted, self._wanted = self._wanted, None
            self._asked, self._asked_at = wanted, time.monotonic()
        return wanted

    def _ask(self, wanted: _Wanted) -> "Signature | NoAnswer | WitnessDisagrees":
        try:
            return self._line.ask(wanted.note, wanted.proof)
        except (NoAnswer, WitnessDisagrees) as error:
            return error
        except Exception as error:  # the thread goes on, whatever became of the tiles it read
            logger.exception("asking the witness %s", self._key.name)
            return NoAnswer(repr(error))

    def _take(self, answer: "Signature | NoAnswer | WitnessDisagrees", wanted: _Wanted) -> None:
        if isinstance(answer, NoAnswer):
            self._failed(str(answer))
            return
        if not self.is_well:
            logger.warning("the witness %s answers again", self._key.name)
        self.is_well, self._pause = True, self._shortest_pause
        if isinstance(answer, WitnessDisagrees):
            self._disagreement = answer
        else:
            self._answer = (wanted.note.text, answer)

    def _failed(self, why: str) -> None:
        if self.is_well:
            logger.warning("the witness %s: %s; going on without it", self._key.name, why)
        self.is_well = False
        self._not_before = time.monotonic() + self._pause
        self._pause = min(2 * self._pause, LONGEST_PAUSE)
