"""The slip that a sender at the counter takes home: the one place where their code is written.

The code stands on the paper alone: neither the clerk's screen nor the database ever holds it. Kept
in the clerk's session is only which form it was; the code is worked out again from that, once,
within a quarter of an hour.
"""

import hashlib
import hmac
import secrets
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase

from hopthu.core.codes import derive_follow_code

LIFE: Final = timedelta(minutes=15)
_KEY: Final = "slips"


@dataclass(frozen=True)
class Slip:
    form: str
    """The random id of the form that the report was taken down with."""
    number: str
    until: float
    """Seconds since 1970."""
    printed: bool = False


def submission(form: str, staff_id: int | None) -> str:
    """The submission of a report that a clerk took down.

    Not the id that stands in the clerk's form: whoever knows a submission can see the code.
    """
    words = f"hopthu desk submission 1\x00{staff_id}\x00{form}"
    return hmac.new(settings.SECRET_KEY.encode(), words.encode(), hashlib.sha256).hexdigest()


def keep(session: SessionBase, *, form: str, number: str, fresh: bool, at: datetime) -> str:
    """The token of the slip; the same one when the same form is sent twice.

    `fresh` is False where the form had been sent before: a slip that is not remembered any more
    is not printed a second time.
    """
    slips = _current(session, at)
    known = next((token for token, slip in slips.items() if slip.form == form), None)
    if known is not None:
        return known
    token = secrets.token_urlsafe(16)
    slips[token] = Slip(form, number, (at + LIFE).timestamp(), printed=not fresh)
    _write(session, slips)
    return token


def look(session: SessionBase, token: str, *, at: datetime) -> Slip | None:
    """The slip of that token, if this clerk took the report down a short time ago."""
    return _current(session, at).get(token)


def take_code(
    session: SessionBase, token: str, *, staff_id: int | None, at: datetime
) -> tuple[str, str] | None:
    """Number and follow-up code of a slip, for the first that asks; None ever after."""
    slips = _current(session, at)
    slip = slips.get(token)
    if slip is None or slip.printed:
        return None
    slips[token] = replace(slip, printed=True)
    _write(session, slips)
    session.save()
    return slip.number, derive_follow_code(
        settings.FOLLOW_CODE_KEY, submission(slip.form, staff_id)
    )


def _current(session: SessionBase, at: datetime) -> dict[str, Slip]:
    rows: dict[str, dict[str, Any]] = session.get(_KEY, {})
    slips = {token: Slip(**row) for token, row in rows.items()}
    return {token: slip for token, slip in slips.items() if slip.until > at.timestamp()}


def _write(session: SessionBase, slips: dict[str, Slip]) -> None:
    session[_KEY] = {token: asdict(slip) for token, slip in slips.items()}
