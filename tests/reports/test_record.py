"""Whatever happens to a report, the record tells of it, and what the pages show opens it."""

import random
import secrets
from dataclasses import replace
from datetime import timedelta

import pytest

from hopthu.bodies.actions import put_category
from hopthu.core.entries import FACTS, parse_entry
from hopthu.core.erasure import Asker, Scope, Verdict
from hopthu.core.lifecycle import StepRefused
from hopthu.core.terms import HideReason, Role, Step
from hopthu.people.actors import NEIGHBOUR, SENDER
from hopthu.people.queries import actor
from hopthu.record.models import Entry
from hopthu.reports.actions import BadGiven, Given, advance, photos
from hopthu.reports.intake import Place
from hopthu.reports.models import ErasureRequest, Photo, Report
from hopthu.reports.queries.disclosure import all_values, disclosed
from hopthu.reports.situation import allowed_steps
from tests import makers, recorded
from tests.makers import MONDAY, name

pytestmark = pytest.mark.django_db

STEPS_OF_A_JOURNEY = 25
SECRET = "Bí-mật"
"""Stands in every text that anybody writes, in every name and telephone number."""
GIVEAWAYS = (SECRET, "Tư", "Trụ 1", "106.0", "10.005", ":37", ":41", "123456")
"""That, parts of the texts, of the places, and of the times within an hour."""


class Journey:
    """A report among people who do at random whatever they may."""

    def __init__(self, seed: int, taken: set[str] | None = None) -> None:
        self.dice = random.Random(seed)
        self.taken = set() if taken is None else taken
        self.clock = MONDAY + timedelta(minutes=37, seconds=41, microseconds=123_456)
        who = f"{SECRET}-{seed}"
        self.an = makers.make_officer(f"{who}-an", "works")
        staff = [
            self.an,
            makers.make_officer(f"{who}-binh", "office"),
            makers.make_staff(f"{who}-chi", (Role.DISPATCHER, None)),
            makers.make_staff(f"{who}-mai", (Role.MODERATOR, None)),
            makers.make_staff(f"{who}-ha", (Role.ADMINISTRATOR, None)),
        ]
        self.moderator = actor(staff[3])
        self.actors = [SENDER, SENDER, NEIGHBOUR, *map(actor, staff)]
        self.report = makers.make_report(
            self.dice.choice(["lamp", "noise"]),
            text=f"{SECRET}: đèn hư trước nhà bà Tư.",
            area="east",
            landmark=f"cạnh quán {SECRET}",
            details={"pole": f"Trụ {SECRET}", "house": f"Nhà {SECRET}"},
            uploads=(self.upload(), self.upload()),
            at=self.clock,
        )

    def upload(self) -> str:
        photo = Photo.objects.create(
            token=secrets.token_urlsafe(20),
            name=secrets.token_hex(16),
            sha256=secrets.token_hex(32),
            width=640,
            height=480,
            created_at=self.clock,
        )
        return photo.token

    def go_on(self) -> None:
        """One more thing happens, or is refused."""
        # Clocks jump back as well: the record does not.
        self.clock += timedelta(hours=self.dice.choice([0, 1, 30, 24 * 15, -3]), seconds=7)
        if self.dice.random() < 0.25 and self.report.photos.exists():
            self.decide_a_photo()
        else:
            self.take_a_step()
        self.report = Report.objects.get(pk=self.report.pk)

    def decide_a_photo(self) -> None:
        photo = self.dice.choice(list(self.report.photos.all()))
        if photo.state == "published":
            photos.withhold_photo(
                photo, actor=self.moderator, reason=HideReason.PERSONAL_DATA, at=self.clock
            )
        else:
            photos.publish_photo(photo, actor=self.moderator, at=self.clock)
        self.taken.add("photo")

    def take_a_step(self) -> None:
        who = self.dice.choice(self.actors)
        allowed = allowed_steps(self.report, who, at=self.clock)
        fresh = [step for step in allowed if step not in self.taken]
        # Rare ones first, and closing off late: journeys shall see every step.
        step = self.dice.choice(fresh or list(allowed) or [None])
        if step is None or (step in {Step.ERASE, Step.WITHDRAW} and self.dice.random() < 0.6):
            return
        try:
            given = self.given(step)
            if Role.ADMINISTRATOR in who.roles:
                given = self.agreed(step, given)
            advance(self.report, step=step, actor=who, at=self.clock, given=given)
            self.taken.add(step)
        except (BadGiven, StepRefused):
            pass

    def agreed(self, step: Step, given: Given) -> Given:
        """Asked for by somebody, and agreed on: what an administrator deletes for good."""
        passage = given.passage if step is Step.REDACT else ""
        asked = ErasureRequest.objects.create(
            report=self.report,
            asker=self.dice.choice(list(Asker)),
            scope=Scope.PASSAGE if passage else Scope.REPORT,
            passage=passage,
            asked_at=self.clock,
            due_at=self.clock,
            outcome=Verdict.ERASE,
            decided_at=self.clock,
        )
        return replace(given, passage=passage, request=asked.pk)

    def given(self, step: Step) -> Given:
        dice = self.dice
        return Given(
            words=f"{SECRET} lời {dice.randrange(10**6)}" if dice.random() < 0.8 else "",
            body=dice.choice(["works", "office"]),
            person=self.an.pk,
            category=dice.choice(["lamp", "wires", "papers", "noise"]),
            place=dice.choice([Place(makers.IN_WEST, None, f"chợ {SECRET}"), Place(area="east")]),
            date=(self.clock + timedelta(days=dice.randrange(1, 60))).date(),
            outcome=dice.choice(["done", "answered"]),
            reason="budget" if step is Step.DECLINE else "personal_data",
            recipient=f"Điện lực {SECRET}",
            phone=f"0270 {SECRET}",
            target=makers.make_report().number if step is Step.MERGE else "",
            passage=dice.choice([SECRET, "bà Tư", "lời 1", "Nhà", "quán"]),
            uploads=(self.upload(),) if step is Step.ADD_WORDS else (),
        )


@pytest.fixture
def asking(city: None) -> None:
    """Two categories ask the same two things, one of them not for everybody."""
    for code, public in (("lamp", False), ("wires", True), ("noise", False)):
        put_category(
            code,
            group="street",
            name=name(code),
            place="area" if code == "noise" else "point",
            private=code == "noise",
            questions=[
                {"code": "pole", "prompt": name("Trụ"), "datatype": "string"},
                {"code": "house", "prompt": name("Nhà"), "datatype": "string", "public": public},
            ],
        )


@pytest.mark.parametrize("seed", range(8))
def test_on_any_journey_everything_is_recorded_and_nothing_given_away(
    asking: None, seed: int
) -> None:
    journey = Journey(seed)
    assert_recorded(journey.report)

    for _ in range(STEPS_OF_A_JOURNEY):
        journey.go_on()
        assert_recorded(journey.report)

    assert_only_codes()
    times = [event.at for event in journey.report.events.order_by("seq")]
    assert times == sorted(times)
    assert journey.report.updated_at == times[-1]


def assert_recorded(report: Report) -> None:
    """One entry an event, and values that open all that must be open."""
    events = list(report.events.order_by("seq"))
    told = recorded.entries(report)
    assert [entry.seq for entry in told] == [event.seq for event in events]
    assert [entry.type for entry in told] == [
        "erasure" if event.kind == "erase" else event.kind for event in events
    ]
    rule = recorded.rule_of(report)
    assert recorded.salted(report) == sorted(rule.living)
    own, everybodys = all_values(report), disclosed(report.number).values
    recorded.assert_open(own, rule)
    recorded.assert_open(everybodys, rule)
    assert set(own) == rule.living
    assert set(everybodys) == rule.owed


def assert_only_codes() -> None:
    """No words, no place, no exact time and no name of the staff is in any entry of any kind."""
    for row in Entry.objects.all():
        text = bytes(row.leaf).decode()
        entry = parse_entry(bytes(row.leaf))
        assert not [one for one in GIVEAWAYS if one in text], text
        if entry.report is not None:
            facts = recorded.facts(entry).keys()
            assert facts <= FACTS
            assert facts <= recorded.documented(entry.type) | {"body", "due"}, entry.type
        if entry.private:
            assert not {"category", "area", "body", "concerned", "due", "into"} & entry.told.keys()
            assert "T" not in entry.time


def test_the_journeys_see_every_step(asking: None) -> None:
    seen: set[str] = set()

    for seed in range(100, 106):
        journey = Journey(seed, seen)
        while len(journey.report.events.all()) < 40 and not seen >= {"photo", *Step}:
            journey.go_on()
        assert_recorded(journey.report)

    assert seen == {"photo", *Step}
