"""What a letter says. Each floor above registers how its topic is put into words."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

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
    short: str = ""
    """The same in a line, to be sent as a text. Followers are told by e-mail alone, and not
    everything is worth a text."""


Write = Callable[[Delivery], Letter | None]
"""None: there is nothing to tell any more."""


@dataclass(frozen=True)
class Attempt:
    """What is known only while a letter is on its way out, in `hopthu work`."""

    at: datetime
    secret: Callable[[str], bytes] = field(repr=False)
    """For a name: bytes that only work can work out, and for this address alone."""


WriteSecret = Callable[[Delivery, Attempt], Letter | None]
"""The same, of a letter that brings something which stands nowhere else."""
_topics: dict[str, WriteSecret] = {}


def register(topic: str, write: Write) -> None:
    _topics[topic] = lambda delivery, _attempt: write(delivery)


def register_secret(topic: str, write: WriteSecret) -> None:
    _topics[topic] = write


def write(delivery: Delivery, attempt: Attempt, *, language: str) -> Letter | None:
    """Raises `NoSuchTopic`."""
    if delivery.topic not in _topics:
        raise NoSuchTopic(delivery.topic)
    with translation.override(language):
        return _topics[delivery.topic](delivery, attempt)
