"""Deleting for good: asked for from outside, proposed by one administrator, decided by another.

NotAskable   this report is none that this asker may ask about, or nothing is left to delete
BadWish      something that was asked for does not fit
AskedAlready the sender's request, or as many of others as may wait, are open already
Undecided    base of what keeps an administrator from proposing or deciding
"""

import os
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from hopthu.bodies.queries import configuration
from hopthu.core.erasure import (
    MOST_OPEN,
    Asker,
    Ground,
    Scope,
    Verdict,
    decide_by,
    fingerprint,
    new_reference,
)
from hopthu.core.limits import MAX_TEXT
from hopthu.core.terms import Role, Step
from hopthu.core.text import clean
from hopthu.people.actors import Actor
from hopthu.reports.actions.advance import advance
from hopthu.reports.actions.given import Given
from hopthu.reports.models import ErasureRequest, Report
from hopthu.reports.queries.erasures import askable, stands_in
from hopthu.reports.residue import left_behind


class NotAskable(Exception):
    pass


class AskedAlready(Exception):
    pass


class BadWish(Exception):
    """`field` is scope, ground or passage; `code` is missing or not_found_in_text."""

    def __init__(self, field: str, code: str) -> None:
        super().__init__(f"{field}: {code}")
        self.field = field
        self.code = code


class Undecided(Exception):
    pass


class NotAdministrator(Undecided):
    pass


class SamePerson(Undecided):
    """Whoever proposed it cannot be the second one."""


class MovedOn(Undecided):
    """A colleague proposed, decided or sent it back meanwhile."""


class NoWords(Undecided):
    """Whoever asked has to be told why."""


@dataclass(frozen=True)
class Wish:
    """What somebody asks for, as it was typed."""

    scope: str
    passage: str = ""
    ground: str = ""


def ask_as_sender(report: Report, wish: Wish, *, at: datetime) -> ErasureRequest:
    """Raises `NotAskable`, `BadWish`, `AskedAlready`, `core.text.TextTooLong`."""
    if not askable(report, Asker.SENDER):
        raise NotAskable
    passage = _passage(report, wish, Asker.SENDER)
    try:
        with transaction.atomic():
            return _ask(report, Asker.SENDER, wish, passage, at)
    except IntegrityError as error:
        raise AskedAlready from error


def ask_as_named(report: Report, wish: Wish, *, at: datetime) -> str:
    """The reference number, which is kept nowhere else. Raises as `ask_as_sender` does."""
    if not askable(report, Asker.PERSON_NAMED):
        raise NotAskable
    if wish.ground not in set(Ground):
        raise BadWish("ground", "missing")
    passage = _passage(report, wish, Asker.PERSON_NAMED)
    if _open(report).filter(asker=Asker.PERSON_NAMED).count() >= MOST_OPEN:
        raise AskedAlready
    reference = new_reference(os.urandom)
    _ask(report, Asker.PERSON_NAMED, wish, passage, at, reference=fingerprint(reference))
    return reference


def propose(
    asked: ErasureRequest, *, verdict: Verdict, words: str, actor: Actor, at: datetime
) -> None:
    """One administrator says what should be done, and why. Raises `Undecided`, `TextTooLong`."""
    _check_role(actor)
    said = clean(words, limit=MAX_TEXT)
    if not said:
        raise NoWords
    rows = (
        _same(asked)
        .filter(proposal="")
        .update(proposal=verdict, words=said, proposed_by_id=actor.staff_id, proposed_at=at)
    )
    if rows == 0:
        raise MovedOn


def send_back(asked: ErasureRequest, *, actor: Actor) -> None:
    """Somebody does not agree, or thinks better of it: it is open to another proposal."""
    _check_role(actor)
    rows = (
        _same(asked)
        .exclude(proposal="")
        .update(proposal="", words="", proposed_by=None, proposed_at=None)
    )
    if rows == 0:
        raise MovedOn


@transaction.atomic
def decide(asked: ErasureRequest, *, actor: Actor, at: datetime) -> None:
    """A second administrator agrees with the proposal as they read it, and it is carried out.

    Raises `Undecided`; `StepRefused` and `BadGiven` where what was asked for cannot be taken away.
    Two tabs of one person, or two people at once: the row is written where it is still undecided
    and proposed by somebody else, and the database refuses the same person twice.
    """
    _check_role(actor)
    undecided = _same(asked).filter(proposal=asked.proposal, proposed_by__isnull=False)
    rows = (
        undecided.exclude(proposal="")
        .exclude(proposed_by_id=actor.staff_id)
        .update(outcome=asked.proposal, decided_by_id=actor.staff_id, decided_at=at)
    )
    if rows == 0:
        raise SamePerson if undecided.filter(proposed_by_id=actor.staff_id).exists() else MovedOn
    if asked.proposal == Verdict.ERASE:
        _carry_out(asked, actor, at)
    if ErasureRequest.objects.filter(pk=asked.pk).exclude(passage="").update(passage=""):
        left_behind()


def _carry_out(asked: ErasureRequest, actor: Actor, at: datetime) -> None:
    step = Step.ERASE if asked.scope == Scope.REPORT else Step.REDACT
    # What stands there now: another passage may have been covered within this one meanwhile.
    passage = ErasureRequest.objects.values_list("passage", flat=True).get(pk=asked.pk)
    given = Given(request=asked.pk, passage=passage)
    # As an administrator alone, whatever else they are: as a moderator they would need no request.
    as_administrator = Actor(
        frozenset({Role.ADMINISTRATOR}), actor.staff_id, actor.own_bodies, actor.bodies
    )
    advance(asked.report, step=step, actor=as_administrator, at=at, given=given)


@transaction.atomic
def settle_struck(report: Report, *, words: str, at: datetime) -> None:
    """Whole texts were struck, as nobody knows any more which words of them: nor does a request.

    What was asked for and stands there no more is done; `words` say so to whoever asked, in the
    place of any that could quote it.
    """
    for asked in report.erasure_requests.exclude(passage=""):
        if not stands_in(report, asked.passage, Asker.SENDER):
            _open(report).filter(pk=asked.pk).update(
                passage="", outcome=Verdict.ERASE, decided_at=at
            )
    report.erasure_requests.exclude(words="").update(words=words)
    left_behind()


def forget_requests(*, before: datetime) -> int:
    """Delete those that were decided before then, with the words to whoever had asked."""
    with transaction.atomic():
        deleted = ErasureRequest.objects.filter(decided_at__lt=before).delete()[0]
        if deleted:
            left_behind()
        return deleted


def _ask(
    report: Report,
    asker: Asker,
    wish: Wish,
    passage: str,
    at: datetime,
    *,
    reference: str | None = None,
) -> ErasureRequest:
    return ErasureRequest.objects.create(
        report=report,
        reference=reference,
        asker=asker,
        scope=wish.scope,
        ground=wish.ground if asker == Asker.PERSON_NAMED else "",
        passage=passage,
        asked_at=at,
        due_at=decide_by(configuration().calendar, at),
    )


def _passage(report: Report, wish: Wish, asker: Asker) -> str:
    if wish.scope not in set(Scope):
        raise BadWish("scope", "missing")
    if wish.scope == Scope.REPORT:
        return ""
    passage = clean(wish.passage, limit=MAX_TEXT)
    if not passage:
        raise BadWish("passage", "missing")
    if not stands_in(report, passage, asker):
        raise BadWish("passage", "not_found_in_text")
    return passage


def _open(report: Report) -> QuerySet[ErasureRequest]:
    return ErasureRequest.objects.filter(report=report, outcome="")


def _same(asked: ErasureRequest) -> QuerySet[ErasureRequest]:
    """The row, if it is still as it was read."""
    return ErasureRequest.objects.filter(
        pk=asked.pk, outcome="", proposal=asked.proposal, proposed_at=asked.proposed_at
    )


def _check_role(actor: Actor) -> None:
    if Role.ADMINISTRATOR not in actor.roles or actor.staff_id is None:
        raise NotAdministrator
