"""Which steps are told to those who follow a report, and which to those who follow a place."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

from hopthu.core.terms import Step
from hopthu.outbox.following.things import Thing, places_of
from hopthu.record.queries import steps_between
from hopthu.reports.models import Event, Report
from hopthu.reports.models.event import RECEIVED

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

SAYS: Mapping[str, "_StrPromise"] = {
    RECEIVED: gettext_lazy("A new report has come in."),
    Step.ACCEPT: gettext_lazy("An office has taken it on."),
    Step.START: gettext_lazy("Work on it has begun."),
    Step.SCHEDULE: gettext_lazy("There is a day by which it is to be done."),
    Step.ASK: gettext_lazy("The city asks the sender something."),
    Step.ANSWER: gettext_lazy("The city has answered."),
    Step.RESOLVE: gettext_lazy("The city has closed it, with an answer."),
    Step.DECLINE: gettext_lazy("The city does not act on it, and says why."),
    Step.REFER: gettext_lazy("It was passed on to somebody outside the city."),
    Step.MERGE: gettext_lazy("It was put together with another report about the same thing."),
    Step.EXTEND: gettext_lazy("The promised day was moved."),
    Step.DISPUTE: gettext_lazy("The sender says that it is not done."),
    Step.REOPEN: gettext_lazy("It is open again."),
}
"""What is told of one report to whoever follows it."""
TOLD_OF_PLACES = frozenset(
    {RECEIVED, Step.ANSWER, Step.RESOLVE, Step.DECLINE, Step.REFER, Step.REOPEN}
)
"""Less, as there may be many reports."""
CHUNK = 500
"""Entries of the record that are looked through at a time."""


@dataclass(frozen=True)
class Happening:
    """One step of a report that everybody may hear of."""

    number: str
    seq: int
    kind: str
    at: datetime
    area: str | None
    category: str

    def things(self) -> list[Thing]:
        """Whose followers are told."""
        places = places_of(area=self.area, category=self.category)
        own = [Thing(number=self.number)] if self.kind != RECEIVED else []
        return own + (places if self.kind in TOLD_OF_PLACES else [])


def happenings(first: int, end: int) -> Iterator[Happening]:
    """Of the entries of the record from `first` on and below `end`, in their order."""
    for start in range(first, end, CHUNK):
        steps = steps_between(start, min(start + CHUNK, end))
        found = {(one.number, one.seq): one for one in told(number for number, _ in steps)}
        yield from (found[step] for step in steps if step in found)


def told(numbers: Iterable[str]) -> list[Happening]:
    """All of these reports that anybody may hear of now, the oldest first."""
    reports = Report.objects.told().filter(number__in=set(numbers))
    events = Event.objects.filter(report__in=reports, kind__in=list(SAYS))
    fields = ("report__number", "seq", "kind", "at", "report__area__code", "report__category__code")
    return [Happening(*row) for row in events.order_by("at", "id").values_list(*fields)]
