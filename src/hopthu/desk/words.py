"""What the desk says beside each step: what follows from it, and what came of it.

The steps' own names, the reasons and the refusals are those of `hopthu.web.words`.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hopthu.core.terms import DeclineReason, HideReason, Step

Words = str | Promise

ICONS: dict[Step, str] = {
    Step.ACCEPT: "check",
    Step.START: "tools",
    Step.SCHEDULE: "calendar",
    Step.ANSWER: "speech",
    Step.RESOLVE: "check",
    Step.ASK: "question",
    Step.ASSIGN: "person",
    Step.ROUTE: "arrow-right",
    Step.RECATEGORISE: "list",
    Step.RELOCATE: "map-pin",
    Step.EXTEND: "clock",
    Step.DECLINE: "cross",
    Step.REFER: "share",
    Step.MERGE: "merge",
    Step.UNMERGE: "merge",
    Step.REOPEN: "reopen",
    Step.REDACT: "edit",
    Step.HIDE: "eye-off",
    Step.SHOW: "eye",
    Step.KEEP_HIDDEN: "eye-off",
}

FOLLOWS: dict[Step, Words] = {
    Step.ACCEPT: _("Residents see that your office has it. It is no promise to agree."),
    Step.SCHEDULE: _("Residents see the day. The promised date stays as it was."),
    Step.ANSWER: _("The report stays as it is: to close it with these words, use “Close”."),
    Step.ASK: _("The clock runs on. Without a reply you may close the report after 14 days."),
    Step.RECATEGORISE: _("The report may go to another office, and get another promised date."),
    Step.RELOCATE: _("The report may go to another office."),
    Step.EXTEND: _("Once only. Being late still counts against the first date."),
    Step.REFER: _("For those who are no office of this city. Ask there on the day that you name."),
    Step.REDACT: _("For names, telephone numbers and the like. It cannot be brought back."),
    Step.HIDE: _("Only where covering words is not enough. Criticism of the city is no reason."),
    Step.KEEP_HIDDEN: _("The sender reads your words, and so does everybody."),
}
"""What follows from a step, where its name alone does not say it."""

DONE: dict[Step, Words] = {
    Step.ACCEPT: _("Your office has taken the report on."),
    Step.START: _("Residents see that work has begun."),
    Step.SCHEDULE: _("The day is fixed, and residents see it."),
    Step.ANSWER: _("Your answer is on the page of the report."),
    Step.RESOLVE: _("The report is closed. The sender can say if it is not done."),
    Step.ASK: _("Your question is on the page of the report."),
    Step.ASSIGN: _("The report has its person."),
    Step.ROUTE: _("The other office has the report now."),
    Step.RECATEGORISE: _("The kind of problem is corrected."),
    Step.RELOCATE: _("The place is corrected."),
    Step.EXTEND: _("The new day is promised, and residents see it."),
    Step.DECLINE: _("The report is closed, with your reason."),
    Step.REFER: _("The report is passed on, and residents see to whom."),
    Step.MERGE: _("The report is merged. Its sender can still say whether it is done."),
    Step.UNMERGE: _("The report stands on its own again."),
    Step.REOPEN: _("The report is open again."),
    Step.REDACT: _("The words are covered. Everybody sees that, and why."),
    Step.HIDE: _("The report is hidden. Its page says why."),
    Step.SHOW: _("Everybody sees the report again."),
    Step.KEEP_HIDDEN: _("The report stays hidden, and its page says why."),
}

YOUR_WORDS: dict[Step, Words] = {
    Step.ASK: _("Your question"),
    Step.ANSWER: _("Your answer"),
    Step.RESOLVE: _("Your answer"),
    Step.DECLINE: _("Your answer"),
    Step.REFER: _("Your answer"),
    Step.EXTEND: _("How far you are, and why it takes longer"),
    Step.SCHEDULE: _("A word about it"),
    Step.REOPEN: _("A word about it"),
    Step.REDACT: _("Why the words are covered"),
    Step.HIDE: _("Why the report is hidden"),
    Step.KEEP_HIDDEN: _("Why the report stays hidden"),
}
"""The label of a step's public words; what comes with no other step has no field."""

DAYS: dict[Step, Words] = {
    Step.SCHEDULE: _("The day on which it will be done"),
    Step.EXTEND: _("The new day that you promise"),
    Step.REFER: _("The day on which you ask there what came of it"),
    Step.KEEP_HIDDEN: _("The day on which it is looked at again"),
}

DECLINE_HINTS: dict[DeclineReason, Words] = {
    DeclineReason.LAW: _("Name the law in your answer."),
    DeclineReason.BUDGET: _("Say when it can be asked for again."),
    DeclineReason.NOT_FOUND: _("Say when somebody went there, and what they looked for."),
    DeclineReason.NOT_ENOUGH_INFORMATION: _("From 14 days after your question on."),
    DeclineReason.LEGAL_PROCEDURE: _("Say where to turn, and until when."),
    DeclineReason.ABOUT_A_PERSON: _("Say who is there for that, and how to reach them."),
}

HIDE_HINTS: dict[HideReason, Words] = {
    HideReason.ORDER: _(
        "Fill in the order below. The report is hidden once a second person, a moderator or an "
        "administrator, has confirmed it."
    ),
}
PROPOSED: Words = _("The order waits until somebody else confirms it. The report is still shown.")
CONFIRMED: Words = _("The order is confirmed, and the report is hidden. Its page says why.")
DROPPED: Words = _("Nothing comes of the order. The report stays as it is.")
DECIDED_ALREADY: Words = _("Somebody else has decided about that order already.")

SCOPES: dict[str, Words] = {
    "body": _("My office"),
    "mine": _("Mine"),
    "unrouted": _("Without an office"),
    "judge": _("To be judged"),
    "all": _("All"),
    "again": _("To be looked at again"),
}
