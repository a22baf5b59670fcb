"""What happened to a report, told to whoever reads: one item an event.

The public page, the sender's own view and the desk show the same items; a surface that may not
show somebody's words passes `words=False`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hopthu.bodies.configuration import Configuration
from hopthu.core.terms import STAFF, Outcome, Role, Step
from hopthu.web import event_words
from hopthu.web.words import ROLES

if TYPE_CHECKING:
    from hopthu.reports.models import Event, Photo

CITY_SPEAKS = frozenset({Step.ASK, Step.ANSWER, Step.RESOLVE, Step.DECLINE, Step.REFER})
"""The steps whose words are the city's answer to the sender."""
UNTOLD = frozenset({Step.SUPPORT, event_words.PHOTO_PUBLISHED})
"""The page shows these in another way: as a number, and as the photo itself."""
WHY_HIDDEN = frozenset({Step.HIDE, Step.KEEP_HIDDEN})
TITLE_SAYS_WHO = frozenset(
    {
        event_words.RECEIVED,
        Step.REPLY,
        Step.ADD_WORDS,
        Step.CONFIRM,
        Step.DISPUTE,
        Step.WITHDRAW,
        Step.ASK_REVIEW,
    }
)


@dataclass
class Item:
    """One line of the timeline."""

    kind: str
    title: str
    at: datetime
    icon: str
    who: str = ""
    """The office, or the role: the public never learns a name of the staff."""
    note: str = ""
    words: str = ""
    by_city: bool = False
    """The words are the city's."""
    answer: bool = False
    """The city speaks to the sender here."""
    tone: str = ""
    photos: list["Photo"] = field(default_factory=list)


def timeline(
    events: Iterable["Event"],
    setup: Configuration,
    *,
    words: bool = True,
    photos: Iterable["Photo"] = (),
) -> list[Item]:
    """The events that a reader is told of, in order; why one is hidden is always told in full.

    Those of `photos` that came with a later step are shown there.
    """
    told = [event for event in events if event.kind not in UNTOLD]
    items = [_item(event, setup, words=words or event.kind in WHY_HIDDEN) for event in told]
    for event, item in zip(told, items, strict=True):
        if event.kind != event_words.RECEIVED:
            item.photos = [photo for photo in photos if photo.event_id == event.pk]
    return items


def _item(event: "Event", setup: Configuration, *, words: bool) -> Item:
    fixed = event.kind == Step.RESOLVE and event.data.get("outcome") != Outcome.ANSWERED
    answered = event.kind == Step.RESOLVE and not fixed
    return Item(
        kind=event.kind,
        title=event_words.title(event.kind, event.data, setup),
        at=event.at,
        icon="speech" if answered else event_words.ICONS[event.kind],
        who=_who(event),
        note=event_words.note(event.kind, event.data, setup),
        words=event.words if words else "",
        by_city=event.role in STAFF,
        answer=event.kind in CITY_SPEAKS,
        tone="done" if fixed else "",
    )


def _who(event: "Event") -> str:
    if event.kind in TITLE_SAYS_WHO:
        return ""
    if event.role == Role.OFFICER and event.body:
        return str(event.body.name)
    if event.role in (Role.OFFICER, Role.DISPATCHER):
        return _("the city")
    return str(ROLES[event.role])
