"""What may become of a report. A plot goes on until it ends or the present is reached."""

from collections.abc import Callable, Iterator
from datetime import timedelta

from hopthu.cli.demo.speech import say
from hopthu.cli.demo.story import Happening
from hopthu.cli.demo.teller import Teller
from hopthu.core.lifecycle import SILENCE
from hopthu.core.terms import DeclineReason, Step

Plot = Callable[[Teller], Iterator[Happening]]


def _taken_on(t: Teller) -> Iterator[Happening]:
    t.soon()
    yield t.officer(Step.ACCEPT)
    if t.chance(0.25):
        t.soon()
        yield t.note()
    if t.chance(0.6):
        t.city(0.05, 0.25)
        yield t.officer(Step.START, t.own("start") if t.chance(0.6) else "")


def _confirmed(t: Teller, share: float = 0.3) -> Iterator[Happening]:
    if t.chance(share):
        t.resident(3, 50)
        yield t.sender(Step.CONFIRM, t.common("confirm"))


def handled(t: Teller) -> Iterator[Happening]:
    yield from _taken_on(t)
    t.city(0.1, 0.7)
    yield t.resolve()
    yield from _confirmed(t)


def at_once(t: Teller) -> Iterator[Happening]:
    t.city(0.1, 0.5)
    yield t.resolve()
    yield from _confirmed(t)


def told_first(t: Teller) -> Iterator[Happening]:
    t.soon()
    yield t.officer(Step.ANSWER, t.common("answer"))
    t.soon()
    yield t.officer(Step.START, t.own("start"))
    if t.chance(0.4):
        t.resident(4, 30)
        yield t.sender(Step.ADD_WORDS, t.own("add"))
    t.city(0.2, 0.7)
    yield t.resolve()
    yield from _confirmed(t)


def scheduled(t: Teller, days: int | None = None) -> Iterator[Happening]:
    """For `days` working days on, or a few."""
    yield from _taken_on(t)
    t.city(0.05, 0.2)
    day = t.workday_after(t.at, days or t.rng.randint(2, 6))
    yield t.officer(Step.SCHEDULE, t.own("schedule", day), date=day)
    ready = t.at.replace(year=day.year, month=day.month, day=day.day, hour=14, minute=0)
    t.at = ready + timedelta(minutes=t.rng.randrange(170))
    yield t.resolve()
    yield from _confirmed(t)


def extended(t: Teller) -> Iterator[Happening]:
    yield from _taken_on(t)
    t.city(0.3, 0.5)
    late = t.workday_after(t.resolve_by, t.rng.randint(3, 5))
    yield t.officer(Step.EXTEND, t.own("extend", late), date=late)
    t.city(0.3, 0.6)
    yield t.resolve()
    yield from _confirmed(t)


def asked(t: Teller) -> Iterator[Happening]:
    yield from _taken_on(t)
    question = t.ask()
    t.soon()
    yield t.officer(Step.ASK, say(question.ask, t.rng, t.slots))
    t.resident(1, 40)
    yield t.sender(Step.REPLY, question.reply)
    t.city(0.2, 0.6)
    yield t.resolve()
    yield from _confirmed(t, 0.5)


def silent(t: Teller) -> Iterator[Happening]:
    """Asked, never replied; a late reply opens it again now and then."""
    yield from _taken_on(t)
    question = t.ask()
    t.soon()
    yield t.officer(Step.ASK, say(question.ask, t.rng, t.slots))
    t.at += SILENCE
    t.soon()
    words = t.common("silence")
    yield t.officer(Step.DECLINE, words, reason=DeclineReason.NOT_ENOUGH_INFORMATION)
    if t.chance(0.35):
        t.resident(24, 140)
        yield t.sender(Step.REPLY, question.reply)
        t.city(0.3, 0.7)
        yield t.resolve()


def declined(t: Teller) -> Iterator[Happening]:
    yield from _taken_on(t)
    t.city(0.1, 0.6)
    no = t.decline()
    yield t.officer(Step.DECLINE, say(no.words, t.rng, t.slots), reason=no.reason)


def referred(t: Teller) -> Iterator[Happening]:
    yield from _taken_on(t)
    t.city(0.05, 0.3)
    to = t.refer()
    follow_up = t.workday_after(t.at, t.rng.randint(7, 15))
    yield t.officer(
        Step.REFER,
        say(to.words, t.rng, t.slots),
        recipient=to.recipient,
        phone=to.phone,
        date=follow_up,
    )


def disputed(t: Teller) -> Iterator[Happening]:
    yield from _taken_on(t)
    t.city(0.1, 0.6)
    yield t.resolve()
    t.resident(5, 70)
    photos = int(bool(t.text.scene) and t.chance(0.3))
    dispute = t.dispute()
    yield t.sender(Step.DISPUTE, dispute.say, photos=photos)
    t.soon()
    yield t.officer(Step.START)
    t.city(0.1, 0.5)
    yield t.resolve(dispute.then)
    yield from _confirmed(t, 0.7)


def disputed_twice(t: Teller) -> Iterator[Happening]:
    """Somebody outside the body judges the second dispute."""
    yield from _taken_on(t)
    t.city(0.1, 0.4)
    yield t.resolve()
    t.resident(5, 50)
    dispute = t.dispute()
    yield t.sender(Step.DISPUTE, dispute.say)
    t.city(0.1, 0.4)
    yield t.resolve(dispute.then)
    t.resident(8, 60)
    yield t.sender(Step.DISPUTE, t.common("still_not"))
    t.city(0.2, 0.6)
    if t.chance(0.5):
        yield t.moderator(Step.ANSWER, t.common("judge_stands"))
        return
    yield t.moderator(Step.REOPEN, t.common("judge_reopens"))
    t.city(0.2, 0.6)
    yield t.resolve(t.common("third"))


def withdrawn(t: Teller) -> Iterator[Happening]:
    """Taken back by the sender, and sometimes sent on after all."""
    if t.chance(0.5):
        t.soon()
        yield t.officer(Step.ACCEPT)
    t.resident(2, 40)
    yield t.sender(Step.WITHDRAW, t.common("withdraw"))
    if t.chance(0.3):
        t.resident(10, 60)
        yield t.sender(Step.REOPEN, t.common("undo"))
        t.city(0.1, 0.5)
        yield t.resolve()


def assigned(t: Teller) -> Iterator[Happening]:
    """Given to one officer by name, inside the body."""
    t.soon()
    yield t.officer(Step.ASSIGN, person=0)
    t.city(0.1, 0.3)
    yield t.note()
    yield t.officer(Step.START)
    t.city(0.1, 0.6)
    yield t.resolve()
    yield from _confirmed(t)


def forgotten(t: Teller) -> Iterator[Happening]:
    """It happens: taken on, and then nothing."""
    if t.chance(0.6):
        t.city(0.1, 0.8)
        yield t.officer(Step.ACCEPT)
    t.at = t.resolve_by
    t.city(1.5, 4.0)
    yield t.resolve()
