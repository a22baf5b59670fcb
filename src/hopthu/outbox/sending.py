"""Sending what is due: the one place where a sealed contact is opened, in `hopthu work`."""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID, uuid4

from django.conf import settings
from django.db import DatabaseError, transaction
from pyrage.x25519 import Identity

from hopthu.core.sealing import ForAnother, Reachable, Unreadable
from hopthu.core.terms import Channel
from hopthu.outbox import claiming
from hopthu.outbox.channels.email import Smtp
from hopthu.outbox.channels.failures import BrokenOff, Later, Refused, ServerDown
from hopthu.outbox.channels.folder import MailFolder
from hopthu.outbox.channels.sms import SmsGateway
from hopthu.outbox.following import subscribing
from hopthu.outbox.letters import Attempt, write
from hopthu.outbox.models import Delivery
from hopthu.people import contacts, invitations, seal_keys

logger = logging.getLogger("hopthu.outbox")

AT_ONCE = 20
"""Letters of one claim: so many wait for the end of a lease if their worker dies."""
CLAIMS = 10
"""Of one round, on one connection; what is left is the next round's."""
Way = Smtp | MailFolder | SmsGateway
Clock = Callable[[], datetime]
End = Callable[[], None]
"""Writes down how the attempt at one letter ended."""


class NoWay(Exception):
    """Nothing is set up here by which such a letter could go out."""


class WrongWay(Exception):
    """The sender left a number in the place of an address, or the other way round, just now."""


def deliver(at: datetime, channel: Channel = Channel.EMAIL) -> int:
    """One round: send letters that are due, up to 200; gives how many went out.

    1. asks for the key and for the way out before anything is claimed: `NoSealKey`, `NoWay` and
       `ServerDown` cost no letter an attempt,
    2. claims letters, and for each writes that an attempt begins, opens the contact, sends,
       and writes how it ended.
    """
    if not claiming.is_any_due(at, channel):
        return 0
    identities = seal_keys.identities()
    started, holder = time.monotonic(), uuid4()

    def clock() -> datetime:
        return at + timedelta(seconds=time.monotonic() - started)

    with _way(channel) as way:
        sender = _Sender(way, identities, clock)
        try:
            _send_all(sender, holder, channel)
        finally:
            claiming.release(holder, at=clock())
    return sender.went_out


def _send_all(sender: "_Sender", holder: UUID, channel: Channel) -> None:
    for _ in range(CLAIMS):
        letters = claiming.claim(holder, at=sender.clock(), limit=AT_ONCE, channel=channel)
        sender.send(letters)
        if len(letters) < AT_ONCE:
            return


def _way(channel: Channel) -> Way:
    """Raises `NoWay`."""
    if channel is Channel.EMAIL:
        server = settings.MAIL_SERVER
        return Smtp(server) if server else MailFolder(settings.MAIL_FOLDER)
    if settings.SMS_GATEWAY is None:
        raise NoWay("texts wait: no HOPTHU_SMS_URL")
    return SmsGateway(settings.SMS_GATEWAY)


@dataclass
class _Sender:
    """One round's way out, and how many letters took it."""

    way: Way
    identities: Sequence[Identity]
    clock: Clock
    went_out: int = 0

    def send(self, letters: Sequence[Delivery]) -> None:
        """Each of them. Raises `ServerDown`, which ends the round.

        How one ended and that the next begins is written at once: one wait for the disk a letter.
        Still there is never more than one of which nobody could say whether it went out.
        """
        end: End = _nothing
        for one in letters:
            begun = _turn(end, one, self.clock())
            end = self._attempt(one) if begun else _nothing
        end()

    def _attempt(self, delivery: Delivery) -> End:
        """One letter; gives what is to be written about it. Raises `ServerDown`."""
        try:
            self.went_out += _send(delivery, self.way, self.identities, self.clock())
        except ServerDown:
            claiming.withdraw(delivery, at=self.clock())
            raise
        except Later as error:
            return partial(claiming.put_off, delivery, error.why, at=self.clock())
        except BrokenOff as error:
            again = partial(claiming.put_off, delivery, error.why, at=self.clock())
            return partial(again, perhaps_sent=True)
        except Refused as error:
            logger.warning("a letter about %s was refused: %s", _about(delivery), error.why)
            return partial(claiming.given_up, delivery, error.why)
        except (Unreadable, ForAnother) as error:
            # Perhaps the right key is put back tomorrow; until then nothing of it is lost.
            logger.error("the contact of %s does not open: %s", _about(delivery), error)
            return partial(
                claiming.put_off, delivery, type(error).__name__.lower(), at=self.clock()
            )
        except Exception as error:
            # One letter that cannot be written holds up no other; its words may quote the address.
            logger.error("the letter about %s: %s", _about(delivery), type(error).__name__)
            return partial(claiming.put_off, delivery, type(error).__name__[:40], at=self.clock())
        return partial(claiming.sent, delivery, at=self.clock())


def _nothing() -> None:
    """There was no letter before this one."""


def _turn(end: End, following: Delivery, at: datetime) -> bool:
    """From one letter to the next; False: that is not to be sent, as `claiming.begin` says."""
    try:
        with transaction.atomic():
            end()
            return claiming.begin(following, at=at)
    except DatabaseError:
        # Whatever keeps the next one from beginning (on PostgreSQL perhaps a deadlock with somebody
        # who deletes an address): that the last one went out is not forgotten for it.
        end()
        raise


def _send(delivery: Delivery, way: Way, identities: Sequence[Identity], at: datetime) -> bool:
    """False: there was nothing to tell any more, or nothing that is told on this way."""
    who = _reach(delivery, identities)
    if who.channel != delivery.channel:
        raise WrongWay("what was left is for another way by now")
    attempt = Attempt(at, partial(_secret, delivery, identities))
    letter = write(delivery, attempt, language=who.language)
    if letter is None or (who.phone and not letter.short):
        return False
    way.hand(letter, delivery, who)
    return True


def _reach(delivery: Delivery, identities: Sequence[Identity]) -> Reachable:
    """Raises `core.sealing.Unreadable` and `ForAnother`."""
    if delivery.subscription is not None:
        return subscribing.reach(delivery.subscription, identities)
    if delivery.invitation is not None:
        return invitations.reach(delivery.invitation, identities)
    if delivery.contact is None:
        raise Unreadable("a letter to nobody")
    return contacts.reach(delivery.contact, identities)


def _secret(delivery: Delivery, identities: Sequence[Identity], name: str) -> bytes:
    """Raises `core.sealing.Unreadable`."""
    reached = delivery.contact or delivery.invitation
    if reached is None:
        raise Unreadable("a letter to nobody who could get a secret")
    return contacts.secret(reached, name, identities)


def _about(delivery: Delivery) -> str:
    """For the log."""
    return delivery.number or delivery.topic
