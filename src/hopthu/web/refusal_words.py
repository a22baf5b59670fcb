"""Why a step was not taken, in words for whoever tried it: a sentence for each named error."""

from django.utils.translation import gettext_lazy as _

from hopthu.core import lifecycle
from hopthu.core.terms import Need
from hopthu.core.text import TextTooLong
from hopthu.reports.actions.advance import SomebodyWasFirst
from hopthu.reports.actions.given import BadGiven
from hopthu.web.words import Words

REFUSED: dict[type[lifecycle.StepRefused], Words] = {
    lifecycle.NotFromHere: _("This cannot be done as the report stands now."),
    lifecycle.NotForRole: _("Somebody in another role decides this."),
    lifecycle.NotYourBody: _("Only the office that has the report may do this."),
    lifecycle.ConcernedBody: _(
        "The report is about your office: you may answer it, but others decide about it."
    ),
    lifecycle.TooLate: _("The time for this is over."),
    lifecycle.TooEarly: _(
        "The sender still has time to reply. Wait until 14 days have passed since the question."
    ),
    lifecycle.OwnDecision: _(
        "You hid this report yourself. The sender asked for another look: somebody else decides."
    ),
    lifecycle.AlreadyUsed: _("This can be done once only, and it has been done."),
}

MISSING: dict[str, Words] = {
    Need.WORDS: _("Write what everybody will read."),
    Need.BODY: _("Choose an office."),
    Need.PERSON: _("Choose a colleague."),
    Need.CATEGORY: _("Choose a kind of problem."),
    Need.PLACE: _("Say where it is."),
    Need.DATE: _("Choose a day."),
    Need.OUTCOME: _("Say whether it was fixed or answered."),
    Need.REASON: _("Choose a reason."),
    Need.RECIPIENT: _("Say who it is passed on to."),
    Need.PHONE: _("Give their telephone number, so that the sender can call."),
    Need.TARGET: _("Give the number of the other report."),
    Need.PASSAGE: _("Copy the words that shall be covered."),
    Need.ORDER: _("Say who ordered it, under which number, and when."),
    Need.SECOND_PERSON: _("A second person has to agree."),
    Need.REQUEST: _("Somebody has to ask for it first, and two people have to agree."),
}

BAD_GIVEN: dict[tuple[str, str], Words] = {
    (Need.WORDS, "too_long"): _("These words are too long: 4,000 characters are the limit."),
    (Need.WORDS, "nothing_said"): _("Write something, or add a photo."),
    (Need.BODY, "unknown"): _("There is no such office."),
    (Need.BODY, "same"): _("That office has the report already."),
    (Need.PERSON, "unknown"): _("Nobody of that name works for the office that has the report."),
    (Need.CATEGORY, "unknown"): _("There is no such kind of problem."),
    (Need.CATEGORY, "same"): _("The report is of that kind already."),
    (Need.PLACE, "outside_city"): _("That place is outside the city."),
    (Need.DATE, "past"): _("Choose a later day."),
    (Need.DATE, "review_past"): _("Choose a day that is still to come."),
    (Need.DATE, "review_too_late"): _("Choose a day within a year from now."),
    (Need.ORDER, "self_issued"): _(
        "That is the city itself, or one of its offices. A city cannot order itself to hide a "
        "report: the order has to come from outside."
    ),
    (Need.ORDER, "from_the_future"): _("An order cannot be from a day that is still to come."),
    (Need.ORDER, "review_past"): _("Choose a day that is still to come."),
    (Need.ORDER, "review_too_late"): _("Choose a day within a year from now."),
    (Need.ORDER, "waits_already"): _(
        "An order for this report waits already until somebody confirms it."
    ),
    (Need.SECOND_PERSON, "same_person"): _(
        "You put this order forward: somebody else has to confirm it."
    ),
    (Need.SECOND_PERSON, "editor"): _(
        "Who writes the city's notices cannot be the one who confirms an order."
    ),
    (Need.OUTCOME, "unknown"): _("Say whether it was fixed or answered."),
    (Need.REASON, "unknown"): _("Choose a reason from the list."),
    (Need.TARGET, "unknown"): _("There is no report with that number."),
    (Need.TARGET, "same"): _("That is this very report."),
    (Need.TARGET, "not_open"): _("That report is closed. Merge only into an open one."),
    (Need.TARGET, "other_visibility"): _(
        "Of the two reports everybody reads one, but not the other."
    ),
    (Need.PASSAGE, "not_found_in_text"): _(
        "These words do not stand in the report exactly like that."
    ),
}

SOMEBODY_WAS_FIRST = _(
    "Somebody did something here while you were writing. Look at it, then go on."
)
OTHER = _("This does not fit. Please look at it again.")


def refusal(
    error: lifecycle.StepRefused | BadGiven | SomebodyWasFirst | TextTooLong,
) -> Words:
    """One plain sentence for the error."""
    match error:
        case lifecycle.Missing():
            return MISSING[error.need]
        case lifecycle.StepRefused():
            return REFUSED[type(error)]
        case BadGiven():
            return BAD_GIVEN.get((error.need, error.code), OTHER)
        case TextTooLong():
            return BAD_GIVEN[Need.WORDS, "too_long"]
        case SomebodyWasFirst():
            return SOMEBODY_WAS_FIRST
