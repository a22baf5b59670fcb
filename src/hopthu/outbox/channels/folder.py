"""Letters as files, where there is no mail server: to look at, in the demo and while trying out.

An address is in none of them, as it is nowhere in the data folder.
"""

from pathlib import Path
from types import TracebackType
from typing import Self

from hopthu.core.sealing import Reachable
from hopthu.outbox.channels.message import compose
from hopthu.outbox.letters import Letter
from hopthu.outbox.models import Delivery
from hopthu.record import durable

NOBODY = "undisclosed-recipients:;"
"""RFC 5322 § 3.4: a group without members."""


class MailFolder:
    """Named by its letter: one that is written twice is there once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __enter__(self) -> Self:
        durable.make_folder(self._folder, mode=0o700)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        pass

    def hand(self, letter: Letter, delivery: Delivery, who: Reachable) -> None:
        message = compose(delivery, letter, to=NOBODY, language=who.language)
        name = f"{delivery.number or delivery.topic}-{delivery.seq}-{delivery.token}.eml"
        durable.replace(self._folder / name, message, mode=0o600)
