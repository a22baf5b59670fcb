"""What somebody asked to be deleted for good: one administrator proposes, another one decides.

Who decides shows once more who they are: the session alone, or a screen left open, deletes nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from hopthu.core.erasure import Verdict
from hopthu.core.lifecycle import StepRefused
from hopthu.core.limits import MAX_TEXT
from hopthu.core.text import TextTooLong
from hopthu.desk.access import ADMINISTRATORS, for_staff
from hopthu.desk.due import due
from hopthu.desk.forms.fields import Field, Option, radios, textarea
from hopthu.desk.page import desk_page, not_found
from hopthu.desk.reasking import NotYours, ask_second_step, second_step_field
from hopthu.people.actors import Actor
from hopthu.reports.actions import BadGiven, SomebodyWasFirst, erasing
from hopthu.reports.queries.desk import NotReadable, find
from hopthu.reports.queries.erasures import open_requests, request_with
from hopthu.web import erasure_words
from hopthu.web.refusal_words import refusal

if TYPE_CHECKING:
    from hopthu.reports.models import ErasureRequest

AGAIN = "again"
"""The field of the code, or of the password, that goes with a decision."""
Refused = erasing.Undecided | StepRefused | BadGiven | SomebodyWasFirst | TextTooLong


@dataclass(frozen=True)
class Trouble:
    """Why the page is shown again: a field ("" for all of it) and what is wrong with it."""

    field: str
    message: str
    status: int


@require_safe
@for_staff(*ADMINISTRATORS)
def erasures(request: HttpRequest, actor: Actor) -> HttpResponse:  # noqa: ARG001
    now = timezone.now()
    lines = [
        {"asked": asked, "due": due(asked.due_at, now), **_words_of(asked)}
        for asked in open_requests()
    ]
    return desk_page(request, "desk/erasures.html", {"nav": "erasures", "lines": lines})


@sensitive_post_parameters(AGAIN)
@require_http_methods(["GET", "HEAD", "POST"])
@for_staff(*ADMINISTRATORS)
def erasure(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    asked = request_with(pk)
    if asked is None:
        return not_found(request)
    if request.method != "POST":
        return _page(request, actor, asked)
    # What the page showed: decided is what was read there, and nothing that came since.
    if request.POST.get("proposed", "") != _stamp(asked):
        return _again(request, actor, pk, erasing.MovedOn())
    try:
        said = _take(request, actor, asked, at=timezone.now())
    except NotYours as error:
        return _page(request, actor, asked, Trouble(AGAIN, error.message, error.code))
    except (erasing.Undecided, StepRefused, BadGiven, SomebodyWasFirst, TextTooLong) as error:
        return _again(request, actor, pk, error)
    if not said:
        trouble = Trouble("verdict", _("Say what should be done."), 422)
        return _page(request, actor, asked, trouble)
    messages.success(request, said)
    return redirect("desk:erasures")


def _take(request: HttpRequest, actor: Actor, asked: "ErasureRequest", *, at: datetime) -> str:
    """Do what the button says; gives what to tell, or nothing where no verdict was chosen."""
    match request.POST.get("do"):
        case "decide":
            if not _is_mine(asked, actor):  # who proposed is refused without looking for the phone
                ask_second_step(request, actor, name=AGAIN, at=at)
            erasing.decide(asked, actor=actor, at=at)
            return _("It is decided, and whoever asked can see it.")
        case "send_back":
            erasing.send_back(asked, actor=actor)
            return _("It is open to another proposal.")
    verdict = request.POST.get("verdict", "")
    if verdict not in set(Verdict):
        return ""
    words = request.POST.get("words", "")
    erasing.propose(asked, verdict=Verdict(verdict), words=words, actor=actor, at=at)
    return _("Proposed. Now somebody else decides.")


def _again(request: HttpRequest, actor: Actor, pk: int, error: Refused) -> HttpResponse:
    fresh = request_with(pk)
    if fresh is None:
        return not_found(request)
    match error:
        case erasing.NoWords():
            trouble = Trouble("words", str(erasure_words.UNDECIDED[type(error)]), 422)
        case TextTooLong():
            trouble = Trouble("words", str(refusal(error)), 413)
        case erasing.Undecided():
            trouble = Trouble("", str(erasure_words.UNDECIDED[type(error)]), 409)
        case _:
            trouble = Trouble("", str(refusal(error)), 409)
    return _page(request, actor, fresh, trouble)


def _page(
    request: HttpRequest, actor: Actor, asked: "ErasureRequest", trouble: Trouble | None = None
) -> HttpResponse:
    wrong = {trouble.field: trouble.message} if trouble else {}
    context = {
        "nav": "erasures",
        "asked": asked,
        "stamp": _stamp(asked),
        "mine": _is_mine(asked, actor),
        "due": due(asked.due_at, timezone.now()),
        "readable": _readable(asked.report.number, actor),
        "errors": {name: message for name, message in wrong.items() if name},
        "refused": wrong.get("", ""),
        "again": second_step_field(actor, AGAIN, error=wrong.get(AGAIN, "")),
        **_proposal_fields(request, wrong),
        **_words_of(asked),
    }
    status = trouble.status if trouble else 200
    return desk_page(request, "desk/erasure.html", context, status=status)


def _proposal_fields(request: HttpRequest, wrong: Mapping[str, str]) -> dict[str, Field]:
    options = [Option(one, str(words)) for one, words in erasure_words.VERDICTS.items()]
    return {
        "verdicts": radios(
            "verdict",
            _("What should be done"),
            options,
            id="verdict",
            error=wrong.get("verdict", ""),
            value=request.POST.get("verdict", ""),
        ),
        "words": textarea(
            "words",
            _("Why, for whoever asked"),
            id="words",
            hint=_("Only they read it."),
            error=wrong.get("words", ""),
            value=request.POST.get("words", ""),
            maxlength=MAX_TEXT,
        ),
    }


def _is_mine(asked: "ErasureRequest", actor: Actor) -> bool:
    """Proposed by whoever looks at it, who cannot be the second one."""
    return asked.proposed_by_id == actor.staff_id


def _readable(number: str, actor: Actor) -> bool:
    """A private report is not even an administrator's to read."""
    try:
        find(number, actor)
    except NotReadable:
        return False
    return True


def _words_of(asked: "ErasureRequest") -> dict[str, object]:
    return {
        "asker": erasure_words.ASKERS[asked.asker],
        "scope": erasure_words.SCOPES[asked.scope],
        "ground": erasure_words.GROUNDS.get(asked.ground, ""),
        "proposal": erasure_words.VERDICTS.get(asked.proposal, ""),
        "outcome": erasure_words.VERDICTS.get(asked.outcome, ""),
    }


def _stamp(asked: "ErasureRequest") -> str:
    moment = asked.proposed_at
    return moment.isoformat() if moment else ""
