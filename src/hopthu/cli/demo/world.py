"""Sông Mây from nothing: land, city, staff, ninety days of reports."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from hopthu.bodies.queries import configuration
from hopthu.cli.demo import land, material, sketch, streets
from hopthu.cli.demo.cast import Cast
from hopthu.cli.demo.city import SignIn, set_up, take_on_staff
from hopthu.cli.demo.compose import compose
from hopthu.cli.demo.enact import enact
from hopthu.cli.demo.photos import develop
from hopthu.cli.demo.story import Story
from hopthu.core.terms import Step
from hopthu.reports.actions import Received


@dataclass(frozen=True)
class World:
    staff: list[SignIn]
    reports: int
    to_follow: Received
    """A report whose code the sheet tells."""


def make(*, seed: int, now: datetime) -> World:
    ground = land.grow(seed)
    laid = streets.lay(ground, material.city()["wards"])
    set_up(ground)
    sketch.draw(ground, laid, settings.DATA / "city.geojson")
    staff = take_on_staff()
    calendar = configuration().calendar
    stories = compose(
        seed=seed,
        now=now.astimezone(calendar.tz),
        calendar=calendar,
        streets=laid,
    )
    received = enact(stories, Cast(staff), develop(stories, seed))
    return World(staff, len(received), received[_worth_following(stories)])


def _worth_following(stories: list[Story]) -> Story:
    """A newly answered one that the sender has yet to confirm, with a question asked before."""

    def interest(story: Story) -> tuple[bool, bool, int, datetime]:
        steps = [getattr(one, "step", None) for one in story.happenings]
        public = story.point is not None and not story.private
        waits = bool(steps) and steps[-1] is Step.RESOLVE and Step.ASK in steps
        return public, waits, story.photos, story.at

    return max(stories, key=interest)
