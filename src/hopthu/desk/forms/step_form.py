"""A step's form as it came back: read into what the step is given, or told what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext as _

from hopthu.core import lifecycle
from hopthu.core.geometry import BadCoordinates, Point, parse_point
from hopthu.core.orders import MAX_ISSUER, MAX_NUMBER, Order, OrderFault
from hopthu.core.terms import HideReason, Need, Step
from hopthu.core.text import TextTooLong, clean
from hopthu.reports.actions import BadGiven, Given
from hopthu.reports.intake import Place
from hopthu.web.refusal_words import refusal

STATUS: Mapping[type[lifecycle.StepRefused], int] = {
    lifecycle.NotFromHere: 409,
    lifecycle.AlreadyUsed: 409,
    lifecycle.TooLate: 409,
    lifecycle.NotForRole: 403,
    lifecycle.NotYourBody: 403,
    lifecycle.ConcernedBody: 403,
    lifecycle.OwnDecision: 403,
}
"""What is not named here is about what was typed: 422."""

FIELD_OF: Mapping[Need, str] = {
    Need.PLACE: "area",
    Need.REQUEST: "",
    Need.ORDER: "issuer",
}
"""Needs whose (first) field has another name, or that have none at all."""
FIELD_OF_FAULT: Mapping[str, str] = {
    OrderFault.FROM_THE_FUTURE: "ordered",
    OrderFault.REVIEW_PAST: "review",
    OrderFault.REVIEW_TOO_LATE: "review",
    "waits_already": "reason",
}
"""Of an order, where it is not the first field that is wrong."""
MAX_RECIPIENT = 200
MIN_DIGITS = 3
MAX_PHONE = 40


class Unreadable(Exception):
    """A field holds something that cannot be read; the rest of the form is kept as it was."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(f"{field}: {message}")
        self.field = field
        self.message = message


def typed(data: QueryDict) -> dict[str, list[str]]:
    """What was typed, to be shown again."""
    return dict(data.lists())


def seen_event(data: QueryDict) -> int:
    """The newest event that the form was made of; 0, and so the whole history, if it is lost."""
    return _number(data.get("seen", "")) or 0


def read_given(step: Step, data: QueryDict) -> Given:
    """What the step is given. Raises `Unreadable`; what is missing the lifecycle tells."""
    needs = lifecycle.STEPS[step].needs
    return Given(
        words=data.get("words", ""),
        body=data.get("body", ""),
        person=_number(data.get("person", "")),
        category=data.get("category", ""),
        place=read_place(data) if Need.PLACE in needs else None,
        date=_day(data, "date"),
        outcome=data.get("outcome", ""),
        reason=data.get("reason", ""),
        recipient=_line(data, "recipient", limit=MAX_RECIPIENT),
        phone=_phone(data),
        target=data.get("target", "").strip() or data.get("candidate", ""),
        passage=_passage(data),
        order=_order(data) if data.get("reason") == HideReason.ORDER else None,
    )


def _phone(data: QueryDict) -> str:
    """Residents call it: short ones like 115 are numbers, a word is none."""
    phone = _line(data, "phone", limit=MAX_PHONE)
    if phone and sum(character.isdigit() for character in phone) < MIN_DIGITS:
        message = _("Please write a telephone number: at least 3 digits.")
        raise Unreadable("phone", message)
    return phone


def read_place(data: QueryDict) -> Place | None:
    """Where, by coordinates (they come first) or ward and landmark. Raises `Unreadable`."""
    point = _point(data.get("lat", ""), data.get("lon", ""))
    area, landmark = data.get("area", ""), data.get("landmark", "")
    if point is None and not area and not landmark.strip():
        return None
    return Place(point=point, area=area or None, landmark=landmark)


def _point(lat: str, lon: str) -> Point | None:
    """Also where both were pasted into the first field, as maps give them: "10.25, 105.97"."""
    if not lon.strip() and "," in lat:
        lat, _comma, lon = lat.partition(",")
    if not lat.strip() and not lon.strip():
        return None
    try:
        return parse_point(lat, lon)
    except BadCoordinates as error:
        message = _("These are no coordinates. They look like 10.2541 and 105.9723.")
        raise Unreadable("lat", message) from error


def problem(error: lifecycle.StepRefused | BadGiven | TextTooLong) -> tuple[str, str, int]:
    """The field that the error is about ("" for the whole form), its message, the HTTP status."""
    message = str(refusal(error))
    match error:
        case BadGiven(code="outside_city" | "coordinates_swapped"):
            return "lat", message, 422
        case BadGiven(need=Need.WORDS, code="too_long"):
            return "words", message, 413
        case BadGiven(need=Need.ORDER, code=code) if code in FIELD_OF_FAULT:
            return FIELD_OF_FAULT[code], message, 422
        case BadGiven() | lifecycle.Missing():
            return FIELD_OF.get(error.need, error.need), message, 422
        case TextTooLong():
            return "words", message, 413
        case lifecycle.TooEarly():
            return "reason", message, 422
    return "", message, STATUS.get(type(error), 422)


def _line(data: QueryDict, name: str, *, limit: int) -> str:
    try:
        return clean(data.get(name, ""), limit=limit)
    except TextTooLong as error:
        message = _("Please keep this to %(limit)s characters.") % {"limit": limit}
        raise Unreadable(name, message) from error


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None


def _day(data: QueryDict, name: str) -> date | None:
    text = data.get(name, "").strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        message = _("Write the day as year-month-day, as in 2026-03-31.")
        raise Unreadable(name, message) from error


def _order(data: QueryDict) -> Order:
    """Whole, or `Unreadable` tells what of it is missing."""
    issuer = _line(data, "issuer", limit=MAX_ISSUER)
    if not issuer:
        raise Unreadable("issuer", _("Say who ordered it."))
    number = _line(data, "order", limit=MAX_NUMBER)
    if not number:
        raise Unreadable("order", _("Give the public number of the order."))
    day, review_on = _day(data, "ordered"), _day(data, "review")
    if day is None:
        raise Unreadable("ordered", _("Choose the day of the order."))
    if review_on is None:
        raise Unreadable("review", _("Choose a day on which somebody looks at it again."))
    return Order(issuer, number, day, review_on)


def _passage(data: QueryDict) -> str:
    """Browsers send line ends as CR LF; texts are kept with LF alone."""
    written = data.get("passage", "").replace("\r\n", "\n")
    return written if written.strip() else data.get("spotted", "")
