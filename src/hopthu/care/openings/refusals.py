"""Why a number is not opened.

Refused   with one of the codes of `Why`; `until`: it may be asked again then
"""

from datetime import datetime
from enum import StrEnum


class Why(StrEnum):
    NOT_IN_CHARGE = "not_in_charge"
    """Not, or no more, an officer of the body that has the report."""
    TASK_NEW = "task_new"
    """An officer there for less than a day, by the public record."""
    NO_PASSKEY = "no_passkey"
    PASSKEY_NEW = "passkey_new"
    NO_TELEPHONE = "no_telephone"
    """The sender took it back, or its time was over."""
    OFFICER_LIMIT = "officer_limit"
    CITY_LIMIT = "city_limit"
    BAD_REQUEST = "bad_request"
    """The page asked for something that no page of ours asks for."""
    WRONG_ANSWER = "wrong_answer"
    """Not signed by the passkey that was asked, for what it was asked."""
    EXPIRED = "expired"
    UNREADABLE = "unreadable"
    """The key that opens what was sealed is not here."""


class Refused(Exception):
    def __init__(self, why: Why, until: datetime | None = None) -> None:
        super().__init__(why)
        self.why = why
        self.until = until
