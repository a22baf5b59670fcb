"""The words of `/record/check`: its script has none of its own, only names of them.

In curly brackets stands what the script fills in.
"""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hopthu.bodies.configuration import Category, Configuration
from hopthu.core.terms import Step
from hopthu.public.check_faults import check_faults
from hopthu.web import event_words, words

Sentences = dict[str, str]


def check_words(setup: Configuration) -> dict[str, Any]:
    """Everything that a verdict is told in, in the reader's language; for `json_script`."""
    named: dict[str, Any] = {
        "say": {**_verdicts(), **_receipt(), **_proof(), **_labels()},
        "faults": check_faults(),
        "slots": _slots(),
        "types": _types(),
        "statuses": {code: look.label for code, look in words.STATUSES.items()},
        "outcomes": words.OUTCOMES,
        "reasons": {
            **words.DECLINE_REASONS,
            **words.HIDE_REASONS,
            **words.CALL_REASONS,
        },
        "actors": words.ROLES,
        "groups": {group.code: group.name for group in setup.groups},
        "categories": {code: one.name for code, one in setup.categories.items()},
        "areas": {code: one.name for code, one in setup.areas.items()},
        "bodies": {code: one.name for code, one in setup.bodies.items()},
    }
    as_text = {
        name: {code: _text(value) for code, value in table.items()} for name, table in named.items()
    }
    questions = {code: _questions(one) for code, one in setup.categories.items() if one.questions}
    return {**as_text, "questions": questions, "zone": setup.city.time_zone}


def _text(value: object) -> str | list[str]:
    """Lazy and translated words in this reader's language."""
    return [str(one) for one in value] if isinstance(value, tuple) else str(value)


def _questions(category: Category) -> dict[str, Any]:
    return {
        question.code: {
            "prompt": str(question.prompt),
            "choices": {code: str(name) for code, name in question.choices},
        }
        for question in category.questions
    }


def _verdicts() -> Sentences:
    return {
        "good": pgettext("verdict", "Genuine"),
        "waits": pgettext("verdict", "Promised"),
        "bad": pgettext("verdict", "Not to be relied on"),
        "receipt": _("This receipt is genuine: the entry is in the public record"),
        "proof": _("This proof is genuine: all of it is in the public record"),
        "promise": _("The city has promised to put this into the public record"),
        "promiseLate": _("The day that the city promised is over"),
    }


def _receipt() -> Sentences:
    return {
        "standing": _(
            "It is entry {n} of {of} in the record of {name}. Whoever takes it out or changes it"
            " is found out."
        ),
        "unwitnessed": _("No outside witness that this page knows has signed it as well."),
        "retired": _("It is signed with a key that the city no longer uses."),
        "witnessed": _("Signed as well by outside witnesses:"),
        "witness": _("{name}, {at}"),
        "sealed": _(
            "The words themselves are not in a receipt. The entry holds their seal: the sender's"
            " proof, or the report's page, shows the words that fit it."
        ),
        "details": _("For those who want to look closer"),
        "hour": _("{date}, between {from} and {to}"),
        "moment": _("{date} at {time}"),
    }


def _proof() -> Sentences:
    return {
        "provenOf": _(
            "Report {report}: this is what was said, letter for letter, and what was done, in this"
            " order."
        ),
        "provenSince": _(
            "Report {report}: this is what was said, as it stands now, and what was done, in this"
            " order."
        ),
        "changed": _(
            "Covered or changed afterwards: {list}. How it read before is shown by a file that was"
            " kept before."
        ),
        "nothing": _("Nothing is known of it."),
        "steps": _("What happened"),
        "entry": _("entry {n}"),
        "promisedBy": _("promised to be in the record by {at}"),
        "gaps": _("These steps are not in the file: {list}."),
        "missing": _("Not shown in this file: {list}."),
        "upTo": _(
            "It proves everything up to the day that the file was made. What came later stands on"
            " the report's page."
        ),
        "waitFor": _(
            "By {at} at the latest, mostly within a minute. Then open your report with your code"
            " and keep the proof. Keep this file as well: should words be covered one day, it still"
            " shows what you wrote."
        ),
        "broken": _(
            "By {at} it had to be in the record. Open your report with your code and keep the proof"
            " anew. If the city cannot give it to you, it broke its promise, and this file shows"
            " that."
        ),
    }


def _labels() -> Sentences:
    return {
        "report": _("Report number"),
        "happened": _("What happened"),
        "when": _("When"),
        "kind": _("Kind of problem"),
        "area": _("Ward"),
        "body": _("Office in charge"),
        "due": _("Result or answer by"),
        "date": _("Day"),
        "outcome": _("What came of it"),
        "reason": _("Reason"),
        "issuer": _("Ordered by"),
        "order": _("Number of the order"),
        "ordered": _("Day of the order"),
        "review": _("To be looked at again on"),
        "into": _("Merged into"),
        "photos": _("Photos sent"),
        "replaces": _("Changed, and sealed anew"),
        "erased": _("Deleted for good"),
        "status": _("How it stood then"),
        "by": _("By"),
        "key": _("Signed by the key"),
        "place": _("Place in the record, counted from 0"),
        "root": _("Root of the record"),
        "inReceipt": _("In receipt {n} of the file:"),
    }


def _slots() -> Sentences:
    """The values that entries seal; of some there is one for each step or photo, {n}."""
    return {
        "text": _("What was reported"),
        "place": _("The place"),
        "answers": _("The answers to the questions"),
        "answers_withheld": _("The answers that only the office reads"),
        "words": _("The words of step {n}"),
        "time": _("The exact time of step {n}"),
        "photo": _("Photo {n}"),
        "referral": _("To whom it was passed on"),
        "staff": _("The name at the desk"),
    }


def _types() -> dict[str, words.Words]:
    """What happened, without what only the report's page can tell."""
    return {
        **event_words.TITLES,
        Step.ROUTE: _("Given to an office"),
        Step.SCHEDULE: _("A day was fixed"),
        Step.EXTEND: _("The promised day was moved"),
        Step.RESOLVE: _("Closed: fixed or answered"),
        Step.DECLINE: _("Closed: not done"),
        Step.REFER: _("Passed on outside the city"),
        Step.MERGE: _("Merged into another report"),
        Step.REDACT: _("Some words were covered"),
        "photo.replaced": _("A photo was replaced"),
        "erasure": event_words.TITLES[Step.ERASE],
        **_city_types(),
    }


def _city_types() -> Sentences:
    return {
        "log.opened": _("The record was opened"),
        "key.changed": _("The record has a new key"),
        "city.changed": _("The city's set-up was changed"),
        "area.changed": _("A ward was set up or changed"),
        "body.changed": _("An office was set up or changed"),
        "group.changed": _("A group of kinds of problem was set up or changed"),
        "category.changed": _("A kind of problem was set up or changed"),
        "rule.changed": _("Who is in charge of what was changed"),
        "calendar.changed": _("The calendar was changed"),
        "staff.changed": _("Who may do what at the desk was changed"),
    }
