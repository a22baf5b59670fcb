"""What the sender can do, and how a form becomes a step of the report."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import assert_never

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hopthu.core.lifecycle import Missing, StepRefused
from hopthu.core.terms import Need, Step
from hopthu.core.text import TextTooLong
from hopthu.public.forms import words
from hopthu.public.forms.problems import Problem
from hopthu.reports.actions import BadGiven, SomebodyWasFirst
from hopthu.web import refusal_words

STEPS = (
    Step.REPLY,
    Step.CONFIRM,
    Step.DISPUTE,
    Step.ASK_REVIEW,
    Step.REOPEN,
    Step.ADD_WORDS,
    Step.REDACT,
    Step.WITHDRAW,
)
"""In the order of the page."""

DEPENDS_ON_WHAT_WAS_READ = frozenset({Step.REPLY, Step.CONFIRM, Step.DISPUTE, Step.WITHDRAW})
"""Not taken when the city did something meanwhile that the sender has not seen."""

DONE: Mapping[str, object] = {
    Step.REPLY: gettext_lazy("Thank you. Your reply is with the office."),
    Step.CONFIRM: gettext_lazy("Thank you for telling. It helps everyone to know."),
    Step.DISPUTE: gettext_lazy("The city has been told that it is not done."),
    Step.ASK_REVIEW: gettext_lazy("Thank you. Somebody else looks at it once more."),
    Step.REOPEN: gettext_lazy("Your report is open again."),
    Step.ADD_WORDS: gettext_lazy("It has been added to your report."),
    Step.REDACT: gettext_lazy("The words are covered, for everyone and for good."),
    Step.WITHDRAW: gettext_lazy("You have taken your report back."),
    "cover": gettext_lazy("What you marked in your photo is covered, for everyone and for good."),
    "erasure": gettext_lazy("The city has your request. Two people decide about it."),
    "contact": gettext_lazy("From now on we write to you there."),
    "no-contact": gettext_lazy("It is deleted. You hear no more of your report."),
    "new-code": gettext_lazy("This is your code from now on. The old one opens nothing any more."),
    "lost": gettext_lazy(
        "If an e-mail address was left with this report, a letter with a new code is on its way "
        "there. There is one a day at most: please also look among the letters of today. Until "
        "the new code is used, the old one stays good."
    ),
    "telephone": gettext_lazy("From now on the office in charge may call this number."),
    "no-telephone": gettext_lazy("Your number is deleted. Nobody can call you any more."),
    "forget": gettext_lazy("This phone knows nothing of your report any more."),
}
"""What is said once after a step."""


@dataclass(frozen=True)
class Refusal:
    """Why a step was not taken, for the sender."""

    problem: Problem
    status: int = 422


Refused = StepRefused | BadGiven | SomebodyWasFirst | TextTooLong
REFUSED = (StepRefused, BadGiven, SomebodyWasFirst, TextTooLong)


def refusal(error: Refused) -> Refusal:
    """The words are those that the staff reads too, save where the sender is spoken to."""
    match error:
        case TextTooLong():
            message = words.message("text_too_long", error.length - error.limit)
            return Refusal(Problem("words", message, too_large=True), 413)
        case BadGiven(code="photo_gone"):
            return Refusal(Problem("photo", words.message("photo_gone")))
        case BadGiven(code="too_long"):
            return Refusal(Problem("words", _shared(error), too_large=True), 413)
        case Missing(need=Need.WORDS):
            return Refusal(Problem("words", _("Please write something.")))
        case BadGiven() | Missing():
            field = "passage" if error.need is Need.PASSAGE else "words"
            return Refusal(Problem(field, _shared(error)))
        case SomebodyWasFirst():
            message = _(
                "The city did something in the meantime. Please look at it first; what you typed "
                "is still here."
            )
            return Refusal(Problem("top", message), 409)
        case StepRefused():
            return Refusal(Problem("top", _shared(error)), 409)
        case _:
            assert_never(error)


def _shared(error: Refused) -> str:
    return str(refusal_words.refusal(error))
