"""The closed lists of words that a report's life is told in."""

from enum import StrEnum


class Status(StrEnum):
    RECEIVED = "received"
    ASSIGNED = "assigned"
    IN_PROGRESS = "in_progress"
    SCHEDULED = "scheduled"
    RESOLVED = "resolved"
    DECLINED = "declined"
    REFERRED = "referred"
    DUPLICATE = "duplicate"
    WITHDRAWN = "withdrawn"

    @property
    def is_open(self) -> bool:
        return self in OPEN


OPEN = frozenset({Status.RECEIVED, Status.ASSIGNED, Status.IN_PROGRESS, Status.SCHEDULED})
CLOSED = frozenset(Status) - OPEN
ANSWERED = frozenset({Status.RESOLVED, Status.DECLINED, Status.REFERRED})
"""Closed by the city with an answer that the sender may confirm or dispute."""


class Step(StrEnum):
    ROUTE = "route"
    ASSIGN = "assign"
    RECATEGORISE = "recategorise"
    RELOCATE = "relocate"
    ACCEPT = "accept"
    START = "start"
    SCHEDULE = "schedule"
    ASK = "ask"
    REPLY = "reply"
    ANSWER = "answer"
    RESOLVE = "resolve"
    DECLINE = "decline"
    REFER = "refer"
    MERGE = "merge"
    UNMERGE = "unmerge"
    EXTEND = "extend"
    REOPEN = "reopen"
    ADD_WORDS = "add_words"
    SUPPORT = "support"
    CONFIRM = "confirm"
    DISPUTE = "dispute"
    WITHDRAW = "withdraw"
    REDACT = "redact"
    HIDE = "hide"
    SHOW = "show"
    ASK_REVIEW = "ask_review"
    KEEP_HIDDEN = "keep_hidden"
    ERASE = "erase"


class Role(StrEnum):
    SENDER = "sender"
    """Whoever holds the follow-up code."""
    NEIGHBOUR = "neighbour"
    """Anybody else who reads the public page."""
    OFFICER = "officer"
    DISPATCHER = "dispatcher"
    MODERATOR = "moderator"
    EDITOR = "editor"
    ADMINISTRATOR = "administrator"


STAFF = frozenset({Role.OFFICER, Role.DISPATCHER, Role.MODERATOR, Role.EDITOR, Role.ADMINISTRATOR})


class Need(StrEnum):
    WORDS = "words"
    BODY = "body"
    PERSON = "person"
    CATEGORY = "category"
    PLACE = "place"
    DATE = "date"
    OUTCOME = "outcome"
    REASON = "reason"
    RECIPIENT = "recipient"
    PHONE = "phone"
    TARGET = "target"
    PASSAGE = "passage"
    ORDER = "order"
    SECOND_PERSON = "second_person"
    REQUEST = "request"
    """To delete something for good: asked for from outside, and agreed on by two people."""


class Outcome(StrEnum):
    DONE = "done"
    ANSWERED = "answered"


class DeclineReason(StrEnum):
    """Why a report is not acted on. That a sender is unknown is never a reason."""

    LAW = "law"
    BUDGET = "budget"
    PRIVATE_PROPERTY = "private_property"
    NOT_FOUND = "not_found"
    NOT_ENOUGH_INFORMATION = "not_enough_information"
    LEGAL_PROCEDURE = "legal_procedure"
    ABOUT_A_PERSON = "about_a_person"


class HideReason(StrEnum):
    """The closed list of reasons to hide; criticism of the city is not among them."""

    PERSONAL_DATA = "personal_data"
    THREAT = "threat"
    ADVERTISING = "advertising"
    TEST = "test"
    ORDER = "order"
    """By somebody outside the city (`core.orders`), and confirmed by a second person."""


PHOTO_REASONS = tuple(reason for reason in HideReason if reason is not HideReason.ORDER)
"""The same for one photo; an order is about a report."""


class Channel(StrEnum):
    """On which way somebody hears of a report."""

    EMAIL = "email"
    SMS = "sms"


class CallReason(StrEnum):
    """The closed list of reasons to open the telephone number of whoever sent a report."""

    PLACE = "place"
    ACCESS = "access"
    DETAILS = "details"
    DANGER = "danger"
