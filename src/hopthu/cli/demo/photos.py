"""The photos of Sông Mây: drawn (`scenes`), and developed like any other photo."""

import io
import random
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from hopthu.cli.demo.scenes import draw
from hopthu.cli.demo.story import Move, Story
from hopthu.core.terms import Step
from hopthu.reports.actions.photos import add_upload
from hopthu.reports.models import Photo

BEFORE_SENDING = timedelta(minutes=3)


def develop(stories: Sequence[Story], seed: int) -> dict[tuple[Story, datetime], list[Photo]]:
    """Every photo that comes with a story, by the time at which it comes."""
    rng = random.Random(seed)  # noqa: S311  the same city each time
    uploads: dict[tuple[Story, datetime], list[Photo]] = {}
    for story, at, count, mended in _wanted(stories):
        for _ in range(count):
            picture = draw(story.scene, rng, mended=mended)
            file = io.BytesIO()
            picture.save(file, "JPEG", quality=88)
            photo = add_upload(file.getvalue(), at=at - BEFORE_SENDING)
            uploads.setdefault((story, at), []).append(photo)
    return uploads


def _wanted(stories: Sequence[Story]) -> Iterator[tuple[Story, datetime, int, bool]]:
    for story in stories:
        yield story, story.at, story.photos, False
        for one in story.happenings:
            if isinstance(one, Move):
                yield story, one.at, one.photos, one.step is Step.RESOLVE
