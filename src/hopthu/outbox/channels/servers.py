"""The city's own mail server, as the operator names it: `HOPTHU_SMTP_URL`.

smtps://user:password@mail.example        TLS from the first byte (port 465)
smtp://user:password@mail.example:587     STARTTLS, and nothing without it
smtp://127.0.0.1:25?tls=off               in the clear, for a server on the same machine
"""

from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import parse_qs, unquote, urlsplit


class BadServer(ValueError):
    """Not such an address; the message never shows it, as it may hold a password."""


@dataclass(frozen=True)
class MailServer:
    host: str
    port: int
    tls: str
    """`whole`, `starttls` or `off`."""
    user: str = ""
    password: str = field(default="", repr=False)


def parse_server(url: str) -> MailServer:
    """Raises `BadServer`."""
    try:
        parts = urlsplit(url)
        port = parts.port
        options = parse_qs(parts.query, strict_parsing=bool(parts.query))
    except ValueError:
        raise BadServer("not an address such as smtp://user:password@host:587") from None
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise BadServer("begins with neither smtp:// nor smtps://, or names no host")
    if parts.path not in {"", "/"} or parts.fragment or options not in ({}, {"tls": ["off"]}):
        raise BadServer("takes nothing after the host but ?tls=off")
    if parts.username and parts.password is None:
        raise BadServer("names a user without a password")
    whole = parts.scheme == "smtps"
    if options and (whole or not _is_here(parts.hostname)):
        raise BadServer("?tls=off is for a server on this machine alone")
    return MailServer(
        host=parts.hostname,
        port=port or (465 if whole else 587),
        tls="whole" if whole else "off" if options else "starttls",
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
