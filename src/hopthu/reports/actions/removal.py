"""Taking things away: words struck out, everything erased.

The event stays in every case, with the reason: nothing goes without a public trace.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from hopthu.core.erasure import Scope, Verdict
from hopthu.core.terms import Need, Role, Step
from hopthu.people import contacts, telephones
from hopthu.reports.actions.given import DECIDED_BEFORE, BadGiven
from hopthu.reports.actions.moves import Change, Move
from hopthu.reports.actions.photos import delete_photos
from hopthu.reports.models import Event, Proposal, Report
from hopthu.reports.residue import left_behind
from hopthu.reports.search_text import search_text
from hopthu.reports.values import (
    ANSWERS,
    ANSWERS_WITHHELD,
    OF_REPORT,
    PLACE,
    TEXT,
    photo_slot,
    words_slot,
)

STRUCK: Final = "█████"
"""Stands for what was struck out, however long that was; for less than five letters as many."""
Answers = Mapping[str, str | list[str]]


def redact(move: Move, result: Change) -> None:
    """Strike a passage out of every text it stands in: the sender's own, and answers too."""
    passage = move.given.passage.strip()
    report = move.report
    struck = [
        event
        for event in report.events.exclude(kind=Step.SUPPORT)
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
    if move.given.request is not None:
        result.data["reason"] = _agreed(move, Scope.PASSAGE)
    for event in struck:
        event.words = strike(event.words)
        result.struck[words_slot(event.seq)] = event.words
    result.again = _touched(report, text=text, landmark=landmark, details=details)

    def strike_the_rest() -> None:
        Event.objects.bulk_update(struck, ["words"])
        if not move.by_sender:
            _strike_notes(report, strike)
            _strike_proposal(report, strike)
        _strike_requests(report, strike)
        left_behind()

    result.after = strike_the_rest


def _strike_notes(report: Report, strike: "_Strike") -> None:
    """Internal words may quote it; they are not counted, as nobody outside knows of them."""
    for note in report.notes.all():
        report.notes.filter(pk=note.pk).update(text=strike(note.text))


def _strike_proposal(report: Report, strike: "_Strike") -> None:
    """What will be public words, should somebody confirm it."""
    for proposal in Proposal.objects.filter(report=report):
        Proposal.objects.filter(pk=proposal.pk).update(words=strike(proposal.words))


def _strike_requests(report: Report, strike: "_Strike") -> None:
    """Whoever asked for the words to go quoted them, and an answer to them may."""
    for asked in report.erasure_requests.all():
        report.erasure_requests.filter(pk=asked.pk).update(
            passage=strike(asked.passage), words=strike(asked.words)
        )


def _touched(report: Report, *, text: str, landmark: str, details: Answers) -> set[str]:
    """The slots of the report that are not what they were."""
    changed = {code for code, answer in details.items() if answer != report.details[code]}
    touched = {
        TEXT: text != report.text,
        PLACE: landmark != report.landmark,
        ANSWERS: changed - set(report.withheld),
        ANSWERS_WITHHELD: changed & set(report.withheld),
    }
    return {slot for slot, is_other in touched.items() if is_other}


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


def erase(move: Move, result: Change) -> None:
    """All that the sender wrote and sent, gone for good; what the city said stays.

    Its internal notes go: they may quote any of it, and nobody outside could ask for that to go.
    """
    report = move.report
    result.fields.update(
        text="",
        landmark="",
        details={},
        withheld=[],
        lat=None,
        lon=None,
        cell=None,
        redacted=True,
        search_text=search_text(number=report.number, text="", landmark=""),
    )
    reason = _agreed(move, Scope.REPORT)
    if reason:  # a record that is older than this tells none
        result.data["reason"] = reason
    said = report.events.filter(role=Role.SENDER).exclude(words="").values_list("seq", flat=True)
    photos = report.photos.values_list("pk", flat=True)
    result.erased = {*OF_REPORT, *map(words_slot, said), *map(photo_slot, photos)}

    def erase_the_rest() -> None:
        report.events.filter(role=Role.SENDER).update(words="")
        report.notes.all().delete()
        Proposal.objects.filter(report=report).delete()
        delete_photos(report)
        contacts.forget(number=report.number)
        telephones.forget(number=report.number)
        _settle_requests(report, move.at)
        left_behind()

    result.after = erase_the_rest


def _settle_requests(report: Report, at: datetime) -> None:
    """With everything gone, all that others asked to go is gone too."""
    report.erasure_requests.update(passage="")
    report.erasure_requests.filter(outcome="").update(outcome=Verdict.ERASE, decided_at=at)


def _agreed(move: Move, scope: Scope) -> str:
    """Who asked for it: only what was asked for from outside is deleted, once two people agreed."""
    if move.given.request == DECIDED_BEFORE:
        return move.given.reason
    agreed = move.report.erasure_requests.filter(
        pk=move.given.request or 0, scope=scope, outcome=Verdict.ERASE
    ).first()
    if agreed is None or agreed.passage != move.given.passage.strip():
        raise BadGiven(Need.REQUEST, "unknown")
    return str(agreed.asker)
