"""Letters by e-mail: how one is handed to the city's mail server (`message` writes it).

What that server says is never kept: it may quote the address. A number is all that is told.
"""

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
            code, _ = client.data(message)
        except smtplib.SMTPDataError as error:
            code = error.smtp_code
        except (OSError, smtplib.SMTPException):
            self._hang_up()
            raise BrokenOff("broken_off") from None
        self._judge(code)

    def _envelope(self, client: smtplib.SMTP, to: str) -> None:
        try:
            code, _ = client.mail(settings.MAIL_FROM)
            if code >= 300:
                self._hang_up()
                raise ServerDown(f"sender_{code}")
            code, _ = client.rcpt(to)
        except (OSError, smtplib.SMTPException) as error:
            self._hang_up()
            raise ServerDown(type(error).__name__) from None
        self._judge(code)

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
