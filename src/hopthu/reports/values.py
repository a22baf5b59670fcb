"""The values of a report that the record commits to: slot → value.

Each is read from the very columns that the pages show, when it is committed to and when it is
told again: whoever changes a row behind the program's back changes what is told, and `hopthu
verify` finds that it does not fit. `docs/record-format.md` gives the shape of each.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from hopthu.core.canonical import Json
from hopthu.core.entries import exact
from hopthu.core.terms import Step
from hopthu.reports.models import Event, Photo, Report

TEXT: Final = "text"
PLACE: Final = "place"
ANSWERS: Final = "answers"
ANSWERS_WITHHELD: Final = "answers_withheld"
"""Of the questions whose answers are for the body in charge alone."""
OF_REPORT: Final = frozenset({TEXT, PLACE, ANSWERS, ANSWERS_WITHHELD})

Values = Mapping[str, Json]


def words_slot(seq: int) -> str:
    return f"words.{seq}"


def photo_slot(pk: int) -> str:
    return f"photo.{pk}"


def of_report(report: Report) -> dict[str, Json]:
    """What stands in the report's own row; slots of which there is nothing are empty."""
    answers, withheld = report.details.items(), set(report.withheld)
    return {
        TEXT: report.text,
        PLACE: _place(report),
        ANSWERS: {code: answer for code, answer in answers if code not in withheld},
        ANSWERS_WITHHELD: {code: answer for code, answer in answers if code in withheld},
    }


def of_event(event: Event) -> dict[str, Json]:
    values: dict[str, Json] = {f"time.{event.seq}": exact(event.at)}
    if event.words:
        values[words_slot(event.seq)] = event.words
    if event.kind == Step.REFER:
        values[f"referral.{event.seq}"] = {
            "recipient": event.data.get("recipient"),
            "phone": event.data.get("phone"),
        }
    return values


def of_photo(photo: Photo) -> dict[str, Json]:
    fixed: Json = {"sha256": photo.sha256, "width": photo.width, "height": photo.height}
    return {photo_slot(photo.pk): fixed}


def _place(report: Report) -> Json:
    place: dict[str, Json] = {}
    if report.lat is not None and report.lon is not None:
        place |= {"lat": _degrees(report.lat), "lon": _degrees(report.lon)}
    if report.landmark:
        place["landmark"] = report.landmark
    return place


def _degrees(value: float) -> str:
    """The shortest decimal text of the number, never with an exponent.

    >>> _degrees(106.015), _degrees(-0.00001)
    ('106.015', '-0.00001')
    """
    return format(Decimal(repr(value)), "f")
