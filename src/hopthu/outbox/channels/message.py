"""How a letter is written for the line: RFC 5322 and MIME, two parts, twice the same words.

With the older policy of `email`, which is also quicker: the newer ones fold and encode what is
long, and make encoded words where none may be (RFC 2047 § 5): in addresses, links, message names.
"""

from email.charset import QP, Charset
from email.generator import BytesGenerator
from email.header import Header
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import compat32
from email.utils import format_datetime, formataddr
from io import BytesIO

from django.conf import settings

from hopthu.core.codes import format_number
from hopthu.outbox.letters import Letter
from hopthu.outbox.models import Delivery
from hopthu.outbox.unsubscribing import end_link

MAX_WORD = 75
"""RFC 2047 § 2: characters of one encoded word."""
_POLICY = compat32.clone(linesep="\r\n", max_line_length=None)
_UTF8 = Charset("utf-8")
_UTF8.body_encoding = QP


def compose(delivery: Delivery, letter: Letter, *, to: str, language: str) -> bytes:
    """The whole message, as it goes over the line.

    All letters about one report hang together by a `Message-ID` that none of them has (RFC 5322
    § 3.6.4), so that it does not matter which of them came first. A letter about several reports
    stands alone.
    """
    host = settings.MAIL_FROM.partition("@")[2]
    head = {
        "To": to,
        "From": _sender(letter.sender),
        "Subject": _words("Subject", letter.subject),
        "Date": format_datetime(delivery.created_at),
        "Message-ID": f"<{delivery.token}@{host}>",
        **_ending(delivery, host),
        "Auto-Submitted": "auto-generated",
        "Content-Language": language,
    }
    if delivery.number:
        thread = f"<report-{delivery.number}@{host}>"
        head |= {"In-Reply-To": thread, "References": thread}
    boundary = f"=_{delivery.token.hex}"  # RFC 2045 § 6.7: no quoted-printable line begins so
    message = MIMEMultipart("alternative", boundary, policy=_POLICY)
    for name, value in head.items():
        message[name] = value
    for kind, text in (("plain", letter.text), ("html", letter.html)):
        message.attach(MIMEText(f"{text}\n", kind, _UTF8, policy=_POLICY))  # type: ignore[arg-type]  # a Charset is taken since 3.5
    file = BytesIO()
    BytesGenerator(file, mangle_from_=False, maxheaderlen=0, policy=_POLICY).flatten(message)
    return file.getvalue()


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


def _ending(delivery: Delivery, host: str) -> dict[str, str]:
    """RFC 8058: one click ends all letters of this kind; of an invitation there is only one."""
    end = end_link(delivery)
    if not end:
        return {}
    return {
        "List-ID": _list(delivery, host),
        "List-Unsubscribe": f"<{end}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def _list(delivery: Delivery, host: str) -> str:
    """RFC 2919: what a mail program may sort letters by."""
    if delivery.number:
        return f"{format_number(delivery.number)} <{delivery.number}.reports.{host}>"
    return f"Hopthu <news.{host}>"
