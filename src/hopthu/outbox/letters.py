"""What a letter says. Each floor above registers how its topic is put into words."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils import translation

from hopthu.outbox.models import Delivery


class NoSuchTopic(LookupError):
    """A letter about something that no floor above knows."""


@dataclass(frozen=True)
class Letter:
    """In the reader's language, and fit for the glance of a stranger: no words of a report."""

    subject: str
    text: str
    html: str
    sender: str
    """Who speaks: the city, by its name."""


Write = Callable[[Delivery], Letter | None]
"""None: there is nothing to tell any more."""
_topics: dict[str, Write] = {}


def register(topic: str, write: Write) -> None:
    _topics[topic] = write


def write(delivery: Delivery, *, language: str) -> Letter | None:
    """Raises `NoSuchTopic`."""
    if delivery.topic not in _topics:
        raise NoSuchTopic(delivery.topic)
    with translation.override(language):
        return _topics[delivery.topic](delivery)
