"""Letters by e-mail: how one is handed to the city's mail server (`message` writes it).

What that server says is never kept: it may quote the address. A number is all that is told.
"""

import re
import smtplib
import ssl
from types import TracebackType
from typing import Self

from django.conf import settings

from hopthu.core.sealing import Reachable
from hopthu.outbox.channels.failures import BrokenOff, Later, Refused, ServerDown
from hopthu.outbox.channels.message import compose
from hopthu.outbox.channels.servers import MailServer
from hopthu.outbox.letters import Letter
from hopthu.outbox.models import Delivery

PATIENCE = 30
"""Seconds for an answer of the mail server."""
GO_ON = 354
"""RFC 5321 § 4.2.3: start mail input."""
_DOT = re.compile(rb"^\.", re.MULTILINE)
"""RFC 5321 § 4.5.2: doubled, as one alone ends the letter."""


class Smtp:
    """One connection to the mail server, for several letters."""

    def __init__(self, server: MailServer) -> None:
        self._server = server
        self._client: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        self._connect()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._client is None:
            return
        try:
            self._client.quit()
        except (OSError, smtplib.SMTPException):
            self._client.close()

    def hand(self, letter: Letter, delivery: Delivery, who: Reachable) -> None:
        """Raises one of `NotHanded`; otherwise the mail server answers for it from now on."""
        message = compose(delivery, letter, to=who.email, language=who.language)
        client = self._client or self._connect()
        self._envelope(client, who.email)
        try:
            client.send(_DOT.sub(b"..", message) + b".\r\n")
            code, _ = client.getreply()
        except (OSError, smtplib.SMTPException):
            self._hang_up()
            raise BrokenOff("broken_off") from None
        self._judge(code)

    def _envelope(self, client: smtplib.SMTP, to: str) -> None:
        """Up to where the server waits for the letter."""
        try:
            codes = _say(client, f"MAIL FROM:<{settings.MAIL_FROM}>", f"RCPT TO:<{to}>", "DATA")
        except (OSError, smtplib.SMTPException) as error:
            self._hang_up()
            raise ServerDown(type(error).__name__) from None
        if codes[0] >= 300:
            self._hang_up()
            raise ServerDown(f"sender_{codes[0]}")
        if codes[1] >= 300 and codes[-1] == GO_ON:
            # It waits for a letter to nobody (RFC 2920 § 3.1), and is not given one.
            self._hang_up()
        self._judge(codes[1])
        if codes[2] != GO_ON:
            self._judge(codes[2])
            raise ServerDown(f"data_{codes[2]}")

    def _judge(self, code: int) -> None:
        if 200 <= code < 300:
            return
        self._begin_anew()
        if code == 421:  # RFC 5321 § 3.8: it closes the connection
            self._hang_up()
            raise ServerDown(code)
        raise (Refused if code >= 500 else Later)(code)

    def _connect(self) -> smtplib.SMTP:
        try:
            client = self._client = self._dial()
            if self._server.tls == "starttls":
                client.starttls(context=ssl.create_default_context())
            client.ehlo_or_helo_if_needed()
            if self._server.user:
                client.login(self._server.user, self._server.password)
        except smtplib.SMTPResponseException as error:
            self._hang_up()
            raise ServerDown(f"{type(error).__name__} {error.smtp_code}") from None
        except (OSError, smtplib.SMTPException) as error:
            self._hang_up()
            raise ServerDown(type(error).__name__) from None
        return client

    def _dial(self) -> smtplib.SMTP:
        host, port = self._server.host, self._server.port
        name = settings.MAIL_FROM.partition("@")[2]
        if self._server.tls == "whole":
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(host, port, name, timeout=PATIENCE, context=context)
        return smtplib.SMTP(host, port, name, timeout=PATIENCE)

    def _begin_anew(self) -> None:
        try:
            if self._client:
                self._client.rset()
        except (OSError, smtplib.SMTPException):
            self._hang_up()

    def _hang_up(self) -> None:
        if self._client:
            self._client.close()
            self._client = None


def _say(client: smtplib.SMTP, *commands: str) -> list[int]:
    """What the server answers to each, up to the first that it refuses.

    Where it takes them so (RFC 2920), all of them go at once, and all are answered: two waits for
    the line a letter instead of four.
    """
    together = client.has_extn("pipelining")
    if together:
        client.send("".join(f"{command}\r\n" for command in commands))
    codes: list[int] = []
    for command in commands:
        if not together:
            client.putcmd(command)
        codes.append(client.getreply()[0])
        if codes[-1] >= 400 and not together:
            break
    return codes
