"""The one table of steps: from which status to which, who may, and what each requires."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from hopthu.core.terms import ANSWERED, OPEN, Need, Role, Status, Step


@dataclass(frozen=True)
class Rule:
    """One row of the table."""

    origins: frozenset[Status]
    to: Status | None
    """The status that follows; None leaves it as it is."""
    who: frozenset[Role]
    needs: tuple[Need, ...] = ()
    exceptions: Mapping[Status, Status] = field(default_factory=dict)
    """Origins from which another status than `to` follows."""


S, N, R = Status, Need, Role
_ALL = frozenset(Status)
_BODY = frozenset({R.OFFICER, R.DISPATCHER})
"""An officer acts for the own body alone; a dispatcher wherever no officer does."""
_SENDER = frozenset({R.SENDER})
_MODERATOR = frozenset({R.MODERATOR})
_LOOKS_AGAIN = _MODERATOR | {R.ADMINISTRATOR}
"""Two decide about an order, and whoever hid a report does not judge that: a small city has few."""

STEPS: Mapping[Step, Rule] = {
    Step.ROUTE: Rule(OPEN, S.RECEIVED, _BODY, (N.BODY,)),
    Step.ASSIGN: Rule(OPEN, None, _BODY, (N.PERSON,), exceptions={S.RECEIVED: S.ASSIGNED}),
    Step.RECATEGORISE: Rule(OPEN, None, _BODY, (N.CATEGORY,)),
    Step.RELOCATE: Rule(OPEN, None, _BODY, (N.PLACE,)),
    Step.ACCEPT: Rule(frozenset({S.RECEIVED}), S.ASSIGNED, _BODY),
    Step.START: Rule(OPEN - {S.IN_PROGRESS}, S.IN_PROGRESS, _BODY),
    Step.SCHEDULE: Rule(OPEN, S.SCHEDULED, _BODY, (N.DATE,)),
    Step.ASK: Rule(OPEN, None, _BODY, (N.WORDS,)),
    Step.REPLY: Rule(
        OPEN | {S.DECLINED}, None, _SENDER, (N.WORDS,), exceptions={S.DECLINED: S.ASSIGNED}
    ),
    Step.ANSWER: Rule(_ALL, None, _BODY | _MODERATOR, (N.WORDS,)),
    Step.RESOLVE: Rule(OPEN, S.RESOLVED, _BODY, (N.OUTCOME, N.WORDS)),
    Step.DECLINE: Rule(OPEN, S.DECLINED, _BODY, (N.REASON, N.WORDS)),
    Step.REFER: Rule(OPEN, S.REFERRED, _BODY, (N.RECIPIENT, N.PHONE, N.DATE, N.WORDS)),
    Step.MERGE: Rule(OPEN, S.DUPLICATE, _BODY, (N.TARGET,)),
    Step.UNMERGE: Rule(frozenset({S.DUPLICATE}), S.RECEIVED, _BODY | _MODERATOR),
    Step.EXTEND: Rule(OPEN, None, _BODY, (N.DATE, N.WORDS)),
    Step.REOPEN: Rule(
        ANSWERED | {S.WITHDRAWN},
        S.ASSIGNED,
        _BODY | _MODERATOR | _SENDER,
        exceptions={S.WITHDRAWN: S.RECEIVED},
    ),
    Step.ADD_WORDS: Rule(_ALL - {S.WITHDRAWN}, None, _SENDER),
    Step.SUPPORT: Rule(_ALL - {S.DUPLICATE, S.WITHDRAWN}, None, frozenset({R.NEIGHBOUR})),
    Step.CONFIRM: Rule(ANSWERED | {S.DUPLICATE}, None, _SENDER),
    Step.DISPUTE: Rule(ANSWERED | {S.DUPLICATE}, S.ASSIGNED, _SENDER),
    Step.WITHDRAW: Rule(OPEN, S.WITHDRAWN, _SENDER),
    Step.REDACT: Rule(_ALL, None, _MODERATOR | _SENDER | {R.ADMINISTRATOR}, (N.PASSAGE, N.WORDS)),
    Step.HIDE: Rule(_ALL, None, _LOOKS_AGAIN, (N.REASON, N.WORDS)),
    Step.SHOW: Rule(_ALL, None, _LOOKS_AGAIN),
    Step.ASK_REVIEW: Rule(_ALL, None, _SENDER),
    Step.KEEP_HIDDEN: Rule(_ALL, None, _LOOKS_AGAIN, (N.WORDS,)),
    Step.ERASE: Rule(_ALL, None, frozenset({R.ADMINISTRATOR}), (N.REQUEST,)),
}
