"""All the stories of Sông Mây in the ninety days before now, from one seed."""

import random
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial

from hopthu.cli.demo import material, mishaps, plots
from hopthu.cli.demo.aftermath import (
    concerned_speak,
    duplicate,
    lasts,
    looked_at,
    photographed,
    supported,
)
from hopthu.cli.demo.author import Author, Draft
from hopthu.cli.demo.choosing import choose
from hopthu.cli.demo.material import Material, Text
from hopthu.cli.demo.mishaps import ELSEWHERE, FILED_UNDER
from hopthu.cli.demo.plots import Plot
from hopthu.cli.demo.story import Story
from hopthu.cli.demo.streets import Street
from hopthu.core.deadlines import Calendar

DUPLICATES = 0.05
"""Share of reports that somebody else had sent before."""
LARGE_WORKS = {"road", "drainage", "sidewalk", "trees", "street_light", "rubbish"}
"""Categories in which the city may name a day that is weeks away."""
PHOTOGRAPHED = 30
"""Reports that come with photos."""


def compose(
    *, seed: int, now: datetime, calendar: Calendar, streets: Sequence[Street]
) -> list[Story]:
    """In the order in which they come in; nothing happens after `now`."""
    author = Author(random.Random(seed), now, calendar, streets)  # noqa: S311  the same city each time
    drafts = [draft for about in material.categories() for draft in _drafts(author, about)]
    special = dict(_special(author, drafts))
    for draft in drafts:
        plot = special.get(draft.story) or choose(author.rng, draft.text, draft.about)
        _tell(author, draft, plot)
    stories = [draft.story for draft in drafts]
    for about in material.categories():
        stories += _duplicates(author, about, stories)
    stories.sort(key=lambda story: story.at)
    concerned_speak(stories, author)
    supported(stories, author)
    for story in photographed(stories, author.rng, PHOTOGRAPHED):
        looked_at(story, author)
    return stories


def _drafts(author: Author, about: Material) -> Iterator[Draft]:
    weight = int(about.setup["weight"])
    for text in _texts(author.rng, about, weight - _doubled(about)):
        yield author.draft(about, text)


def _doubled(about: Material) -> int:
    place = about.setup["place"]
    return round(int(about.setup["weight"]) * DUPLICATES) if place == "point" else 0


def _texts(rng: random.Random, about: Material, count: int) -> Iterator[Text]:
    """Every text that was written out once, then short ones, and some of the first again."""
    written = rng.sample(about.texts, len(about.texts))
    yield from written[:count]
    for turn in range(count - len(written)):
        yield rng.choice(about.short if turn % 5 < 3 else about.texts)


def _tell(author: Author, draft: Draft, plot: Plot) -> None:
    happenings = plot(author.teller(draft))
    draft.story.happenings = [one for one in happenings if one.at < author.now]


def _special(author: Author, drafts: Sequence[Draft]) -> Iterator[tuple[Story, Plot]]:
    """A few reports, each at most once, for what happens seldom."""
    rng, now = author.rng, author.now
    free = rng.sample(drafts, len(drafts))

    def take(count: int, fits: Callable[[Draft], bool]) -> list[Draft]:
        taken = [draft for draft in free if fits(draft)][:count]
        for draft in taken:
            free.remove(draft)
        return taken

    for draft in take(2, lambda one: one.about.code == "rubbish"):
        draft.story.text = rng.choice(material.common()["tests"])
        draft.story.scene = ""
        yield draft.story, mishaps.hidden
    for draft in take(2, lambda one: one.about.code in ("road", "trees") and _answerable(one)):
        call_me = rng.choice(material.common()["call_me"])
        draft.story.text += " " + call_me.format(phone=mishaps.PHONE)
        yield draft.story, mishaps.redacted
    for draft in take(9, lambda one: _misrouted(author, one) and _answerable(one)):
        yield draft.story, partial(mishaps.misrouted, body=ELSEWHERE[draft.about.code])
    for draft in take(5, lambda one: one.about.code in FILED_UNDER and _answerable(one)):
        draft.story.category, draft.story.details = FILED_UNDER[draft.about.code], {}
        yield draft.story, mishaps.recategorised
    for draft in take(5, lambda one: _of_last_week(one, now) and one.about.code in LARGE_WORKS):
        yield draft.story, partial(plots.scheduled, days=14)
    for draft in take(4, lambda one: one.story.point is not None and _answerable(one)):
        yield draft.story, partial(mishaps.relocated, story=draft.story)


def _misrouted(author: Author, draft: Draft) -> bool:
    """Whether another body can find that it is the one; in some wards it has the report already."""
    to = ELSEWHERE.get(draft.about.code)
    return to is not None and to != author.body_for(draft.story, draft.about)


def _of_last_week(draft: Draft, now: datetime) -> bool:
    return timedelta(days=6) < now - draft.story.at < timedelta(days=14)


def _answerable(draft: Draft) -> bool:
    return bool(draft.text.done)


def _duplicates(author: Author, about: Material, stories: Sequence[Story]) -> Iterator[Story]:
    """Reports of what a neighbour had reported before, while that was still open."""
    lasting = [one for one in stories if one.category == about.code and lasts(one, author.now)]
    for target in author.rng.sample(lasting, min(_doubled(about), len(lasting))):
        yield duplicate(target, about, author)
