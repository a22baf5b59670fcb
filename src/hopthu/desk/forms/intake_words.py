"""What is wrong with a report that a clerk takes down, beside the field that it is about."""

from collections.abc import Iterable

from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hopthu.core.limits import MAX_LANDMARK
from hopthu.reports.intake import MAX_ANSWER, Problem

FIELD_OF = {"photo": "text"}
"""Where the clerk's form calls a field otherwise."""


def errors(problems: Iterable[Problem]) -> dict[str, str]:
    """Field → message, the first problem of each field."""
    found: dict[str, str] = {}
    for problem in problems:
        found.setdefault(FIELD_OF.get(problem.field, problem.field), message(problem))
    return found


def message(problem: Problem) -> str:
    match problem.code:
        case "outside_city":
            return ngettext(
                "This place is %(amount)s metre outside the city.",
                "This place is %(amount)s metres outside the city.",
                problem.amount,
            ) % {"amount": localize(problem.amount)}
        case "text_too_long":
            return ngettext(
                "This is %(amount)s character too long.",
                "This is %(amount)s characters too long.",
                problem.amount,
            ) % {"amount": localize(problem.amount)}
        case "landmark_too_long":
            return _("Please keep this to %(limit)s characters.") % {"limit": MAX_LANDMARK}
        case "answer_too_long":
            return _("Please keep this to %(limit)s characters.") % {"limit": MAX_ANSWER}
    return _messages().get(problem.code) or _("This does not fit. Please look at it again.")


def _messages() -> dict[str, str]:
    return {
        "category_unknown": _("Choose what the report is about."),
        "place_missing": _("Choose the ward and name the street or a landmark."),
        "coordinates_swapped": _("Latitude comes first, then longitude."),
        "area_unknown": _("Choose the ward."),
        "text_or_photo": _("Write what they tell."),
        "answer_missing": _("Please answer this question."),
        "answer_not_a_number": _("Please write a number."),
        "answer_not_a_date": _("Please write a day and a time, as in 2026-03-31 18:30."),
        "answer_not_a_choice": _("Choose from the list."),
        "body_unknown": _("Choose the office that the report is about."),
    }
