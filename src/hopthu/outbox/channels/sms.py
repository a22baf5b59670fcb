"""Texts to telephones, handed to the service that the operator names: one POST each.

That host and no other is called: no redirect is followed, no proxy of the environment asked, and
nothing that a resident types is a part of the address. What the service says is never kept, as it
may quote the number: the code of its answer is all that is told.

    2xx                   taken
    401, 404, 405, 3xx    nothing about any text: the address or the token is wrong (`ServerDown`)
    403, 408, 425, 429    not now (`Later`), as is every 5xx but
    502, 504              where something in between cannot tell whether it was taken (`BrokenOff`)
    any other             never (`Refused`): the number, for one, is no good
"""

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from socket import SHUT_RDWR
from types import TracebackType
from typing import Self

from django.utils import translation
from django.utils.translation import gettext as _

from hopthu.core.sealing import Reachable
from hopthu.outbox.channels.failures import BrokenOff, Later, Refused, ServerDown
from hopthu.outbox.channels.gateways import Gateway
from hopthu.outbox.letters import Letter
from hopthu.outbox.models import Delivery
from hopthu.outbox.unsubscribing import end_link

PATIENCE = 30
"""Seconds for the whole of one answer."""
MAX_TOKEN = 4_096
_WRONG_DOOR = frozenset({401, 404, 405})
_NOT_NOW = frozenset({403, 408, 425, 429})
_UNKNOWN = frozenset({502, 504})


def compose(letter: Letter, delivery: Delivery, *, language: str) -> str:
    """Short, and with the one link that ends all texts about this report."""
    with translation.override(language):
        end = _("No more texts: %(link)s") % {"link": end_link(delivery)}
    return f"{letter.short} {end}"


class SmsGateway:
    """A connection for each text: one that was kept open may be gone without our knowing."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway
        self._token = ""
        self._context = ssl.create_default_context() if gateway.tls else None

    def __enter__(self) -> Self:
        """Raises `ServerDown` if the token cannot be read."""
        path = self._gateway.token_file
        if path:
            try:
                self._token = path.read_text("ascii").strip()[:MAX_TOKEN]
            except (OSError, UnicodeError):
                raise ServerDown("token_file") from None
            if not self._token.isprintable() or not self._token:
                raise ServerDown("token_file")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._token = ""

    def hand(self, letter: Letter, delivery: Delivery, who: Reachable) -> None:
        """Raises one of `NotHanded`; otherwise the service answers for it from now on."""
        text = compose(letter, delivery, language=who.language)
        kind, body = self._gateway.body(to=who.phone, text=text)
        # The same at every attempt, for services that know a second copy by it.
        head = {"Content-Type": kind, "Idempotency-Key": str(delivery.token)}
        if self._token:
            head["Authorization"] = f"Bearer {self._token}"
        with self._connected() as connection:
            try:
                connection.request("POST", self._gateway.path, body, head)
                code = connection.getresponse().status
            except (OSError, HTTPException):
                raise BrokenOff("broken_off") from None
        _judge(code)

    @contextmanager
    def _connected(self) -> Iterator[HTTPConnection]:
        """Raises `ServerDown`. Whoever answers byte by byte is hung up on as well."""
        connection = self._connection()
        try:
            connection.connect()
        except OSError as error:
            raise ServerDown(type(error).__name__) from None
        timer = threading.Timer(PATIENCE, _hang_up, (connection,))
        timer.start()
        try:
            yield connection
        finally:
            timer.cancel()
            connection.close()

    def _connection(self) -> HTTPConnection:
        host, port = self._gateway.host, self._gateway.port
        if self._context:
            return HTTPSConnection(host, port, timeout=PATIENCE, context=self._context)
        return HTTPConnection(host, port, timeout=PATIENCE)


def _hang_up(connection: HTTPConnection) -> None:
    with suppress(OSError, AttributeError):
        connection.sock.shutdown(SHUT_RDWR)


def _judge(code: int) -> None:
    if 200 <= code < 300:
        return
    if code in _UNKNOWN:
        raise BrokenOff(code)
    if code >= 500 or code in _NOT_NOW:
        raise Later(code)
    if code < 400 or code in _WRONG_DOOR:
        raise ServerDown(code)
    raise Refused(code)
