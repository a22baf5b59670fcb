"""Letters to residents: can the sealed addresses be opened, and does the post go out?"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings

from hopthu.care.doctor.findings import Finding, fail, ok, warn
from hopthu.outbox import queries
from hopthu.people import seal_keys

TOO_LONG: Final = timedelta(hours=1)
"""For a letter to wait; one that a mail server does not take now may be older."""


def contacts(_at: datetime) -> Iterator[Finding]:
    """Whether addresses can be sealed, and opened by `hopthu work`."""
    try:
        recipients, identities = seal_keys.recipients(), seal_keys.identities()
    except seal_keys.NoSeal as error:
        yield fail(str(error), "docs/operator.md, Sealed contacts: none can be left until then")
        return
    except seal_keys.NoSealKey as error:
        yield fail(str(error), "docs/operator.md, Sealed contacts: all else works until then")
        return
    if {str(one.to_public()) for one in identities}.isdisjoint(map(str, recipients)):
        told = "keys/work/seal_key does not open what is sealed to keys/web/seal_recipient"
        yield fail(told, "put back the one that belongs to it: docs/operator.md, Sealed contacts")
    else:
        yield ok("can be sealed and opened")


def letters(at: datetime) -> Iterator[Finding]:
    now = queries.standing()
    if settings.MAIL_SERVER is None:
        yield warn(f"go into {settings.MAIL_FOLDER} and reach nobody", "set HOPTHU_SMTP_URL")
    if now.texts and settings.SMS_GATEWAY is None:
        yield warn(f"{now.texts} texts wait", "set HOPTHU_SMS_URL, by which they could go out")
    if now.dead:
        why = ", ".join(f"{count} for {problem}" for problem, count in now.dead.items())
        yield warn(f"given up: {why}", "when the cause is gone: `hopthu mail --retry-dead`")
    waits = at - now.oldest if now.oldest else timedelta(0)
    if waits > TOO_LONG:
        told = f"{now.waiting} wait, the oldest for {waits.total_seconds() / 3600:.0f} h"
        yield warn(told, "see what `hopthu work` prints about the mail server")
    elif settings.MAIL_SERVER and not now.dead:
        yield ok(f"{now.sent} sent, {now.waiting} wait")
