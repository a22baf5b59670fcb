"""What goes wrong with a report before it gets to where it belongs, and what a moderator does."""

from collections.abc import Iterator, Mapping

from hopthu.cli.demo import plots, streets
from hopthu.cli.demo.story import Happening, Story
from hopthu.cli.demo.teller import Teller
from hopthu.core.geometry import Point
from hopthu.core.terms import HideReason, Step
from hopthu.reports.intake import Place

ELSEWHERE: Mapping[str, str] = {
    "rubbish": "trat-tu",
    "dirty_water": "do-thi",
    "drainage": "moi-truong",
    "sidewalk": "trat-tu",
    "noise": "do-thi",
    "dangerous_spot": "do-thi",
    "land_encroachment": "do-thi",
}
"""Category → the body that some of its reports turn out to be for."""
FILED_UNDER: Mapping[str, str] = {
    "sidewalk": "road",
    "dirty_water": "rubbish",
    "road": "sidewalk",
    "trees": "street_light",
    "building_site": "sidewalk",
}
"""Category → the one that a sender may take for it."""
PHONE = "0900 000 000"
"""No network in Vietnam gives this number out."""


def misrouted(t: Teller, body: str) -> Iterator[Happening]:
    t.soon()
    yield t.officer(Step.ROUTE, t.common("route"), body=body)
    yield from plots.handled(t)


def recategorised(t: Teller) -> Iterator[Happening]:
    t.soon()
    yield t.officer(Step.RECATEGORISE, category=t.material.code)
    yield from plots.handled(t)


def relocated(t: Teller, story: Story) -> Iterator[Happening]:
    t.soon()
    yield t.officer(Step.ACCEPT)
    t.city(0.1, 0.2)
    point = story.point or streets.CENTER
    moved = Place(Point(point.lat + 0.0004, point.lon - 0.0003), landmark=story.landmark)
    yield t.officer(Step.RELOCATE, t.common("relocate"), place=moved)
    t.city(0.1, 0.5)
    yield t.resolve()


def redacted(t: Teller) -> Iterator[Happening]:
    t.soon()
    yield t.moderator(Step.REDACT, t.common("redact"), passage=PHONE)
    yield from plots.handled(t)


def hidden(t: Teller) -> Iterator[Happening]:
    t.soon()
    yield t.moderator(Step.HIDE, t.common("hide"), reason=HideReason.TEST)
    t.soon()
    yield t.officer(Step.RESOLVE, t.common("hide"), outcome="answered")
