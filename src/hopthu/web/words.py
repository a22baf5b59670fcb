"""The words in which residents and staff read the closed lists of `core.terms`.

Everything is lazy: it is put into the reader's language when the page is written.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hopthu.core.terms import Outcome, Status

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
        _("The city has this report. It has not yet said who will look after it."),
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
