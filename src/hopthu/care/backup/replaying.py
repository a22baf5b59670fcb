"""What was taken away after a backup was made is taken away again after it is restored.

The record tells which values went, not what they were. An erasure erases the same again. Striking
out told only in which texts: all of each is struck, as nobody knows any more which passage it was.
Of a photo with more of it covered the backup has the picture before: nobody sees it, until a
moderator covers it once more.
These are steps like any other (`reports.actions`): the record tells that they were taken again.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from django.conf import settings
from django.utils.translation import gettext, override

from hopthu.care.backup.newer_record import NewerRecord
from hopthu.core.entries import ERASURE, Entry
from hopthu.core.orders import Order
from hopthu.core.terms import HideReason, Role, Step
from hopthu.people.actors import Actor
from hopthu.record import models as record
from hopthu.reports.actions import Given, advance
from hopthu.reports.actions.erasing import settle_struck
from hopthu.reports.actions.given import DECIDED_BEFORE, BadGiven
from hopthu.reports.actions.photos import withhold_photo
from hopthu.reports.actions.removal import STRUCK
from hopthu.reports.models import Photo, Proposal, Report
from hopthu.reports.models.event import ABOUT_PHOTOS, PHOTO_REPLACED, PHOTO_WITHHELD
from hopthu.reports.values import ANSWERS, ANSWERS_WITHHELD, PLACE, TEXT

_ADMINISTRATOR: Final = Actor(roles=frozenset({Role.ADMINISTRATOR}))
_MODERATOR: Final = Actor(roles=frozenset({Role.MODERATOR}))


def replay(newer: NewerRecord, *, at: datetime) -> int:
    """Take away again what `newer` says and the database does not know; gives how many steps.

    Reports that came in after the backup are not there, and so hold nothing that could go.
    """
    missing = [entry for entry in newer.taken_away if not _is_known(entry)]
    with override(settings.LANGUAGE_CODE):
        return sum(_again(entry, missing[place + 1 :], at) for place, entry in enumerate(missing))


def _is_known(entry: Entry) -> bool:
    return record.Entry.objects.filter(report=entry.report, seq=entry.seq).exists()


def _again(entry: Entry, later: list[Entry], at: datetime) -> bool:
    report = Report.objects.filter(number=entry.report).first()
    if report is None:
        return False
    if entry.type == ERASURE:
        return _erase(report, entry, at)
    if entry.type == Step.REDACT:
        return _strike(report, entry, at)
    if entry.type == Step.HIDE:
        return _hide(report, entry, later, at)
    if entry.type == PHOTO_WITHHELD:
        return not _newer_word(entry, later) and _withhold(report, entry, at)
    if entry.type == PHOTO_REPLACED:
        return _withhold(report, entry, at)
    return False  # what was shown again needs nothing: it was never hidden here


def _erase(report: Report, entry: Entry, at: datetime) -> bool:
    given = Given(words=_words(), reason=str(entry.told.get("reason", "")), request=DECIDED_BEFORE)
    advance(report, step=Step.ERASE, actor=_ADMINISTRATOR, at=at, given=given)
    return True


def _strike(report: Report, entry: Entry, at: datetime) -> bool:
    replaces = entry.told.get("replaces")
    slots = [str(slot) for slot in replaces] if isinstance(replaces, list) else []
    struck = False
    for text in [text for slot in slots for text in _texts(report, slot)]:
        if text.strip(STRUCK[0]):
            struck |= _strike_one(report, text, at)
    # Internal words may quote the passage, and nobody could tell where; so may requests, and an
    # order that waits: whoever put it forward does so again.
    report.notes.all().delete()
    Proposal.objects.filter(report=report).delete()
    settle_struck(Report.objects.get(pk=report.pk), words=_words(), at=at)
    return struck


def _strike_one(report: Report, text: str, at: datetime) -> bool:
    given = Given(passage=text, words=_words())
    try:
        advance(report, step=Step.REDACT, actor=_MODERATOR, at=at, given=given)
    except BadGiven:  # struck along with another text already
        return False
    return True


def _texts(report: Report, slot: str) -> Iterator[str]:
    """What stands in a slot of the record (`reports.values`)."""
    if slot == TEXT:
        yield report.text
    elif slot == PLACE:
        yield report.landmark
    elif slot in (ANSWERS, ANSWERS_WITHHELD):
        for code, answer in report.details.items():
            if (code in report.withheld) is (slot == ANSWERS_WITHHELD):
                yield from [answer] if isinstance(answer, str) else answer
    elif slot.startswith("words."):
        seq = int(slot.removeprefix("words."))
        yield from report.events.filter(seq=seq).values_list("words", flat=True)


def _hide(report: Report, entry: Entry, later: list[Entry], at: datetime) -> bool:
    shown = any(one.type == Step.SHOW and one.report == entry.report for one in later)
    if shown or report.is_hidden:
        return False
    order = _order(entry, later)
    given = Given(
        reason=str(entry.told["reason"]),
        words=_words(),
        order=order,
        second_person=DECIDED_BEFORE if order else None,
    )
    advance(report, step=Step.HIDE, actor=_MODERATOR, at=at, given=given)
    return True


def _order(entry: Entry, later: list[Entry]) -> Order | None:
    """The order that it was hidden by, with the day on which it is looked at again now."""
    if "order" not in entry.told:
        return None
    reviews = [
        one.told["review"]
        for one in (entry, *later)
        if one.report == entry.report and "review" in one.told
    ]
    return Order(
        issuer=str(entry.told["issuer"]),
        number=str(entry.told["order"]),
        day=date.fromisoformat(str(entry.told["ordered"])),
        review_on=date.fromisoformat(str(reviews[-1])),
    )


def _newer_word(entry: Entry, later: list[Entry]) -> bool:
    """Whether something was decided about the same photo after it was withheld."""
    photo = entry.told.get("photo")
    return any(one.type in ABOUT_PHOTOS and one.told.get("photo") == photo for one in later)


def _withhold(report: Report, entry: Entry, at: datetime) -> bool:
    pk = entry.told.get("photo")
    if not isinstance(pk, int):
        return False
    photo = Photo.objects.filter(pk=pk, report=report).exclude(state=Photo.State.WITHHELD).first()
    if photo is None:
        return False
    reason = HideReason(str(entry.told.get("reason", HideReason.PERSONAL_DATA)))
    withhold_photo(photo, actor=_MODERATOR, reason=reason, at=at)
    return True


def _words() -> str:
    return gettext("Taken away again after the mailbox was restored from a backup.")
