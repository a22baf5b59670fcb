"""What the sender of a report is written: that something happened, and where to read it.

No word of the report, of the answer or of the code: a letter passes through many hands, stays in
mailboxes after something was struck out, and is seen by whoever looks at the telephone.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from hopthu.bodies.queries import configuration
from hopthu.core.codes import format_number
from hopthu.core.terms import STAFF, Step
from hopthu.outbox.actions import tell
from hopthu.outbox.letters import Letter
from hopthu.outbox.models import Delivery
from hopthu.reports.models import Event, Report
from hopthu.reports.models.event import CONTACT_OPENED, RECEIVED

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

TOPIC = "report"
NEWS = gettext_lazy("There is news about your report.")
SAYS: Mapping[str, "_StrPromise"] = {
    RECEIVED: gettext_lazy("Your report has arrived."),
    Step.ROUTE: NEWS,
    Step.RECATEGORISE: NEWS,
    Step.RELOCATE: NEWS,
    Step.ACCEPT: NEWS,
    Step.START: gettext_lazy("Work on what you reported has begun."),
    Step.SCHEDULE: gettext_lazy("There is a day by which it is to be done."),
    Step.ASK: gettext_lazy("The city asks you something. Please reply where you follow it."),
    Step.ANSWER: gettext_lazy("The city has answered you."),
    Step.RESOLVE: gettext_lazy("The city has closed your report, with an answer."),
    Step.DECLINE: gettext_lazy("The city does not act on your report, and says why."),
    Step.REFER: gettext_lazy("Your report was passed on to somebody outside the city."),
    Step.MERGE: gettext_lazy("Your report was put together with another one about the same thing."),
    Step.UNMERGE: gettext_lazy("Your report is followed by itself again."),
    Step.EXTEND: gettext_lazy("The promised day was moved."),
    Step.REOPEN: gettext_lazy("Your report is open again."),
    Step.REDACT: gettext_lazy("Some words of your report were covered."),
    Step.HIDE: gettext_lazy("Your report is hidden from others; the reason is told there."),
    Step.SHOW: gettext_lazy("Your report is shown to others again."),
    Step.KEEP_HIDDEN: gettext_lazy(
        "Somebody looked at it once more, and your report stays hidden; the reason is told there."
    ),
    CONTACT_OPENED: gettext_lazy("Your telephone number was opened. Why is told there."),
}
"""What is told: every step of the city that everybody sees, and that the report came in."""


def tell_sender(report: Report, event: Event) -> None:
    """Put the letter about `event` into the outbox, in the transaction of the step."""
    if event.kind == RECEIVED or (event.kind in SAYS and event.role in STAFF):
        tell(TOPIC, number=report.number, seq=event.seq, at=event.at)


def write(delivery: Delivery) -> Letter | None:
    """In the language that is active; None if the event is not one that is told."""
    number, seq = delivery.number, delivery.seq
    event = Event.objects.filter(report__number=number, seq=seq).only("kind").first()
    if event is None or event.kind not in SAYS:
        return None
    # No text says that a report came in: whoever types another's number can cost them none so.
    short = _("%(city)s: news about report %(number)s. %(follow)s")
    return letter(
        "letter",
        number,
        {"says": SAYS[event.kind]},
        short="" if event.kind == RECEIVED else short,
    )


def letter(template: str, number: str, words: Mapping[str, object], *, short: str) -> Letter:
    """As `template` has it, twice: for mail programs that show HTML, and for those that do not.

    `short`: a line with the same names in it, for a text.
    """
    shown, city = format_number(number), configuration().city.name
    words = {
        "number": shown,
        "city": str(city),
        "follow": f"{settings.ADDRESS}/follow",
        "language": get_language(),
        **words,
    }
    return Letter(
        subject=_("Report %(number)s") % {"number": shown},
        text=render_to_string(f"reports/{template}.txt", words),
        html=render_to_string(f"reports/{template}.html", words),
        sender=str(city),
        short=short % words,
    )
