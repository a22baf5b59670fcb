"""Taking things away: words struck out, a report hidden and shown again, everything erased.

The event stays in every case, with the reason: nothing goes without a public trace.
"""

from hopthu.core.terms import Need, Role
from hopthu.reports.actions.given import BadGiven
from hopthu.reports.actions.moves import Change, Move
from hopthu.reports.actions.photos import delete_photos
from hopthu.reports.models import Report
from hopthu.reports.search_text import search_text

STRUCK = "█████"
"""Stands for what was struck out, however long that was; for less than five letters as many."""


def redact(move: Move, result: Change) -> None:
    """Strike a passage out of every text it stands in: the sender's own, and answers too."""
    passage = move.given.passage.strip()
    report = move.report
    struck = [
        event
        for event in report.events.all()
        if passage in event.words and (not move.by_sender or event.role == Role.SENDER)
    ]
    strike = _Strike(passage)
    text, landmark = strike(report.text), strike(report.landmark)
    details = {code: strike.answer(answer) for code, answer in report.details.items()}
    if not passage or strike.count + len(struck) == 0:
        raise BadGiven(Need.PASSAGE, "not_found_in_text")
    result.fields.update(
        text=text,
        landmark=landmark,
        details=details,
        redacted=True,
        search_text=search_text(number=report.number, text=text, landmark=landmark),
    )
    result.data["passages"] = strike.count + len(struck)

    def strike_events() -> None:
        for event in struck:
            report.events.filter(pk=event.pk).update(words=strike(event.words))

    result.after = strike_events


class _Strike:
    """Puts `STRUCK` in the place of a passage, and counts how often."""

    def __init__(self, passage: str) -> None:
        self.passage = passage
        self.count = 0

    def __call__(self, text: str) -> str:
        if not self.passage:
            return text
        self.count += text.count(self.passage)
        return text.replace(self.passage, STRUCK[: len(self.passage)])

    def answer(self, answer: str | list[str]) -> str | list[str]:
        return self(answer) if isinstance(answer, str) else [self(one) for one in answer]


def hide(move: Move, result: Change) -> None:
    result.fields.update(visibility=Report.Visibility.HIDDEN, hide_reason=move.given.reason)
    result.data["reason"] = move.given.reason


def show(move: Move, result: Change) -> None:
    private = move.report.private
    result.fields.update(
        visibility=Report.Visibility.PRIVATE if private else Report.Visibility.PUBLIC,
        hide_reason="",
    )


def erase(move: Move, result: Change) -> None:
    """All that the sender wrote and sent, gone for good; what the city said stays."""
    report = move.report
    result.fields.update(
        text="",
        landmark="",
        details={},
        lat=None,
        lon=None,
        cell=None,
        redacted=True,
        search_text=search_text(number=report.number, text="", landmark=""),
    )
    result.data["reason"] = move.given.reason

    def erase_the_rest() -> None:
        report.events.filter(role=Role.SENDER).update(words="")
        delete_photos(report)

    result.after = erase_the_rest
