"""What may be wrong with a receipt or a proof, in the words of `/record/check`.

Each code that the script throws (`faults.js`): what is wrong, and what it means or what to do.
"""

from django.utils.translation import gettext as _

Faults = dict[str, tuple[str, str]]


def check_faults() -> Faults:
    """All of them, in the reader's language."""
    return {**_no_receipt(), **_damaged(), **_not_of_the_record(), **_of_proofs()}


def _no_receipt() -> Faults:
    return {
        "empty": (_("There is nothing in it"), _("Choose another file, or paste the text.")),
        "tooLarge": (_("This file is too large to be a receipt"), _("Did you choose another one?")),
        "notText": (_("This is no receipt"), _("It is a photo or a program, not a text.")),
        "notReceipt": (
            _("This is no receipt"),
            _(
                "A receipt begins with the line c2sp.org/tlog-proof@v1. The sender's proof is a"
                " file named proof.json."
            ),
        ),
        "noEntry": (
            _("This receipt holds no entry"),
            _("It says where something stands in a record, and not what."),
        ),
    }


def _damaged() -> Faults:
    again = _("Take the file once more from where it came from.")
    return {
        "crlf": (
            _("The ends of the lines were changed on the way (CRLF)"),
            _("An e-mail or an editor does that to a file.") + " " + again,
        ),
        "cutShort": (_("The end is missing"), _("The file was cut short.") + " " + again),
        "damaged": (
            _("Part of it cannot be read"),
            _("Something in it was changed.") + " " + again,
        ),
    }


def _not_of_the_record() -> Faults:
    return {
        "otherLog": (
            _("This is from another record: {name}"),
            _(
                "This page knows only the keys of its own city. Ask there for the key of the"
                " record, from somebody whom you trust, and give it below."
            ),
        ),
        "unknownKey": (
            _("None of the city's keys has signed this"),
            _("It calls itself {name}, and whoever made it had none of the keys known here."),
        ),
        "signature": (
            _("The signature of {name} does not fit"),
            _("Something in it was changed, were it a single letter, or somebody invented it."),
        ),
        "path": (
            _("The entry does not fit the record"),
            _(
                "The signature is right, but it is for another entry: something in the file was"
                " changed, were it a single letter."
            ),
        ),
        "entry": (
            _("It is in the record, but this page cannot read it"),
            _("Perhaps newer software wrote it."),
        ),
    }


def _of_proofs() -> Faults:
    return {
        "value": (
            _("This is not what was said: {slot}"),
            _("It does not fit the seal in the public record. Somebody changed it afterwards."),
        ),
        "notCommitted": (
            _("This was never sealed: {slot}"),
            _("No entry in the file speaks of it. Somebody put it in."),
        ),
        "notPromised": (
            _("An entry that nobody promised"),
            _("It is neither in the record, nor did the city sign that it will be."),
        ),
        "otherReport": (
            _("Entries of another report are mixed in"),
            _("A proof is about one report alone."),
        ),
        "twice": (
            _("One step stands there twice"),
            _("Each step of a report has one entry. Somebody put this file together."),
        ),
        "nothing": (_("This proof is empty"), _("It holds no entry and no promise.")),
    }
