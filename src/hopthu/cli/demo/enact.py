"""Making the stories true: each through the one door, all in the order of time."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from hopthu.cli.demo.cast import Cast
from hopthu.cli.demo.story import Happening, Look, Merge, Move, Note, Story
from hopthu.core.terms import HideReason, Step
from hopthu.people.actors import SENDER
from hopthu.reports.actions import Given, Received, advance, receive, write_note
from hopthu.reports.actions.photos import publish_photo, withhold_photo
from hopthu.reports.intake import Intake, Place
from hopthu.reports.models import Photo, Report

Uploads = Mapping[tuple[Story, datetime], Sequence[Photo]]
"""The photos that come with a story at a time, developed beforehand."""


@dataclass
class Stage:
    cast: Cast
    rng: random.Random
    """For what nobody has to guess: the random ids of forms."""
    uploads: Uploads
    received: dict[Story, Received] = field(default_factory=dict)
    reports: dict[Story, Report] = field(default_factory=dict)
    """As they stand by now."""

    def tokens(self, story: Story, at: datetime) -> tuple[str, ...]:
        return tuple(photo.token for photo in self.uploads.get((story, at), ()))


def enact(stories: Sequence[Story], cast: Cast, uploads: Uploads) -> dict[Story, Received]:
    """One transaction: either the whole city is there, or none of its reports."""
    stage = Stage(cast, random.SystemRandom(), uploads)
    with transaction.atomic():
        for story, happening in _by_time(stories):
            _happen(stage, story, happening)
    return stage.received


def _by_time(stories: Sequence[Story]) -> Iterator[tuple[Story, Happening | None]]:
    """None stands for the arrival of the report."""
    scenes: list[tuple[datetime, int, Story, Happening | None]] = []
    for turn, story in enumerate(stories):
        scenes.append((story.at, turn, story, None))
        scenes += [(one.at, turn, story, one) for one in story.happenings]
    scenes.sort(key=lambda scene: scene[:2])
    for _, _, story, happening in scenes:
        yield story, happening


def _happen(stage: Stage, story: Story, happening: Happening | None) -> None:
    if happening is None:
        stage.received[story] = _arrive(stage, story)
        stage.reports[story] = stage.received[story].report
        return
    report = stage.reports[story]
    match happening:
        case Move():
            stage.reports[story] = _move(stage, story, report, happening)
        case Merge(at, into):
            given = Given(target=stage.received[into].report.number)
            officer = stage.cast.officer(report)
            stage.reports[story] = advance(
                report, step=Step.MERGE, actor=officer, at=at, given=given
            )
        case Note(at, text):
            write_note(report, text=text, actor=stage.cast.officer(report), at=at)
        case Look(at, withhold):
            _look(stage, report, at, withhold)


def _arrive(stage: Stage, story: Story) -> Received:
    intake = Intake(
        category=story.category,
        place=Place(story.point, story.area, story.landmark),
        text=story.text,
        details=story.details,
        uploads=stage.tokens(story, story.at),
        private=story.private,
        concerned=story.concerned,
    )
    return receive(
        intake,
        submission=f"{stage.rng.getrandbits(128):032x}",
        at=story.at,
        source="desk" if story.at_desk else "web",
        actor=stage.cast.clerk if story.at_desk else SENDER,
    )


def _move(stage: Stage, story: Story, report: Report, move: Move) -> Report:
    given = dict(move.given)
    who = stage.cast.who(move.by, report)
    if move.step is Step.ASSIGN:
        given["person"] = who.staff_id
    uploads = stage.tokens(story, move.at)
    complete = Given(**given, uploads=uploads)
    return advance(report, step=move.step, actor=who, at=move.at, given=complete)


def _look(stage: Stage, report: Report, at: datetime, withhold: bool) -> None:
    for photo in report.photos.filter(state=Photo.State.HELD):
        if withhold:
            reason = HideReason.PERSONAL_DATA
            withhold_photo(photo, actor=stage.cast.moderator, reason=reason, at=at)
        else:
            publish_photo(photo, actor=stage.cast.moderator, at=at)
