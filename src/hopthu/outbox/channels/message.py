"""How a letter is written for the line: RFC 5322 and MIME, two parts, twice the same words.

Put together here, and not by `email.message`: that reads every header again before it writes it,
which took longer than all the rest of sending a letter. It also folds and encodes what is long, and
makes encoded words where none may be (RFC 2047 § 5): in addresses, links and names of messages.
"""

from binascii import b2a_qp
from email.header import Header
from email.utils import format_datetime, formataddr

from django.conf import settings

from hopthu.core.codes import format_number
from hopthu.outbox.letters import Letter
from hopthu.outbox.models import Delivery
from hopthu.outbox.unsubscribing import end_link

MAX_WORD = 75
"""RFC 2047 § 2: characters of one encoded word."""


def compose(delivery: Delivery, letter: Letter, *, to: str, language: str) -> bytes:
    """The whole message, as it goes over the line.

    All letters about one report hang together by a `Message-ID` that none of them has (RFC 5322
    § 3.6.4), so that it does not matter which of them came first. A letter about several reports
    stands alone.
    """
    host = settings.MAIL_FROM.partition("@")[2]
    boundary = f"=_{delivery.token.hex}"  # RFC 2045 § 6.7: no quoted-printable line begins so
    head = {
        "To": to,
        "From": _sender(letter.sender),
        "Subject": _words("Subject", letter.subject),
        "Date": format_datetime(delivery.created_at),
        "Message-ID": f"<{delivery.token}@{host}>",
        "List-ID": _list(delivery, host),
        "List-Unsubscribe": f"<{end_link(delivery)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
        "Content-Language": language,
        "MIME-Version": "1.0",
        "Content-Type": f'multipart/alternative; boundary="{boundary}"',
    }
    if delivery.number:
        thread = f"<report-{delivery.number}@{host}>"
        head |= {"In-Reply-To": thread, "References": thread}
    parts = (_part("plain", letter.text), _part("html", letter.html))
    delimiter = f"--{boundary}".encode()
    body = b"".join(delimiter + b"\r\n" + part for part in parts)
    return _head(head) + body + delimiter + b"--\r\n"


def _head(named: dict[str, str]) -> bytes:
    lines = "".join(f"{name}: {value}\r\n" for name, value in named.items())
    return f"{lines}\r\n".encode("ascii")


def _part(kind: str, text: str) -> bytes:
    head = {
        "Content-Type": f'text/{kind}; charset="utf-8"',
        "Content-Transfer-Encoding": "quoted-printable",
    }
    lines = text.replace("\r\n", "\n").replace("\n", "\r\n")
    return _head(head) + b2a_qp(f"{lines}\r\n".encode()) + b"\r\n"


def _sender(city: str) -> str:
    """The city, by its name."""
    name = " ".join(city.split())
    if _is_plain(name):
        return formataddr((name, settings.MAIL_FROM))
    return f"{_words('From', name)} <{settings.MAIL_FROM}>"


def _words(header: str, text: str) -> str:
    """As words of RFC 2047, several if need be, where they are more than ASCII."""
    line = " ".join(text.split())
    if _is_plain(line):
        return line
    words = Header(line, "utf-8", header_name=header, maxlinelen=MAX_WORD)
    return words.encode(linesep="\r\n")


def _is_plain(text: str) -> bool:
    return text.isascii() and text.isprintable() and "=?" not in text


def _list(delivery: Delivery, host: str) -> str:
    """RFC 2919: what a mail program may sort letters by."""
    if delivery.number:
        return f"{format_number(delivery.number)} <{delivery.number}.reports.{host}>"
    return f"Hopthu <news.{host}>"
