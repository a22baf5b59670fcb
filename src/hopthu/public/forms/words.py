"""What is wrong, in words: one message for each code that the checks of intake know."""

from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hopthu.core.limits import MAX_LANDMARK, MAX_PHOTOS, MAX_TEXT
from hopthu.public.forms.problems import Problem
from hopthu.reports.intake import MAX_ANSWER
from hopthu.reports.intake import Problem as Found
from hopthu.web.address_words import ADDRESS_FAULTS

TOO_LARGE = frozenset({"text_too_long", "landmark_too_long", "answer_too_long"})


def problem(found: Found) -> Problem:
    """The same problem, for the person who filled in the form."""
    return Problem(found.field, message(found.code, found.amount), found.code in TOO_LARGE)


def message(code: str, amount: int = 0) -> str:
    match code:
        case "outside_city":
            return _outside(amount)
        case "text_too_long":
            return ngettext(
                "This is %(amount)s character too long. Please keep it to %(limit)s characters.",
                "This is %(amount)s characters too long. Please keep it to %(limit)s characters.",
                amount,
            ) % {"amount": localize(amount), "limit": localize(MAX_TEXT)}
        case "too_many_photos":
            return ngettext(
                "At most %(count)s photo fits into a report. Please remove some.",
                "At most %(count)s photos fit into a report. Please remove some.",
                MAX_PHOTOS,
            ) % {"count": MAX_PHOTOS}
        case "too_many_photos_left_out":
            return ngettext(
                "Only %(count)s photo fits into a report. The others were left out.",
                "Only %(count)s photos fit into a report. The others were left out.",
                MAX_PHOTOS,
            ) % {"count": MAX_PHOTOS}
        case _:
            return _messages()[code]


def photos_wait(seconds: int) -> str:
    return ngettext(
        "Very many photos are arriving from your network. Please add this one again in %(count)s "
        "second.",
        "Very many photos are arriving from your network. Please add this one again in %(count)s "
        "seconds.",
        seconds,
    ) % {"count": seconds}


def _messages() -> dict[str, str]:
    return {
        "category_missing": _("Choose what your report is about."),
        "category_unknown": _("We do not know this kind of problem. Choose one from the list."),
        "body_unknown": _("Choose the office that your report is about."),
        "place_missing": _(
            "Tell us where it is: put the pin on the map, or choose the ward and "
            "name the street or a landmark."
        ),
        "landmark_missing": _("Name the street or a landmark, so that the place can be found."),
        "area_missing": _("Choose the ward."),
        "area_unknown": _("We do not know this ward. Choose one from the list."),
        "landmark_too_long": _("Please keep this to %(limit)s characters.")
        % {"limit": MAX_LANDMARK},
        "coordinates_not_numbers": _(
            "These coordinates are not numbers that we can read. They look like 10.2541 and "
            "105.9723."
        ),
        "coordinates_out_of_range": _(
            "There is no such place on earth. Latitude goes from -90 to 90, longitude from "
            "-180 to 180."
        ),
        "coordinates_swapped": _(
            "These coordinates seem to be the wrong way round: latitude comes first, then "
            "longitude."
        ),
        "text_or_photo": _("Write what is wrong, or add a photo. One of them is enough."),
        "photo_gone": _(
            "A photo waited too long and was deleted, or it is part of a report already. Please "
            "add it again."
        ),
        "answer_missing": _("Please answer this question."),
        "answer_not_a_number": _("Please write a number."),
        "answer_not_a_date": _("Please write a day and a time, as in 2026-03-31 18:30."),
        "answer_not_a_choice": _("Choose from the list."),
        "answer_too_long": _("Please keep this to %(limit)s characters.") % {"limit": MAX_ANSWER},
        **{f"email_{why}": str(words) for why, words in ADDRESS_FAULTS.items()},
        "email_unavailable": _(
            "Addresses cannot be kept safely here just now. Please leave this empty; your report "
            "can be sent without it."
        ),
        "phone_unknown": _(
            "Please write an e-mail address, as in name@example.com, or a mobile number of this "
            "country, as in 0912 345 678."
        ),
        **_of_telephones(),
        "submission_missing": _(
            "A hidden part of the form was lost on the way. Nothing was sent yet: please look "
            "everything over and send it again."
        ),
        "page_unknown": _("This page of the form does not exist. Please go on from here."),
    }


def _of_telephones() -> dict[str, str]:
    return {
        "phone_letters": _("A telephone number has digits alone, as in 0912 345 678."),
        "phone_short": _("This number is too short to be called. Please write all its digits."),
        "phone_long": _("A telephone number has at most 15 digits."),
        "phone_missing": _("Write the number at which we may call you, or take the tick away."),
        "call_me_missing": _(
            "Tick this as well, or leave the number out: it is kept for calling you alone."
        ),
        "phone_unavailable": _(
            "Numbers cannot be kept safely here just now. Please leave this empty; your report "
            "can be sent without it."
        ),
    }


def _outside(metres: int) -> str:
    if metres < 1_000:
        return ngettext(
            "This place is %(amount)s metre outside the city. Move the pin to where the problem "
            "is; what lies outside is for the neighbours to mend.",
            "This place is %(amount)s metres outside the city. Move the pin to where the problem "
            "is; what lies outside is for the neighbours to mend.",
            metres,
        ) % {"amount": localize(metres)}
    return ngettext(
        "This place is about %(amount)s kilometre outside the city. Move the pin to where the "
        "problem is.",
        "This place is about %(amount)s kilometres outside the city. Move the pin to where the "
        "problem is.",
        round(metres / 1_000),
    ) % {"amount": localize(round(metres / 1_000))}
