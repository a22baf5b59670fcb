"""What comes with a step."""

import datetime as dt
from dataclasses import dataclass, fields
from typing import Final

from hopthu.core.orders import Order
from hopthu.core.terms import Need
from hopthu.reports.intake import Place


class BadGiven(Exception):
    """Something that came with a step does not exist or does not fit."""

    def __init__(self, need: Need, code: str) -> None:
        super().__init__(f"{need}: {code}")
        self.need = need
        self.code = code
        """One of: too_long, unknown, same, concerned, past, outside_city, not_open,
        other_visibility, not_found_in_text, too_often, nothing_said, photo_gone, same_person,
        editor, waits_already, or an `OrderFault`."""


DECIDED_BEFORE: Final = -1
"""In the place of a request, or of a second person: two people decided already, and the backup that
was restored knows nothing of it.

For `care.backup.replaying` alone.
"""


@dataclass(frozen=True)
class Given:
    """What comes with a step. Which of it is required, `core.lifecycle` says."""

    words: str = ""
    body: str = ""
    person: int | None = None
    category: str = ""
    place: Place | None = None
    date: dt.date | None = None
    outcome: str = ""
    reason: str = ""
    recipient: str = ""
    phone: str = ""
    target: str = ""
    """Number of the report to merge into."""
    passage: str = ""
    """Words to strike out, exactly as they stand."""
    order: Order | None = None
    second_person: int | None = None
    request: int | None = None
    """Id of the `ErasureRequest` that two people agreed on, or `DECIDED_BEFORE`."""
    uploads: tuple[str, ...] = ()
    """Tokens of photos that come with the words."""

    def by_need(self) -> dict[Need, object]:
        return {Need(f.name): getattr(self, f.name) for f in fields(self) if f.name != "uploads"}
