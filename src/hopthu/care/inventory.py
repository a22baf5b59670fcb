"""All that is kept and may tell something about a person: why, by what right, how long, where.

One list, three readers: the public page `/privacy`, `docs/privacy.md`, and a test that compares it
with every field of every table. Whoever adds a field has to say here what it may tell of whom, or
in `NOTHING_PERSONAL` that it tells nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


class Basis(StrEnum):
    """By what right it is kept."""

    REQUEST = "request"
    DUTY = "duty"
    WORK = "work"
    SAFETY = "safety"


class Place(StrEnum):
    DATABASE = "database"
    FILES = "files"
    RECORD = "record"


BASES: Final[Mapping[Basis, Text]] = {
    Basis.REQUEST: _("You send it, so that the city acts on it"),
    Basis.DUTY: _("The city has to give a public account of what it did"),
    Basis.WORK: _("Their work for the city"),
    Basis.SAFETY: _("To keep others out of your report and of the desk"),
}
PLACES: Final[Mapping[Place, Text]] = {
    Place.DATABASE: _("In the city's database and its backups"),
    Place.FILES: _("In the city's folder of photos and its backups"),
    Place.RECORD: _("In the public record, of which anybody may keep a copy"),
}


@dataclass(frozen=True)
class Kind:
    """Things that are kept for the same reason and the same time."""

    code: str
    what: Text
    purpose: Text
    basis: Basis
    period: Text
    place: Place
    fields: Mapping[str, str]
    """Model → names of its fields."""


_UNTIL_ERASED: Final = _("Until it is struck out or erased: you can do that, and so can the city")
_AS_LONG_AS_REPORT: Final = _("As long as the report")

KINDS: Final = (
    Kind(
        "words",
        _("What you write in a report, and the words of the city"),
        _("So that the problem is dealt with, and everybody sees what becomes of it"),
        Basis.REQUEST,
        _UNTIL_ERASED,
        Place.DATABASE,
        {
            "reports.Report": "text details withheld redacted search_text",
            "reports.Event": "words salts",
        },
    ),
    Kind(
        "place",
        _("Where the problem is, to about ten metres, and how to find it"),
        _("So that it is found, and stands on the map"),
        Basis.REQUEST,
        _UNTIL_ERASED,
        Place.DATABASE,
        {"reports.Report": "area landmark lat lon cell"},
    ),
    Kind(
        "photos",
        _("Your photos, drawn anew without what the camera wrote into them, faces covered"),
        _("So that the problem can be seen"),
        Basis.REQUEST,
        _("Until they are erased; 25 hours, if no report is sent with them"),
        Place.FILES,
        {
            "reports.Photo": (
                "token name report event state reason sha256 faces width height created_at"
            ),
        },
    ),
    Kind(
        "contact",
        _(
            "Your e-mail address or mobile number, if you leave one, sealed so that only the "
            "mailbox can write to it"
        ),
        _("So that you hear when something happens"),
        Basis.REQUEST,
        _("Until you delete it, at the latest 30 days after the report was closed"),
        Place.DATABASE,
        {"people.Contact": "number channel sealed"},
    ),
    Kind(
        "telephone",
        _("Your telephone number, if you say that you may be called, sealed"),
        _("So that the office in charge can call you, after everybody was told why"),
        Basis.REQUEST,
        _("Until you delete it, at the latest 30 days after the report was closed"),
        Place.DATABASE,
        {"people.Telephone": "number sealed"},
    ),
    Kind(
        "openings",
        _("Who of the staff asks for a telephone number, why, and the number for their page alone"),
        _("So that a number opens for one person, for one reason, once"),
        Basis.SAFETY,
        _("Ten minutes; that it was opened, and why, as long as the report"),
        Place.DATABASE,
        {
            "people.Opening": (
                "id staff number reason words page_key host asked_at state question answer "
                "refusal wait_until sealed"
            ),
        },
    ),
    Kind(
        "letters",
        _("Which letters went out about which step, without their words and without an address"),
        _("So that each of them reaches you"),
        Basis.REQUEST,
        _("As long as your address; to followers of something 8 days"),
        Place.DATABASE,
        {
            "outbox.Delivery": (
                "contact subscription invitation rank channel topic number seq token state due_at "
                "holder begun attempts interrupted problem created_at sent_at"
            ),
        },
    ),
    Kind(
        "following",
        _("What is followed by e-mail: what, how often, and the sealed address, each by itself"),
        _("So that you hear of what you asked to hear of"),
        Basis.REQUEST,
        _(
            "Until you end it; 3 days, if it is not confirmed; of one report at the latest 30 days "
            "after it was closed"
        ),
        Place.DATABASE,
        {"outbox.Subscription": "token thing often sealed asked_at confirmed_at"},
    ),
    Kind(
        "life",
        _("What happened to a report and when, by which part of the city, without names"),
        _("So that everybody can see whether the city keeps its promises"),
        Basis.DUTY,
        _("For ever"),
        Place.DATABASE,
        {
            "reports.Report": (
                "number source source_id seq category body concerned status outcome "
                "decline_reason visibility private hide_reason order_issuer order_number "
                "ordered_on review_on review_asked_at reviewed_at scheduled_for follow_up_on "
                "merged_into received_at updated_at acknowledge_by resolve_by first_resolve_by "
                "acknowledged_at asked_at closed_at withdrawn_at confirmed_at disputes "
                "awaits_judgement judge_by extended reroutes supports"
            ),
            "reports.Event": "report seq kind at role body status data",
        },
    ),
    Kind(
        "referral",
        _("Whom a report was passed to, and their telephone number at work"),
        _("So that you can ask there"),
        Basis.DUTY,
        _AS_LONG_AS_REPORT,
        Place.DATABASE,
        {"reports.Report": "recipient recipient_phone"},
    ),
    Kind(
        "record",
        _("What happened, once more, with fingerprints that tell nothing without the words"),
        _("So that nobody can change afterwards what was said and done, not even the city"),
        Basis.DUTY,
        _("For ever"),
        Place.RECORD,
        {"record.Entry": "report seq leaf index"},
    ),
    Kind(
        "submission",
        _("A random number of the form that you sent"),
        _("So that sending it twice makes one report"),
        Basis.REQUEST,
        _("30 days"),
        Place.DATABASE,
        {"reports.Report": "submission"},
    ),
    Kind(
        "codes",
        _(
            "A fingerprint of your follow-up code, how often a wrong one was tried, and that a new "
            "one was asked for"
        ),
        _("So that nobody but you follows your report"),
        Basis.SAFETY,
        _("The fingerprint as long as the report; wrong tries for a day; what was asked, a moment"),
        Place.DATABASE,
        {
            "people.FollowCode": "number hash next_hash next_until",
            "people.LostCode": "number asked_at",
            "people.FollowTries": "slot failures wait_until",
        },
    ),
    Kind(
        "notes",
        _("Notes of the staff on a report, which the sender may ask to read"),
        _("So that colleagues know what was done"),
        Basis.DUTY,
        _("90 days after the report was closed"),
        Place.DATABASE,
        {"reports.Note": "report staff at text"},
    ),
    Kind(
        "erasure",
        _("What somebody asked to be deleted for good, the words in question, and the decision"),
        _("So that two people decide about it in time, and whoever asked hears"),
        Basis.REQUEST,
        _("The words in question until it is decided; the rest 90 days longer"),
        Place.DATABASE,
        {
            "reports.ErasureRequest": (
                "report reference asker scope ground passage asked_at due_at proposal proposed_at "
                "words outcome decided_at"
            ),
        },
    ),
    Kind(
        "staff",
        _("Names, user names, tasks and sign-ins of the people who work for the city"),
        _("So that they alone work with reports, each within their own task"),
        Basis.WORK,
        _("As long as they work there; a sign-in for twelve hours"),
        Place.DATABASE,
        {
            "people.Staff": "username name password last_login is_active series",
            "people.Membership": "staff body role salt",
            "people.AuthenticatorApp": "staff secret last_step",
            "people.RecoveryCode": "staff hash",
            "people.Passkey": (
                "staff name credential_id credential counter salt added_at opens_from"
            ),
            "people.SignIn": "staff session began_at used_at",
            "sessions.Session": "session_key session_data expire_date",
        },
    ),
    Kind(
        "invitations",
        _("The sealed e-mail address of somebody who is invited to work here, with their task"),
        _("So that they get the link with which they choose a password"),
        Basis.WORK,
        _("Until they have come, at the latest 7 days"),
        Place.DATABASE,
        {"people.Invitation": "username body role mark sealed hash invited_at"},
    ),
    Kind(
        "answering",
        _("Which of them took a step; the public sees the office alone"),
        _("So that the city can answer for what was done"),
        Basis.WORK,
        _AS_LONG_AS_REPORT,
        Place.DATABASE,
        {
            "reports.Report": "assignee hidden_by hide_proposed_by",
            "reports.Event": "staff",
            "reports.ErasureRequest": "proposed_by decided_by",
        },
    ),
    Kind(
        "proposals",
        _("An order from outside to hide a report, and who of the staff put it forward"),
        _("So that nobody hides a report by an order alone"),
        Basis.DUTY,
        _("Until a second person confirms or drops it"),
        Place.DATABASE,
        {"reports.Proposal": "report staff at issuer number day review_on words"},
    ),
)

_SET_UP: Final = "how the city is set up, as everybody may read it"
_COUNTS: Final = "counts and hashes of everything together"
_TOLD: Final = "which steps of reports, public ones, are told to whoever follows them"
_DJANGO: Final = "tables of the framework, which name parts of the program"
NOTHING_PERSONAL: Final[Mapping[str, str]] = {
    **dict.fromkeys(
        (
            "bodies.City",
            "bodies.Area",
            "bodies.Body",
            "bodies.Group",
            "bodies.Category",
            "bodies.Question",
            "bodies.Rule",
            "bodies.DayOff",
        ),
        _SET_UP,
    ),
    **dict.fromkeys(("record.Head", "record.Checkpoint", "reports.Residue"), _COUNTS),
    **dict.fromkeys(("outbox.News", "outbox.Gathered"), _TOLD),
    **dict.fromkeys(
        (
            "contenttypes.ContentType",
            "auth.Permission",
            "auth.Group",
            "auth.Group_permissions",
        ),
        _DJANGO,
    ),
}
"""Model → why nothing in it tells anything about a person."""
