"""What somebody who follows a thing is written: that something happened, and where to read it.

No word of a report or an answer, as in `reports.letters`. What is private, hidden, taken back or
erased by the time a letter is written is in none.
"""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hopthu.bodies.queries import configuration
from hopthu.core.codes import format_number
from hopthu.outbox.following import links
from hopthu.outbox.following.expanding import TOPIC_DIGEST, TOPIC_NEWS
from hopthu.outbox.following.subscribing import TOPIC_CONFIRM
from hopthu.outbox.following.things import Thing
from hopthu.outbox.letters import Letter, Write
from hopthu.outbox.models import Delivery, News, Subscription
from hopthu.reports.following.happenings import SAYS, Happening, told
from hopthu.reports.following.offering import name_of

MOST_LINES = 30
"""Reports that one letter names; the city's pages have the rest."""


def write_confirm(delivery: Delivery) -> Letter | None:
    """Whether it was meant; None where that is known by now."""
    subscription = _of(delivery)
    if subscription.confirmed_at is not None:
        return None
    return _letter(
        "confirm",
        _("Your letters from the mailbox"),
        subscription,
        confirm=links.confirm(subscription.token),
    )


def write_news(delivery: Delivery) -> Letter | None:
    """One step of one report."""
    subscription = _of(delivery)
    found = [one for one in told([delivery.number]) if one.seq == delivery.seq]
    if subscription.confirmed_at is None or not found:
        return None
    subject = _("Report %(number)s") % {"number": format_number(delivery.number)}
    return _letter("news", subject, subscription, line=_line(found[0]))


def write_digest(delivery: Delivery) -> Letter | None:
    """All that happened up to a morning, a line for each report: the newest step of it."""
    subscription = _of(delivery)
    news = News.objects.filter(pk=delivery.seq).first()
    if subscription.confirmed_at is None or news is None:
        return None
    steps = {(number, seq) for number, seq in news.lines}
    newest = {
        one.number: one
        for one in told(number for number, _seq in steps)
        if (one.number, one.seq) in steps and one.at >= subscription.confirmed_at
    }
    if not newest:
        return None
    lines = [_line(one) for one in sorted(newest.values(), key=lambda one: one.at, reverse=True)]
    return _letter(
        "digest",
        _("News from the mailbox"),
        subscription,
        lines=lines[:MOST_LINES],
        more=max(0, len(lines) - MOST_LINES),
    )


TOPICS: Mapping[str, Write] = {
    TOPIC_CONFIRM: write_confirm,
    TOPIC_NEWS: write_news,
    TOPIC_DIGEST: write_digest,
}


def _of(delivery: Delivery) -> Subscription:
    if delivery.subscription is None:
        raise TypeError("a letter to followers goes to a subscription")
    return delivery.subscription


def _line(one: Happening) -> dict[str, str]:
    number = format_number(one.number)
    return {
        "number": number,
        "says": str(SAYS[one.kind]),
        "address": f"{settings.ADDRESS}/reports/{number}",
    }


def _letter(name: str, subject: str, subscription: Subscription, **more: Any) -> Letter:
    setup = configuration()
    words = {
        "city": setup.city.name,
        "language": get_language(),
        "subject": subject,
        "thing": name_of(Thing.parse(subscription.thing), setup),
        "change": links.change(subscription.token),
        **more,
    }
    return Letter(
        subject=subject,
        text=render_to_string(f"reports/following/{name}.txt", words),
        html=render_to_string(f"reports/following/{name}.html", words),
        sender=str(words["city"]),
    )
