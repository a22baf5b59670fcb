"""What the holder of a code sees of the own report."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from hopthu.bodies.configuration import Category, Configuration
from hopthu.core.lifecycle import UNDO_WITHDRAWAL
from hopthu.core.terms import ANSWERED, Role, Status, Step
from hopthu.people.actors import SENDER
from hopthu.public.forms import contact, uploads
from hopthu.public.forms.follow.steps import DONE, STEPS, Refusal
from hopthu.public.forms.limits import limits
from hopthu.public.forms.problems import Problem
from hopthu.reports.queries.reading import Reading
from hopthu.reports.situation import allowed_steps
from hopthu.web import words
from hopthu.web.answers import answered
from hopthu.web.timeline import WHY_HIDDEN, timeline

if TYPE_CHECKING:
    from hopthu.reports.models import Event, Photo, Report


@dataclass(frozen=True)
class Typed:
    """What was typed into the form of one step that was not taken."""

    step: Step
    words: str = ""
    passage: str = ""
    uploads: tuple[str, ...] = ()
    problem: Problem | None = None

    def refused(self, refusal: Refusal, *, at: datetime) -> Typed:
        """The same with what was wrong, and with those photos only that can still be sent."""
        living = uploads.living(self.uploads, at=at).tokens
        return replace(self, uploads=living, problem=refusal.problem)


@dataclass(frozen=True)
class OwnPhoto:
    url: str
    thumb: str
    width: int
    height: int
    state: str
    cover: str
    """Where the sender covers places of it."""


def context(
    found: Reading,
    setup: Configuration,
    *,
    at: datetime,
    done: str = "",
    typed: Typed | None = None,
) -> dict[str, Any]:
    report = found.report
    steps = [step for step in allowed_steps(report, SENDER, at=at) if step in STEPS]
    return {
        "report": report,
        "look": words.status(report.status, report.outcome),
        "category": setup.categories[report.category.code],
        "details": details(report, setup.categories[report.category.code]),
        "photos": [_photo(photo) for photo in found.photos],
        "own_words": [event for event in found.events if event.role == Role.SENDER and event.words],
        "items": timeline(found.events, setup),
        "steps": {step.value: True for step in steps},
        "can_judge": Step.CONFIRM in steps or Step.DISPUTE in steps,
        "question": _question(report, found.events),
        "answer": _answer(report, found.events),
        "decline_reason": words.DECLINE_REASONS.get(report.decline_reason, ""),
        "hide_reason": words.HIDE_REASONS.get(report.hide_reason, ""),
        "hide_words": _why_hidden(report, found.events),
        "order": report.order,
        "overdue": report.is_open and at > report.resolve_by,
        "undo_until": report.withdrawn_at and report.withdrawn_at + UNDO_WITHDRAWAL,
        "said": DONE.get(done, ""),
        "contact": contact.of(report, at=at),
        **contact.context(),
        **limits(),
        "nav": "follow",
        **_typed(typed),
    }


def _typed(typed: Typed | None) -> dict[str, Any]:
    """The fields of each step's form; the ids carry the step, since several stand on one page."""
    if typed is None:
        return {"errors": {}, "typed": {}, "failed": ""}
    errors = {}
    if typed.problem is not None:
        field = typed.problem.field
        errors[field if field == "top" else f"{typed.step}-{field}"] = typed.problem.message
    return {
        "errors": errors,
        "failed": typed.step.value,
        "typed": {
            typed.step.value: {
                "words": typed.words,
                "passage": typed.passage,
                "uploads": uploads.shown(typed.uploads),
            }
        },
    }


def details(report: Report, category: Category) -> list[dict[str, str]]:
    """The answers to the category's questions, all of them: they are the sender's own."""
    return [
        {"label": str(question.prompt), "value": words}
        for question, words in answered(category, report.details)
    ]


def _photo(photo: Photo) -> OwnPhoto:
    states = {
        "held": _("Waits for somebody to look at it"),
        "published": _("Everyone can see it"),
        "withheld": _("Not shown to others"),
    }
    url = reverse("public:follow_photo", args=[photo.name])
    return OwnPhoto(
        url=url,
        thumb=f"{url}?size=small",
        width=photo.width,
        height=photo.height,
        state=states[photo.state],
        cover=reverse("public:follow_cover", args=[photo.pk]),
    )


def _question(report: Report, events: list[Event]) -> Event | None:
    """The city's last question, while it waits for a reply."""
    if report.asked_at is None:
        return None
    return next((event for event in reversed(events) if event.kind == Step.ASK), None)


def _why_hidden(report: Report, events: list[Event]) -> str:
    """The newest words of the city about why it is hidden."""
    if not report.is_hidden:
        return ""
    return next((event.words for event in reversed(events) if event.kind in WHY_HIDDEN), "")


def _answer(report: Report, events: list[Event]) -> Event | None:
    """The words that the city closed the report with."""
    if Status(report.status) not in ANSWERED:
        return None
    closing = (Step.RESOLVE, Step.DECLINE, Step.REFER)
    return next((event for event in reversed(events) if event.kind in closing), None)
