"""Sending what is due: the one place where a sealed contact is opened, in `hopthu work`."""

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID, uuid4

from django.conf import settings
from pyrage.x25519 import Identity

from hopthu.core.sealing import ForAnother, Reachable, Unreadable
from hopthu.outbox import claiming
from hopthu.outbox.channels.email import BrokenOff, Later, Refused, ServerDown, Smtp, compose
from hopthu.outbox.channels.folder import NOBODY, MailFolder
from hopthu.outbox.following import subscribing
from hopthu.outbox.letters import Attempt, write
from hopthu.outbox.models import Delivery
from hopthu.people import contacts, seal_keys

logger = logging.getLogger("hopthu.outbox")

AT_ONCE = 20
"""Letters of one claim: so many wait for the end of a lease if their worker dies."""
CLAIMS = 10
"""Of one round, on one connection; what is left is the next round's."""
Clock = Callable[[], datetime]


def deliver(at: datetime) -> int:
    """One round: send letters that are due, up to 200; gives how many went out.

    1. asks for the key and for the mail server before anything is claimed: `NoSealKey` and
       `ServerDown` cost no letter an attempt,
    2. claims letters, and for each writes that an attempt begins, opens the contact, sends,
       and writes how it ended.
    """
    if not claiming.is_any_due(at):
        return 0
    identities = seal_keys.identities()
    started, holder = time.monotonic(), uuid4()

    def clock() -> datetime:
        return at + timedelta(seconds=time.monotonic() - started)

    with _channel() as channel:
        try:
            return sum(_deliver(one, channel, identities, clock) for one in _claims(holder, clock))
        finally:
            claiming.release(holder, at=clock())


def _claims(holder: UUID, clock: Clock) -> Iterator[Delivery]:
    for _ in range(CLAIMS):
        letters = claiming.claim(holder, at=clock(), limit=AT_ONCE)
        yield from letters
        if len(letters) < AT_ONCE:
            return


def _channel() -> Smtp | MailFolder:
    return Smtp(settings.MAIL_SERVER) if settings.MAIL_SERVER else MailFolder(settings.MAIL_FOLDER)


def _deliver(
    delivery: Delivery, channel: Smtp | MailFolder, identities: Sequence[Identity], clock: Clock
) -> bool:
    """One letter; True if it went out. Raises `ServerDown`, which ends the round."""
    if not claiming.begin(delivery, at=clock()):
        return False
    try:
        went_out = _send(delivery, channel, identities, clock())
    except ServerDown:
        claiming.withdraw(delivery, at=clock())
        raise
    except Later as error:
        claiming.put_off(delivery, error.why, at=clock())
    except BrokenOff as error:
        claiming.put_off(delivery, error.why, at=clock(), perhaps_sent=True)
    except Refused as error:
        claiming.given_up(delivery, error.why)
        logger.warning("a letter about %s was refused: %s", _about(delivery), error.why)
    except (Unreadable, ForAnother) as error:
        # Perhaps the right key is put back tomorrow; until then nothing of it is lost.
        claiming.put_off(delivery, type(error).__name__.lower(), at=clock())
        logger.error("the contact of %s does not open: %s", _about(delivery), error)
    except Exception as error:
        # One letter that cannot be written holds up no other; its words may quote the address.
        claiming.put_off(delivery, type(error).__name__[:40], at=clock())
        logger.error("the letter about %s: %s", _about(delivery), type(error).__name__)
    else:
        claiming.sent(delivery, at=clock())
        return went_out
    return False


def _send(
    delivery: Delivery, channel: Smtp | MailFolder, identities: Sequence[Identity], at: datetime
) -> bool:
    """False: there was nothing to tell any more."""
    who = _reach(delivery, identities)
    attempt = Attempt(at, partial(_secret, delivery, identities))
    letter = write(delivery, attempt, language=who.language)
    if letter is None:
        return False
    shown = NOBODY if isinstance(channel, MailFolder) else who.email
    message = compose(delivery, letter, to=shown, language=who.language)
    channel.send(message, to=who.email, delivery=delivery)
    return True


def _reach(delivery: Delivery, identities: Sequence[Identity]) -> Reachable:
    """Raises `core.sealing.Unreadable` and `ForAnother`."""
    if delivery.subscription is not None:
        return subscribing.reach(delivery.subscription, identities)
    if delivery.contact is None:
        raise Unreadable("a letter to nobody")
    return contacts.reach(delivery.contact, identities)


def _secret(delivery: Delivery, identities: Sequence[Identity], name: str) -> bytes:
    """Raises `core.sealing.Unreadable`."""
    if delivery.contact is None:
        raise Unreadable("a letter to nobody who sent a report")
    return contacts.secret(delivery.contact, name, identities)


def _about(delivery: Delivery) -> str:
    """For the log."""
    return delivery.number or delivery.topic
