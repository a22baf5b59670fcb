"""The page of one report: what it says, what happened, what may be done with it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from hopthu.bodies.configuration import Configuration, Question
from hopthu.bodies.queries import configuration
from hopthu.care.openings.queries import may_ask
from hopthu.core.lifecycle import STEPS
from hopthu.core.terms import Role, Step
from hopthu.core.text import spot_personal_data
from hopthu.desk.due import due
from hopthu.desk.forms.offers import Offers, Tried, offers
from hopthu.desk.history import history
from hopthu.desk.page import desk_page
from hopthu.people.actors import Actor
from hopthu.reports.following.counting import followed
from hopthu.reports.queries.desk import Folder, folder, newer_events, next_in_queue
from hopthu.reports.queries.held import may_look
from hopthu.web.answers import shown

if TYPE_CHECKING:
    from hopthu.reports.models import Photo, Report


@dataclass(frozen=True)
class Trouble:
    """Why a page is shown again instead of what was asked for."""

    tried: Tried | None = None
    seen: int | None = None
    """Somebody was first: the newest event that the form had been made of."""
    note: str = ""
    note_error: str = ""


@dataclass(frozen=True)
class Detail:
    prompt: str
    answer: str
    public: bool


def report_page(
    request: HttpRequest,
    actor: Actor,
    report: "Report",
    *,
    trouble: Trouble | None = None,
    status: int = 200,
) -> HttpResponse:
    """`report` is one that `queries.desk.find` gave for `actor`."""
    trouble = trouble or Trouble()
    setup, now = configuration(), timezone.now()
    here = folder(report, actor)
    offered = offers(here, actor, setup, now, trouble.tried)
    newer = newer_events(report, trouble.seen) if trouble.seen is not None else []
    tried = trouble.tried
    context = {
        "nav": "queue",
        "report": report,
        "folder": here,
        "area": report.area.name if report.area else "",
        "details": list(_details(here, setup)),
        "photos": [_photo(photo, may_look(photo, report, actor)) for photo in here.photos],
        "timeline": history(here.events, setup),
        "followers": list(_followers(report)),
        "due": due(report.resolve_by, now) if report.is_open else None,
        "acknowledge": _acknowledge(report, now),
        "personal_data": bool(spot_personal_data(report.text)) and not report.private,
        "offers": offered,
        "errors": _summary(tried, offered),
        "newer": history(newer, setup),
        "lost": tried.written if tried and tried.step not in offered else [],
        "refused": tried.refused if tried and tried.step not in offered else "",
        "note": trouble.note,
        "note_error": trouble.note_error,
        **_hiding(report, actor, now),
        "may_call": may_ask(report, actor),
        "following": next_in_queue(report, actor) if actor.own_bodies else None,
    }
    return desk_page(request, "desk/report.html", context, status=status)


def _summary(tried: Tried | None, offered: Offers) -> dict[str, str]:
    """Id of the field → message, for the list above the forms."""
    if tried is None or tried.step not in offered:
        return {}
    found = {f"{tried.step}-{name}": words for name, words in tried.errors.items()}
    return found | ({f"step-{tried.step}": tried.refused} if tried.refused else {})


def _hiding(report: "Report", actor: Actor, now: datetime) -> dict[str, Any]:
    """Whether the order that it is hidden by is due, and who decides about one that waits."""
    proposal = getattr(report, "proposal", None)
    return {
        "review_due": report.review_on is not None and report.review_on <= timezone.localdate(now),
        "decides_order": bool(STEPS[Step.HIDE].who & actor.roles),
        "may_confirm_order": proposal is not None
        and proposal.staff_id != actor.staff_id
        and Role.EDITOR not in actor.roles,
    }


def _followers(report: "Report") -> Iterator[str]:
    """How many hear of it by e-mail, where those are ten and more; never who."""
    for name, count in followed(report):
        yield f"{name}: {count}" if name else _("this report: %(n)s") % {"n": count}


def _acknowledge(report: "Report", now: datetime) -> object:
    waits = report.is_open and report.acknowledged_at is None
    return due(report.acknowledge_by, now) if waits else None


def _photo(photo: "Photo", visible: bool) -> dict[str, object]:
    url = reverse("desk:photo", args=[photo.name])
    return {
        "name": photo.name,
        "url": url if visible else "",
        "thumb": f"{url}?size=small",
        "width": photo.width,
        "height": photo.height,
        "state": photo.state,
        "reason": photo.reason,
    }


def _details(here: Folder, setup: Configuration) -> Iterator[Detail]:
    """The answers to the category's questions; those not public only for those inside."""
    report = here.report
    category = setup.categories.get(report.category.code)
    questions = {question.code: question for question in category.questions} if category else {}
    for code, answer in report.details.items():
        question = questions.get(code)
        public = code not in report.withheld and (question is None or question.public)
        if public or here.inside:
            yield _detail(code, answer, question, public=public)


def _detail(
    code: str, answer: str | list[str], question: Question | None, *, public: bool
) -> Detail:
    if question is None:
        return Detail(code, ", ".join([answer] if isinstance(answer, str) else answer), public)
    return Detail(str(question.prompt), shown(question, answer), public)
