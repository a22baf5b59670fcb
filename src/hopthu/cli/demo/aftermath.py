"""What the stories have to do with other people: neighbours, duplicates, moderators' looks."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

from hopthu.cli.demo import hours, material, streets
from hopthu.cli.demo.author import Author
from hopthu.cli.demo.material import Material
from hopthu.cli.demo.story import By, Look, Merge, Move, Story
from hopthu.core.geometry import Point
from hopthu.core.terms import Step

UNDISTURBED = {Step.ROUTE, Step.RECATEGORISE, Step.RELOCATE, Step.HIDE, Step.WITHDRAW}
"""Stories with such a step have enough going on: nothing is merged into them."""
LONG_ENOUGH = timedelta(hours=30)


def lasts(story: Story, now: datetime) -> bool:
    """Open long enough for a neighbour to report the same."""
    steps = {one.step for one in story.happenings if isinstance(one, Move)}
    end = story.closes_at or now
    return (
        end - story.at > LONG_ENOUGH
        and not steps & UNDISTURBED
        and not story.private
        and story.point is not None
    )


def duplicate(target: Story, about: Material, author: Author) -> Story:
    """The same place in other words, merged by the officer while `target` is open."""
    rng = author.rng
    end = target.closes_at or author.now
    at = hours.awake(target.at, (end - target.at) * rng.uniform(0.1, 0.5))
    story = author.draft(about, rng.choice(about.short), at=at, like=target).story
    point = target.point or streets.CENTER
    story.point = Point(point.lat + rng.uniform(-2e-4, 2e-4), point.lon + rng.uniform(-2e-4, 2e-4))
    story.private = False
    looked = hours.at_work(author.calendar, at, timedelta(minutes=rng.uniform(20, 300)))
    merged_at = min(looked, at + (end - at) * 0.9)
    story.happenings = [Merge(merged_at, target)] if merged_at < author.now else []
    return story


def concerned_speak(stories: Sequence[Story], author: Author) -> None:
    """The body that an oversight report is about may say something for itself."""
    for story in stories:
        if story.concerned is None or author.rng.random() < 0.5:
            continue
        wait = timedelta(hours=author.rng.uniform(3, 14))
        at = hours.at_work(author.calendar, story.at, wait)
        words = author.rng.choice(material.common()["concerned"])
        if at < author.now:
            story.happenings.append(Move(at, By.CONCERNED, Step.ANSWER, {"words": words}))
            story.happenings.sort(key=lambda one: one.at)


def supported(stories: Sequence[Story], author: Author) -> None:
    """Neighbours who have the same, most of them in the first days, most at few places."""
    rng = author.rng
    for story in stories:
        steps = {one.step for one in story.happenings if isinstance(one, Move)}
        merged = any(isinstance(one, Merge) for one in story.happenings)
        if merged or story.private or story.point is None or steps & {Step.HIDE, Step.WITHDRAW}:
            continue
        for _ in range(_popularity(rng)):
            at = hours.awake(story.at, timedelta(hours=rng.expovariate(1 / 40)))
            if at < author.now:
                story.happenings.append(Move(at, By.NEIGHBOUR, Step.SUPPORT))
        story.happenings.sort(key=lambda one: one.at)


def _popularity(rng: random.Random) -> int:
    return 0 if rng.random() < 0.6 else min(int(rng.paretovariate(1.2)), 18)


def photographed(stories: Sequence[Story], rng: random.Random, count: int) -> list[Story]:
    """Give `count` reports photos; the newest more often, where people look first."""
    showing = [one for one in stories if one.scene and not one.private and not one.at_desk]
    newest, older = showing[-count // 3 :], showing[: -count // 3]
    chosen = [*newest, *rng.sample(older, count - len(newest))]
    chosen.sort(key=lambda story: story.at)
    for story in chosen:
        story.photos = rng.choice((1, 1, 1, 2))
    return chosen


def looked_at(story: Story, author: Author) -> None:
    """A moderator looks within hours, except at night."""
    at = hours.in_daylight(story.at, timedelta(hours=author.rng.uniform(1, 9)))
    if at < author.now:
        story.happenings.append(Look(at, withhold=author.rng.random() < 0.04))
        story.happenings.sort(key=lambda one: one.at)
