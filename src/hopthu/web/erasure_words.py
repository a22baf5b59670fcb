"""The words of requests to delete something for good: for whoever asks and for who decides."""

from django.utils.translation import gettext_lazy as _

from hopthu.core.erasure import Asker, Ground, Scope, Verdict
from hopthu.core.text import TextTooLong
from hopthu.reports.actions import erasing
from hopthu.web.refusal_words import refusal
from hopthu.web.words import Words

ASKERS: dict[str, Words] = {
    Asker.SENDER: _("The sender, with the follow-up code"),
    Asker.PERSON_NAMED: _("Somebody who says that they are named in it"),
}
SCOPES: dict[str, Words] = {
    Scope.PASSAGE: _("Only these words"),
    Scope.REPORT: _("Everything that the sender wrote and sent"),
}
GROUNDS: dict[str, Words] = {
    Ground.NAME: _("My name is there, or people see that it is me"),
    Ground.CONTACT: _("My telephone number, address or number plate is there"),
    Ground.PRIVATE_LIFE: _("It tells of my health, my family or my private life"),
    Ground.UNTRUE: _("It says something untrue about me"),
}
VERDICTS: dict[str, Words] = {
    Verdict.ERASE: _("Delete it for good"),
    Verdict.REFUSE: _("Do not delete it"),
}
BAD_WISHES: dict[tuple[str, str], Words] = {
    ("scope", "missing"): _("Say what shall be deleted."),
    ("ground", "missing"): _("Choose a reason from the list."),
    ("passage", "missing"): _("Copy the words that shall be deleted."),
    ("passage", "not_found_in_text"): _(
        "These words do not stand in the report exactly like that."
    ),
}
UNDECIDED: dict[type[erasing.Undecided], Words] = {
    erasing.NotAdministrator: _("Somebody in another role decides this."),
    erasing.SamePerson: _("You proposed it: somebody else has to decide."),
    erasing.MovedOn: _("A colleague was first. This is how it stands now."),
    erasing.NoWords: _("Write why: whoever asked reads it."),
}

NOT_ASKABLE = _("There is nothing here that could be asked for.")
ASKED_ALREADY: dict[str, Words] = {
    Asker.SENDER: _("You have asked already. Two people decide about that first."),
    Asker.PERSON_NAMED: _(
        "Several requests about this report wait already, and are decided first. Please come back "
        "in two working days."
    ),
}


def wrong_wish(error: erasing.BadWish | TextTooLong) -> tuple[str, Words]:
    """The field that it is about, and one plain sentence."""
    if isinstance(error, TextTooLong):
        return "passage", refusal(error)
    return error.field, BAD_WISHES[error.field, error.code]
