"""The words in which residents and staff read the closed lists of `core.terms`.

Everything is lazy: it is put into the reader's language when the page is written.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hopthu.core.erasure import Asker
from hopthu.core.terms import (
    CallReason,
    DeclineReason,
    HideReason,
    Need,
    Outcome,
    Role,
    Status,
    Step,
)

Words = str | Promise


@dataclass(frozen=True)
class StatusWords:
    """How a status is shown: its name, one plain sentence, a tone and an icon."""

    label: Words
    sentence: Words
    tone: str
    """`new`, `hand`, `done`, `answered`, `not`, `moved` or `quiet`: a class of the tag."""
    icon: str


IN_HAND = pgettext_lazy("status", "In hand")

STATUSES: dict[str, StatusWords] = {
    Status.RECEIVED: StatusWords(
        pgettext_lazy("status", "Received"),
        _("The city has this report. No office has taken it on yet."),
        "new",
        "mail",
    ),
    Status.ASSIGNED: StatusWords(
        IN_HAND, _("An office has taken this report on and will answer here."), "hand", "tools"
    ),
    Status.IN_PROGRESS: StatusWords(
        IN_HAND, _("The office in charge is working on this."), "hand", "tools"
    ),
    Status.SCHEDULED: StatusWords(
        pgettext_lazy("status", "Day fixed"),
        _("The office in charge has said by which day this will be done."),
        "hand",
        "calendar",
    ),
    Status.RESOLVED: StatusWords(
        pgettext_lazy("status", "Fixed"), _("The city says that this is fixed."), "done", "check"
    ),
    Status.DECLINED: StatusWords(
        pgettext_lazy("status", "Not done"),
        _("The city will not do this, and says why."),
        "not",
        "cross",
    ),
    Status.REFERRED: StatusWords(
        pgettext_lazy("status", "Passed on"),
        _("This is for somebody outside the city's offices. The city has passed it on to them."),
        "moved",
        "arrow-right",
    ),
    Status.DUPLICATE: StatusWords(
        pgettext_lazy("status", "Merged"),
        _("Somebody had already reported this. Both are followed together."),
        "moved",
        "merge",
    ),
    Status.WITHDRAWN: StatusWords(
        pgettext_lazy("status", "Withdrawn"),
        _("The sender took this report back."),
        "quiet",
        "reply",
    ),
}

ANSWERED = StatusWords(
    pgettext_lazy("status", "Answered"),
    _("The city has answered. There was nothing to fix."),
    "answered",
    "speech",
)


def status(status: str, outcome: str = "") -> StatusWords:
    """The words of a status; a resolved report was either fixed or answered."""
    if status == Status.RESOLVED and outcome == Outcome.ANSWERED:
        return ANSWERED
    return STATUSES[status]


STEPS: dict[str, Words] = {
    Step.ROUTE: _("Give it to another office"),
    Step.ASSIGN: _("Give it to a colleague"),
    Step.RECATEGORISE: _("Correct the kind of problem"),
    Step.RELOCATE: _("Correct the place"),
    Step.ACCEPT: _("Take it on"),
    Step.START: _("Begin work"),
    Step.SCHEDULE: _("Fix a day"),
    Step.ASK: _("Ask the sender"),
    Step.REPLY: _("Reply to the question"),
    Step.ANSWER: _("Answer"),
    Step.RESOLVE: _("Close: fixed or answered"),
    Step.DECLINE: _("Close: not done"),
    Step.REFER: _("Close: pass it on outside the city"),
    Step.MERGE: _("Merge into another report"),
    Step.UNMERGE: _("Take apart again"),
    Step.EXTEND: _("Move the promised day"),
    Step.REOPEN: _("Open again"),
    Step.ADD_WORDS: _("Add words or photos"),
    Step.SUPPORT: _("I have this too"),
    Step.CONFIRM: _("Yes, it is done"),
    Step.DISPUTE: _("No, it is still not done"),
    Step.WITHDRAW: _("Take my report back"),
    Step.REDACT: _("Cover some words"),
    Step.HIDE: _("Hide from the public"),
    Step.SHOW: _("Show again"),
    Step.ASK_REVIEW: _("Ask for another look"),
    Step.KEEP_HIDDEN: _("Keep it hidden"),
    Step.ERASE: _("Delete for good"),
}
"""What a button says that takes the step."""

OUTCOMES: dict[str, Words] = {
    Outcome.DONE: pgettext_lazy("outcome", "Fixed: something was done at the place"),
    Outcome.ANSWERED: pgettext_lazy("outcome", "Answered: there was nothing to do at the place"),
}

DECLINE_REASONS: dict[str, Words] = {
    DeclineReason.LAW: _("The law does not allow it"),
    DeclineReason.BUDGET: _("There is no money for it this year"),
    DeclineReason.PRIVATE_PROPERTY: _("It is on private property"),
    DeclineReason.NOT_FOUND: _("Nothing was found at the place"),
    DeclineReason.NOT_ENOUGH_INFORMATION: _(
        "Too little is known, and the question was not replied to"
    ),
    DeclineReason.LEGAL_PROCEDURE: _("A procedure in law decides it"),
    DeclineReason.ABOUT_A_PERSON: _("It is about a person, not about a place or a service"),
}

HIDE_REASONS: dict[str, Words] = {
    HideReason.PERSONAL_DATA: _("It holds personal data that covering words cannot cure"),
    HideReason.THREAT: _("It threatens somebody"),
    HideReason.ADVERTISING: _("It is advertising, or was sent by a machine"),
    HideReason.TEST: _("It was only a test"),
    HideReason.ORDER: _("Somebody outside the city's offices ordered it in writing"),
}

ASKED_BY: dict[str, Words] = {
    Asker.SENDER: _("The sender asked for it, and two people of the city agreed."),
    Asker.PERSON_NAMED: _("Somebody named in the text asked for it, and two people agreed."),
}
"""Why something was deleted for good."""

CALL_REASONS: dict[str, Words] = {
    CallReason.PLACE: _("The place cannot be found"),
    CallReason.ACCESS: _("Somebody has to be let in, or a time agreed"),
    CallReason.DETAILS: _("Something has to be known that the report does not say"),
    CallReason.DANGER: _("Somebody may be in danger"),
}
"""Why the telephone number of whoever sent a report is opened."""

ROLES: dict[str, Words] = {
    Role.SENDER: _("the sender"),
    Role.NEIGHBOUR: _("a neighbour"),
    Role.OFFICER: _("officer"),
    Role.DISPATCHER: _("dispatcher"),
    Role.MODERATOR: _("moderator"),
    Role.EDITOR: _("editor of notices"),
    Role.ADMINISTRATOR: _("administrator"),
}

NEEDS: dict[str, Words] = {
    Need.WORDS: _("What everybody will read"),
    Need.BODY: _("Office"),
    Need.PERSON: _("Colleague"),
    Need.CATEGORY: _("Kind of problem"),
    Need.PLACE: _("Place"),
    Need.DATE: _("Day"),
    Need.OUTCOME: _("What came of it"),
    Need.REASON: _("Reason"),
    Need.RECIPIENT: _("Who it is passed on to"),
    Need.PHONE: _("Their telephone number"),
    Need.TARGET: _("Number of the other report"),
    Need.PASSAGE: _("The words to cover, exactly as they stand"),
    Need.ORDER: _("The order"),
    Need.SECOND_PERSON: _("The second person who agrees"),
    Need.REQUEST: _("The request to delete it"),
}
"""The label of the field that a step requires."""
