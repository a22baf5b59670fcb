"""What a sender gets of each field that is kept about the own report, and what not, and why.

Held against every field of the inventory (`care.inventory`) by a test: whoever adds a field about
a report says here what it tells its sender, or why the file leaves it out.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


@dataclass(frozen=True)
class Part:
    """Fields that are told, each under its own name."""

    model: str
    fields: str
    what: Text


@dataclass(frozen=True)
class Omission:
    """Fields that are not in the file."""

    model: str
    fields: str
    why: Text


REPORT: Final = "reports.Report"
EVENT: Final = "reports.Event"
PHOTO: Final = "reports.Photo"
NOTE: Final = "reports.Note"
REQUEST: Final = "reports.ErasureRequest"
LETTER: Final = "outbox.Delivery"
SECTIONS: Final[Mapping[str, str]] = {
    "report": REPORT,
    "events": EVENT,
    "photos": PHOTO,
    "notes": NOTE,
    "requests": REQUEST,
    "letters": LETTER,
}
"""Section of `report.json` → the table that it is read from."""

PARTS: Final = (
    Part(REPORT, "number", _("The number of the report")),
    Part(REPORT, "source source_id", _("How it came in, and its number where it came from")),
    Part(REPORT, "received_at updated_at", _("When it came in, and when something last happened")),
    Part(REPORT, "category", _("The kind of problem")),
    Part(
        REPORT, "text details withheld", _("Your words, your answers, and which stay unpublished")
    ),
    Part(REPORT, "redacted", _("Whether words were covered or deleted for good")),
    Part(REPORT, "area landmark lat lon", _("Where the problem is")),
    Part(REPORT, "body concerned reroutes", _("The office in charge, the office it is about")),
    Part(REPORT, "visibility private hide_reason", _("Who may read it, and why it is hidden")),
    Part(
        REPORT,
        "order_issuer order_number ordered_on review_on review_asked_at reviewed_at",
        _("Who ordered that it is hidden, when that is looked at again, and when you asked for it"),
    ),
    Part(
        REPORT,
        "status outcome decline_reason scheduled_for recipient recipient_phone follow_up_on "
        "merged_into",
        _("How it stands, with reasons, days, and whom it was passed on to"),
    ),
    Part(
        REPORT,
        "acknowledge_by acknowledged_at resolve_by first_resolve_by extended",
        _("What the city promised by when, and whether it moved the day"),
    ),
    Part(
        REPORT,
        "asked_at closed_at withdrawn_at confirmed_at disputes awaits_judgement judge_by",
        _("Questions to you, closing, taking back, and what you said of the result"),
    ),
    Part(REPORT, "supports", _("How many others have this too; nobody knows who they are")),
    Part(REPORT, "seq", _("The number of its newest step")),
    Part(REPORT, "submission", _("A fingerprint of the form's random number, for 30 days")),
    Part(EVENT, "seq kind at role body status", _("Each step: what, when, by whom, then how")),
    Part(EVENT, "words data", _("The words that came with it; codes, days and reasons")),
    Part(
        PHOTO,
        "name width height created_at sha256 faces",
        _("Each photo, with its size and time"),
    ),
    Part(PHOTO, "event state reason", _("The step it came with, whether it is shown, and why not")),
    Part(NOTE, "at text", _("Internal notes of the staff about your report")),
    Part(
        REQUEST,
        "asker scope ground passage asked_at due_at",
        _("What you asked to be deleted for good, when, and by when it is decided"),
    ),
    Part(
        REQUEST,
        "proposal proposed_at words outcome decided_at",
        _("What was proposed and decided about that, and why"),
    ),
    Part(LETTER, "channel topic seq", _("Each letter to you: about which step")),
    Part(
        LETTER,
        "state created_at due_at sent_at begun attempts interrupted problem",
        _("What became of it: sent, waiting or given up, how often it was tried, and why"),
    ),
)

_ITSELF: Final = _("It only says again which report this is")
_STAFF: Final = _("Names of staff are not about you: the city answers as an office")
_TWICE: Final = _("The same words and place once more, written for searching")
_FOLLOWERS: Final = _("Who follows your report by e-mail, and what they are sent, is theirs alone")
_PROOF: Final = _("It is in proof.json, where it can be checked")
OMISSIONS: Final = (
    Omission(REPORT, "search_text cell", _TWICE),
    Omission(REPORT, "assignee hidden_by hide_proposed_by", _STAFF),
    Omission(
        "reports.Proposal",
        "report staff at issuer number day review_on words",
        _("A proposal that nobody has decided on yet; once it is decided, you read it here"),
    ),
    Omission(EVENT, "report", _ITSELF),
    Omission(EVENT, "staff", _STAFF),
    Omission(EVENT, "salts", _PROOF),
    Omission(PHOTO, "report", _ITSELF),
    Omission(PHOTO, "token", _("A random word of the form, of no use since it was sent")),
    Omission(NOTE, "report", _ITSELF),
    Omission(NOTE, "staff", _STAFF),
    Omission(REQUEST, "report", _ITSELF),
    Omission(
        REQUEST,
        "reference",
        _("It belongs to people who are named in a report; what they asked for is theirs"),
    ),
    Omission(REQUEST, "proposed_by decided_by", _STAFF),
    Omission(LETTER, "contact number", _ITSELF),
    Omission(LETTER, "subscription rank", _FOLLOWERS),
    Omission(LETTER, "invitation", _STAFF),
    Omission("outbox.Subscription", "token thing often sealed asked_at confirmed_at", _FOLLOWERS),
    Omission(LETTER, "token holder", _("Random numbers, by which programs know one letter")),
    Omission(
        "people.Contact",
        "number channel sealed",
        _("The address is sealed, and this page cannot open it: contact_held says if there is one"),
    ),
    Omission(
        "people.Telephone",
        "number sealed",
        _("The number is sealed too: telephone_held says if there is one"),
    ),
    Omission(
        "people.Opening",
        "id staff number reason words page_key host asked_at state question answer refusal "
        "wait_until sealed",
        _("It is gone after ten minutes. Each opening of your number stands among the steps"),
    ),
    Omission(
        "people.FollowCode",
        "number hash next_hash next_until",
        _("The fingerprint of your code would help somebody else to guess it"),
    ),
    Omission(
        "people.FollowTries",
        "slot failures wait_until",
        _("Wrong codes are counted for many reports together: which are yours, nobody can tell"),
    ),
    Omission(
        "people.LostCode",
        "number asked_at",
        _("That somebody asked for a new code is kept for a moment; the letter is listed"),
    ),
    Omission("record.Entry", "report seq leaf index", _PROOF),
)

NOT_OF_A_REPORT: Final[Mapping[str, str]] = {
    "people.Staff": "who works for the city",
    "people.Membership": "who works for the city",
    "people.AuthenticatorApp": "how the staff sign in",
    "people.RecoveryCode": "how the staff sign in",
    "people.Passkey": "how the staff sign in",
    "people.Invitation": "who is to work for the city",
    "people.SignIn": "who of the staff is signed in",
    "sessions.Session": "who of the staff is signed in",
}
"""Tables of the inventory that say nothing about any report."""


def told(model: str) -> Iterator[str]:
    """Names of the fields that the file tells of this table, in the order of `PARTS`."""
    for part in PARTS:
        if part.model == model:
            yield from part.fields.split()
