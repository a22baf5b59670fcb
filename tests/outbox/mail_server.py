"""A real mail server, in this process, that takes letters or does something else instead."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.live import free_port

HANG, DROP = "hang", "drop"


@dataclass
class Post:
    """`on_sender`, `on_address` and `on_words` are what it says to MAIL, RCPT and DATA."""

    on_sender: str = "250 OK"
    on_address: str = "250 OK"
    on_words: str = "250 OK"
    """Or `HANG`, or `DROP`: take the letter, and close the line without a word."""
    refused: str = ""
    """How those addresses begin that it does not know."""
    letters: list[EmailMessage] = field(default_factory=list)
    envelopes: list[tuple[str, list[str]]] = field(default_factory=list)
    connections: int = 0
    port: int = 0
    pipelining: bool = True
    """Whether it takes several commands at once (RFC 2920), as most do."""
    pause: float = 0.0
    """Seconds that it takes for a letter."""
    on_arrival: Callable[[], None] | None = None
    """What happens on another thread before it says that it has a letter."""

    def __enter__(self) -> Self:
        self.port = self.port or free_port()
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()
        return self

    def __exit__(self, *why: object) -> None:
        self._controller.stop()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}?tls=off"

    @property
    def ids(self) -> list[str]:
        return [str(letter["Message-ID"]) for letter in self.letters]

    async def handle_EHLO(  # noqa: N802
        self, _server: SMTP, session: Session, _envelope: Envelope, name: str, answers: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = name
        return [answers[0], "250-PIPELINING", *answers[1:]] if self.pipelining else answers

    async def handle_MAIL(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        if self.on_sender.startswith("250"):
            envelope.mail_from = address
        return self.on_sender

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        if self.refused and address.startswith(self.refused):
            return f"550 5.1.1 no such user <{address}>"
        if self.on_address.startswith("250"):
            envelope.rcpt_tos.append(address)
            return self.on_address
        return f"{self.on_address} <{address}>"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        await asyncio.sleep(self.pause)
        if self.on_words == HANG:
            await asyncio.sleep(3600)
        if not self.on_words.startswith("250") and self.on_words != DROP:
            return f"{self.on_words} <{envelope.rcpt_tos[0]}>"
        assert isinstance(envelope.content, bytes)
        letter = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        self.envelopes.append((envelope.mail_from or "", list(envelope.rcpt_tos)))
        if self.on_arrival:
            await asyncio.get_running_loop().run_in_executor(None, self.on_arrival)
        if self.on_words == DROP:
            assert isinstance(server.transport, asyncio.WriteTransport)
            server.transport.abort()
        return "250 OK"
