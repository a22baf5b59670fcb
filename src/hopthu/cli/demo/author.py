"""Who writes, from where and what: a report before anything happens to it."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from hopthu.cli.demo import hours, material
from hopthu.cli.demo.details import answers
from hopthu.cli.demo.material import Material, Text
from hopthu.cli.demo.mishaps import PHONE
from hopthu.cli.demo.speech import say
from hopthu.cli.demo.story import Story
from hopthu.cli.demo.streets import Street
from hopthu.cli.demo.teller import Teller
from hopthu.core.deadlines import Calendar, Promise, Unit
from hopthu.core.routing import Rule, route

DAYS = 90
JUST_NOW = timedelta(minutes=7)


@dataclass(frozen=True)
class Draft:
    story: Story
    about: Material
    text: Text
    slots: dict[str, str]


class Author:
    """Holds the dice, and remembers what was said so that nobody repeats it."""

    def __init__(
        self, rng: random.Random, now: datetime, calendar: Calendar, streets: Sequence[Street]
    ) -> None:
        self.rng = rng
        self.now = now
        self.calendar = calendar
        self.streets = streets
        self.said: set[str] = set()
        self._whereabouts: dict[Story, tuple[Street, dict[str, str]]] = {}
        city = material.city()
        self.rules = [Rule(**rule) for rule in city["rules"]]
        self.offices = {one["code"]: one["name"]["vi"] for one in city["bodies"]}
        self.wards = {one["code"]: one["name"]["vi"] for one in city["wards"]}

    def draft(
        self,
        about: Material,
        text: Text,
        *,
        at: datetime | None = None,
        like: Story | None = None,
    ) -> Draft:
        """A report from anywhere at any time; or from where the one `like` it came from."""
        at = at or self._arrival()
        street, slots = self._whereabouts[like] if like else self._somewhere()
        story = Story(at=at, category=about.code, text=self._words(text, slots), scene=text.scene)
        self._place(story, about, street, slots)
        self._circumstances(story, about)
        slots["office"] = self.offices[self.body_for(story, about)]
        story.details = answers(about, text, self.rng, at, slots)
        self._whereabouts[story] = street, slots
        return Draft(story, about, text, slots)

    def teller(self, draft: Draft, at: datetime | None = None) -> Teller:
        amount, unit = draft.about.setup["resolve"].split()
        return Teller(
            rng=self.rng,
            calendar=self.calendar,
            material=draft.about,
            text=draft.text,
            promise=Promise(int(amount), Unit(unit)),
            slots=draft.slots,
            at=at or draft.story.at,
        )

    def _arrival(self) -> datetime:
        """More on workdays, and more of late: word gets round."""
        while True:
            back = DAYS * self.rng.random() ** 1.15
            day = self.now - timedelta(days=back)
            if not self.calendar.works_on(day.date()) and self.rng.random() < 0.3:
                continue
            at = hours.arrival(self.rng, day)
            if at < self.now - JUST_NOW:
                return at

    def _somewhere(self) -> tuple[Street, dict[str, str]]:
        street = self.rng.choice(self.streets)
        return street, {
            "street": street.name,
            "landmark": self.rng.choice(street.landmarks),
            "alley": self.rng.choice(material.common()["alleys"]),
            "ward": "phường" + self.wards[street.ward].removeprefix("Phường"),
            "n": str(self.rng.randint(2, 5)),
            "days": str(self.rng.randint(4, 15)),
            "phone": PHONE,
        }

    def _words(self, text: Text, slots: dict[str, str]) -> str:
        """Words that nobody has said before."""
        for attempt in range(60):
            words = say(text.say, self.rng, slots)
            if attempt > 8 or (attempt == 0 and self.rng.random() < 0.12):
                words += " " + self.rng.choice(material.common()["endings"])
            if words not in self.said:
                self.said.add(words)
                return words
        raise AssertionError(f"said too often: {text.say}")

    def _place(self, story: Story, about: Material, street: Street, slots: dict[str, str]) -> None:
        if about.setup["place"] == "none":
            return
        story.area = street.ward
        if about.setup["place"] == "point":
            story.point = street.at(self.rng.uniform(0.04, 0.96))
            story.landmark = say(self.rng.choice(material.common()["landmarks"]), self.rng, slots)

    def _circumstances(self, story: Story, about: Material) -> None:
        story.at_desk = self.rng.random() < 0.07
        story.private = self.rng.random() < 0.03
        if about.setup.get("oversight", False):
            story.concerned = self.rng.choices(["dat-dai", "do-thi", "trat-tu"], [6, 2, 1])[0]

    def body_for(self, story: Story, about: Material) -> str:
        """Code of the body that the city's rules give the report to."""
        group = about.setup["group"]
        body = route(self.rules, category=about.code, group=group, area=story.area)
        if body is None:
            raise AssertionError(f"nobody takes {about.code}")
        return body
