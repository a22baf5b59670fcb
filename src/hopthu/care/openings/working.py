"""The rounds of `hopthu work`: questions to passkeys, their answers, and at last the number.

What is decided is written into the ledger before it is written into a row: cut short anywhere, a
question is asked again by the officer, and no number is told without its entry.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from secrets import token_hex
from urllib.parse import urlsplit

from django.conf import settings

from hopthu.care.openings.actions import purge
from hopthu.care.openings.ledger import Asked, Ledger, held
from hopthu.care.openings.limits import AT_ONCE, DAY, LIFE, OF_CITY, OF_OFFICER
from hopthu.care.openings.refusals import Refused, Why
from hopthu.care.openings.trust import body_in_charge, ready_passkeys
from hopthu.care.openings.watching import leaf, watch
from hopthu.core import browser_seal
from hopthu.core.canonical import Json, canonical
from hopthu.core.encoding import encode64
from hopthu.core.sealing import ForAnother, Unreadable
from hopthu.core.terms import CallReason
from hopthu.people import passkeys, seal_keys, telephones
from hopthu.people.models import Opening, Staff
from hopthu.people.passkeys import Site
from hopthu.reports.actions.openings import NotInCharge, record_opening

logger = logging.getLogger("hopthu.openings")
State = Opening.State
Turn = Callable[[Opening, Ledger, datetime], None]


def open_numbers(at: datetime) -> int:
    """One round; gives how many numbers were opened.

    1. reads on in the published record,
    2. forgets what is older than ten minutes, rows and questions,
    3. asks passkeys, for rows that are new,
    4. checks answers; the right ones are appended to the record,
    5. seals the numbers whose entries are published, each to its page.
    """
    with held() as ledger:
        if watch(ledger, at=at):
            ledger.save()
        forget(ledger, at)
        _each(State.ASKED, _ask, ledger, at)
        _each(State.ANSWERED, _take, ledger, at)
        ready = [name for name, asked in ledger.asked.items() if asked.published]
        for opening in Opening.objects.filter(pk__in=ready):
            _turn(_open, opening, ledger, at)
    return len(ready)


def forget(ledger: Ledger, at: datetime) -> None:
    purge(at)
    asked = {name: one for name, one in ledger.asked.items() if one.until > at}
    opened = [(time, who) for time, who in ledger.opened if time > at - DAY]
    if len(asked) < len(ledger.asked) or len(opened) < len(ledger.opened):
        ledger.asked, ledger.opened = asked, opened
        ledger.save()


def _each(state: str, turn: Turn, ledger: Ledger, at: datetime) -> None:
    rows = Opening.objects.filter(state=state).select_related("staff").order_by("asked_at")
    for opening in rows[:AT_ONCE]:
        _turn(turn, opening, ledger, at)


def _turn(turn: Turn, opening: Opening, ledger: Ledger, at: datetime) -> None:
    """One row; whatever is wrong with it is said there, and holds up no other."""
    try:
        turn(opening, ledger, at)
    except Refused as refused:
        _refuse(opening, refused)
    except Exception as error:
        # Rows may hold anything, and its words may be somebody's.
        logger.error("an opening was refused: %s", type(error).__name__)
        _refuse(opening, Refused(Why.BAD_REQUEST))


def _refuse(opening: Opening, refused: Refused) -> None:
    _write(opening, state=State.REFUSED, refusal=refused.why, wait_until=refused.until)


def _write(opening: Opening, **changed: object) -> None:
    Opening.objects.filter(pk=opening.pk).update(**changed)


def _ask(opening: Opening, ledger: Ledger, at: datetime) -> None:
    asked = Asked(
        staff_id=opening.staff_id,
        number=opening.number,
        reason=CallReason(opening.reason),
        words=opening.words.strip(),
        page_key=bytes(opening.page_key),
        host=opening.host,
        state={},
        until=at + LIFE,
    )
    browser_seal.check(asked.page_key)
    if str(opening.pk) in ledger.asked or not asked.words or asked.host not in _hosts():
        raise Refused(Why.BAD_REQUEST)
    body_in_charge(ledger, opening.staff, asked.number, at=at)
    if not telephones.exists(asked.number):
        raise Refused(Why.NO_TELEPHONE)
    _check_limits(ledger, asked.staff_id, at)
    own = ready_passkeys(ledger, opening.staff, at=at)
    question, asked.state = passkeys.ask_to_open(
        own, challenge=_challenge(asked), site=_site(asked)
    )
    ledger.asked[str(opening.pk)] = asked
    ledger.save()
    _write(opening, state=State.QUESTION, question=question)


def _take(opening: Opening, ledger: Ledger, at: datetime) -> None:
    """The answer of the passkey: taken once, right or wrong."""
    asked = ledger.asked.get(str(opening.pk))
    if asked is None or asked.leaf:
        raise Refused(Why.EXPIRED)
    del ledger.asked[str(opening.pk)]
    ledger.save()
    staff = Staff.objects.get(pk=asked.staff_id)
    body_id = body_in_charge(ledger, staff, asked.number, at=at)
    own = ready_passkeys(ledger, staff, at=at)
    try:
        passkeys.prove(own, asked.state, opening.answer or {}, site=_site(asked))
    except passkeys.NotAnswered:
        raise Refused(Why.WRONG_ANSWER) from None
    _check_limits(ledger, asked.staff_id, at)
    _number(asked)
    ledger.opened.append((at, asked.staff_id))
    ledger.save()
    entry = _recorded(asked, body_id, at)
    asked.leaf = leaf(entry)
    ledger.asked[str(opening.pk)] = asked
    ledger.save()
    _write(opening, state=State.RECORDED)


def _recorded(asked: Asked, body_id: int, at: datetime) -> bytes:
    try:
        return record_opening(
            asked.number,
            body_id=body_id,
            reason=CallReason(asked.reason),
            words=asked.words,
            staff_id=asked.staff_id,
            at=at,
        )
    except NotInCharge:
        raise Refused(Why.NOT_IN_CHARGE) from None


def _open(opening: Opening, ledger: Ledger, at: datetime) -> None:  # noqa: ARG001  as the other turns
    """Everybody can read by now that it is opened: to the page, and to nobody else."""
    asked = ledger.asked.pop(str(opening.pk))
    ledger.save()
    sealed = browser_seal.seal(_number(asked), page_key=asked.page_key, context=str(opening.pk))
    _write(opening, state=State.OPENED, sealed=sealed)


def _number(asked: Asked) -> str:
    try:
        return telephones.reach(asked.number, seal_keys.identities())
    except (seal_keys.NoSealKey, Unreadable, ForAnother) as error:
        gone = not telephones.exists(asked.number)
        if not gone:
            logger.error("the telephone number of %s does not open: %s", asked.number, error)
        raise Refused(Why.NO_TELEPHONE if gone else Why.UNREADABLE) from None


def _check_limits(ledger: Ledger, staff_id: int, at: datetime) -> None:
    times = sorted(time for time, _ in ledger.opened if time > at - DAY)
    own = sorted(time for time, who in ledger.opened if who == staff_id and time > at - DAY)
    if len(own) >= OF_OFFICER:
        raise Refused(Why.OFFICER_LIMIT, own[-OF_OFFICER] + DAY)
    if len(times) >= OF_CITY:
        raise Refused(Why.CITY_LIMIT, times[-OF_CITY] + DAY)


def _challenge(asked: Asked) -> bytes:
    """What is signed: this report, this officer, this reason, this page, and never twice."""
    told: dict[str, Json] = {
        "format": "hopthu opening v1",
        "report": asked.number,
        "staff": asked.staff_id,
        "reason": asked.reason,
        "words": asked.words,
        "page_key": encode64(asked.page_key),
        "nonce": token_hex(32),
    }
    return sha256(canonical(told)).digest()


def _site(asked: Asked) -> Site:
    return Site(asked.host, asked.host)


def _hosts() -> set[str]:
    """Where the desk is, as work's own settings have it."""
    own = urlsplit(settings.ADDRESS).hostname
    return {host for host in settings.ALLOWED_HOSTS if "*" not in host} | ({own} if own else set())
