"""Tells what happens to one report, a move at a time, each a believable while after the last."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from hopthu.cli.demo import hours, material
from hopthu.cli.demo.material import Ask, Decline, Dispute, Material, Refer, Text
from hopthu.cli.demo.speech import say
from hopthu.cli.demo.story import By, Move, Note
from hopthu.core.deadlines import Calendar, Promise, Unit, due
from hopthu.core.terms import Outcome, Step

WEEKDAYS = ("thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "chủ nhật")
HOURS_A_DAY = 8


@dataclass
class Teller:
    rng: random.Random
    calendar: Calendar
    material: Material
    text: Text
    promise: Promise
    slots: Mapping[str, str]
    at: datetime
    """When the last move was made; the report came in at the first value."""

    def __post_init__(self) -> None:
        self.received_at = self.at
        self.resolve_by = due(self.calendar, self.at, self.promise)

    # Time goes by.

    def city(self, low: float, high: float) -> None:
        """A share of the promised time, `low` to `high`, goes by at the office."""
        share = self.rng.uniform(low, high)
        if self.promise.unit is Unit.CLOCK_HOURS:
            self.at += timedelta(hours=share * self.promise.amount)
            return
        days = self.promise.unit is Unit.WORKING_DAYS
        worked = timedelta(hours=share * self.promise.amount * (HOURS_A_DAY if days else 1))
        self.at = hours.at_work(self.calendar, self.at, worked)

    def soon(self) -> None:
        """Minutes to hours, as the category's promise is short or long."""
        self.city(0.02, 0.12)

    def resident(self, low: float, high: float) -> None:
        """`low` to `high` hours until the sender looks again."""
        gone = timedelta(minutes=self.rng.uniform(low * 60, high * 60))
        self.at = hours.awake(self.at, gone)

    # Moves are made.

    def officer(self, step: Step, words: str = "", **given: Any) -> Move:
        return self._move(By.OFFICER, step, words, given)

    def moderator(self, step: Step, words: str = "", **given: Any) -> Move:
        return self._move(By.MODERATOR, step, words, given)

    def sender(self, step: Step, words: str = "", photos: int = 0) -> Move:
        return self._move(By.SENDER, step, words, {}, photos)

    def note(self) -> Note:
        return Note(self.at, self.rng.choice(material.common()["notes"]))

    def _move(
        self, by: By, step: Step, words: str, given: Mapping[str, Any], photos: int = 0
    ) -> Move:
        return Move(self.at, by, step, {**given, "words": words}, photos)

    def resolve(self, words: str | None = None) -> Move:
        """With the answer that fits the text; `words` for a second one."""
        outcome = Outcome.DONE if self.text.done else Outcome.ANSWERED
        if self.text.done and self.text.answered and self.chance(0.4):
            outcome = Outcome.ANSWERED
        pool = self.text.done if outcome is Outcome.DONE else self.text.answered
        said = words or self.one_of(pool)
        photos = int(bool(self.text.scene) and outcome is Outcome.DONE and self.chance(0.05))
        given = {"outcome": outcome}
        return self._move(By.OFFICER, Step.RESOLVE, said, given, photos)

    # Words are found.

    def one_of(self, patterns: Sequence[str], day: date | None = None) -> str:
        slots = {**self.slots, "date": spoken(day)} if day else self.slots
        return say(self.rng.choice(patterns), self.rng, slots)

    def own(self, kind: str, day: date | None = None) -> str:
        """Words of the category or topic."""
        return self.one_of(self.text.words[kind], day)

    def common(self, kind: str) -> str:
        return self.one_of(material.common()[kind])

    def ask(self) -> Ask:
        return self.rng.choice(self.text.asks)

    def decline(self) -> Decline:
        """A reason of the text; every body has been somewhere and found nothing."""
        if self.text.declines:
            return self.rng.choice(self.text.declines)
        return Decline("not_found", say(self.text.words["not_found"], self.rng, self.slots))

    def dispute(self) -> Dispute:
        return self.rng.choice(self.text.disputes)

    def refer(self) -> Refer:
        return self.rng.choice(self.text.refers)

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def workday_after(self, start: datetime, days: int) -> date:
        return due(self.calendar, start, Promise(days, Unit.WORKING_DAYS)).date()


def spoken(day: date) -> str:
    """
    >>> spoken(date(2026, 11, 26))
    '26/11 (thứ năm)'
    """
    return f"{day.day}/{day.month} ({WEEKDAYS[day.weekday()]})"
