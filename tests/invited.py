"""Somebody who is invited to work for the city, and the letter that they get."""

from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import urlsplit

from hopthu.core.sealing import Reachable
from hopthu.core.terms import Role
from hopthu.outbox.inviting import invite
from hopthu.outbox.sending import deliver
from tests.makers import MONDAY

EMAIL = "mai.5e17@example.vn"


def invite_mai(role: Role = Role.MODERATOR, *, at: datetime = MONDAY) -> None:
    invite(Reachable(EMAIL, "en"), username="mai", role=role, body_id=None, at=at)


def letters(data: Path, *, at: datetime = MONDAY) -> list[EmailMessage]:
    """Send what is due; gives all the invitations that went out so far, as files."""
    deliver(at)
    files = sorted((data / "mail").glob("invitation-*"), key=lambda path: path.stat().st_mtime_ns)
    return [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]


def plain(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    assert body
    return str(body.get_content())


def path_in(letter: EmailMessage) -> str:
    """Where its link leads, without the host."""
    (link,) = (line for line in plain(letter).split() if "/desk/invitation/" in line)
    return urlsplit(link).path


def path_of_mai(data: Path, role: Role = Role.MODERATOR) -> str:
    invite_mai(role)
    return path_in(letters(data)[-1])
