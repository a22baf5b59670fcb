"""The small form that asks for letters about a report, an area or a category."""

from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hopthu.bodies.configuration import Configuration
from hopthu.core.codes import BadNumber, parse_number
from hopthu.core.mail_addresses import BadAddress, parse_address
from hopthu.outbox.following.things import NoThing, Thing
from hopthu.outbox.queries import Often
from hopthu.people import contacts
from hopthu.public.forms import guard, words
from hopthu.public.forms.draft import is_submission, new_submission
from hopthu.public.forms.problems import Problem
from hopthu.public.options import Option
from hopthu.reports.following.offering import is_followable, name_of

OFTEN = (
    Option(Often.NOW, gettext_lazy("At once, a letter each")),
    Option(Often.DAILY, gettext_lazy("Every morning, if there is something")),
    Option(Often.WEEKLY, gettext_lazy("On Mondays, if there is something")),
)


@dataclass(frozen=True)
class Asked:
    """The form as it was filled in."""

    thing: Thing
    often: str
    email: str = field(repr=False)
    submission: str
    """Of a form that was shown for one reader alone; empty where the page is the same for all."""

    @classmethod
    def read(cls, data: QueryDict) -> "Asked":
        """Raises `NoThing`."""
        submission = data.get("submission", "")
        return cls(
            thing=_thing(data),
            often=data.get("often", ""),
            email=data.get("email", ""),
            submission=submission if is_submission(submission) else "",
        )

    def checked(self) -> tuple[str, Often]:
        """The address in the form that is kept, and how often. Raises `BadAsk`."""
        if self.often not in Often.values:
            raise BadAsk(Problem("often", words.message("answer_not_a_choice")))
        try:
            return parse_address(self.email), Often(self.often)
        except BadAddress as error:
            raise BadAsk(Problem("email", words.message(f"email_{error.why}"))) from error


class BadAsk(Exception):
    """Something in the form is to be put right."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def offer(thing: Thing, setup: Configuration) -> dict[str, Any]:
    """For `following/offer.html`, on a page that is the same for all readers.

    Nothing where there will be nothing to tell, or where no address can be kept.
    """
    if not contacts.is_offered() or not is_followable(thing, setup):
        return {}
    return {"following": _form(thing, _usual(thing), "", setup)}


def again(asked: Asked, problem: Problem | None, setup: Configuration) -> dict[str, Any]:
    """For a page of the form alone, with all that was typed."""
    often = asked.often or _usual(asked.thing)
    return {
        "following": _form(asked.thing, often, asked.email, setup),
        "submission": asked.submission or new_submission(),
        "errors": {problem.field: problem.message} if problem else {},
    }


def unavailable() -> Problem:
    return Problem(
        "email", _("Addresses cannot be kept safely here just now. Please try again later.")
    )


def patience(seconds: int) -> Problem:
    message = ngettext(
        "Very many people are asking for letters just now. Please send this again in %(count)s "
        "second.",
        "Very many people are asking for letters just now. Please send this again in %(count)s "
        "seconds.",
        seconds,
    )
    return Problem("form", message % {"count": seconds})


def _form(thing: Thing, often: str, email: str, setup: Configuration) -> dict[str, Any]:
    fields = {"report": thing.number, "area": thing.area, "category": thing.category}
    return {
        "name": name_of(thing, setup),
        "fields": [(name, value) for name, value in fields.items() if value],
        "often": often,
        "options": OFTEN,
        "email": email,
        "trap": guard.TRAP,
    }


def _usual(thing: Thing) -> str:
    """One report is told of at once, a place once a day."""
    return Often.NOW if thing.number else Often.DAILY


def _thing(data: QueryDict) -> Thing:
    report = data.get("report", "")
    try:
        number = parse_number(report) if report else ""
    except BadNumber as error:
        raise NoThing(report) from error
    return Thing(number=number, area=data.get("area", ""), category=data.get("category", ""))
