"""What the template of each page of the form is given, beside the draft itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from hopthu.public.forms import review, uploads
from hopthu.public.forms.draft import QUESTION
from hopthu.public.forms.form import Form
from hopthu.public.forms.limits import limits
from hopthu.public.forms.pages import Page, before, wanted
from hopthu.public.forms.problems import Problem
from hopthu.public.forms.questions import Option, inputs

FOLD_FROM = 25
"""A city with so many categories shows its groups folded."""
STEPS = {
    "what": 0,
    "danger": 0,
    "before": 0,
    "where": 1,
    "describe": 2,
    "nearby": 2,
    "check": 3,
}
"""The steps that the sender is told of; a page that only some see belongs to the one before."""


@dataclass(frozen=True)
class Progress:
    step: int
    of: int


def context(page: Page, form: Form, problems: tuple[Problem, ...]) -> dict[str, Any]:
    errors = first_of_each(problems)
    back = before(page, form)
    own = CONTEXTS.get(page.name)
    return {
        "page": page.name,
        "draft": form.draft,
        "category": form.category,
        "private": form.private,
        "errors": _told_apart(errors, form),
        "hidden": list(form.draft.hidden(shown=page.shows)),
        "back_page": back.name if back else "",
        "progress": _progress(page, form),
        "nav": "new",
        **limits(),
        **(own(form, errors) if own else {}),
    }


def first_of_each(problems: tuple[Problem, ...]) -> dict[str, str]:
    """Field → its first message, in the order of the page."""
    errors: dict[str, str] = {}
    for problem in problems:
        errors.setdefault(problem.field, problem.message)
    return errors


def _told_apart(errors: dict[str, str], form: Form) -> dict[str, str]:
    """For the summary above the page: which of the city's own questions a message is about."""
    questions = form.category.questions if form.category else ()
    prompts = {f"{QUESTION}{question.code}": question.prompt for question in questions}
    return {
        name: f"{prompts[name]} – {message}" if name in prompts else message
        for name, message in errors.items()
    }


def _progress(page: Page, form: Form) -> Progress:
    steps = sorted({STEPS[one.name] for one in wanted(form)} | {STEPS[page.name]})
    if form.category is None:
        return Progress(1, 4)
    return Progress(steps.index(STEPS[page.name]) + 1, len(steps))


def _what(form: Form, errors: dict[str, str]) -> dict[str, Any]:  # noqa: ARG001
    groups = form.configuration.groups
    chosen = form.category.group if form.category else ""
    return {
        "groups": groups,
        "folded": sum(len(group.categories) for group in groups) >= FOLD_FROM,
        "open_group": chosen,
    }


def _danger(form: Form, errors: dict[str, str]) -> dict[str, Any]:  # noqa: ARG001
    return {"numbers": form.configuration.city.emergency_numbers}


def _before(form: Form, errors: dict[str, str]) -> dict[str, Any]:  # noqa: ARG001
    bodies = form.configuration.bodies.values()
    return {
        "bodies": [Option(body.code, str(body.name)) for body in bodies],
        "about_label": _("Which office is it about?"),
        "about_hint": _("Choose the office whose service or counter you mean."),
        "elsewhere": _("That office does not decide on your report."),
        "legal_title": _("This is no complaint or denunciation in law"),
    }


def _where(form: Form, errors: dict[str, str]) -> dict[str, Any]:  # noqa: ARG001
    areas = form.configuration.areas.values()
    return {
        "areas": [Option(area.code, str(area.name)) for area in areas],
        "by_point": bool(form.category and form.category.place == "point"),
    }


def _describe(form: Form, errors: dict[str, str]) -> dict[str, Any]:
    return {
        "text_label": _("What is wrong?"),
        "text_hint": _(
            "Say what you see, since when, and whom it troubles. Words or a photo: one is enough. "
            "Please leave out names, telephone numbers and number plates."
        ),
        "uploads": uploads.shown(form.draft.uploads),
        "questions": inputs(form, errors),
    }


def _nearby(form: Form, errors: dict[str, str]) -> dict[str, Any]:  # noqa: ARG001
    return {"nearby": form.nearby}


def _check(form: Form, errors: dict[str, str]) -> dict[str, Any]:  # noqa: ARG001
    return review.context(form)


CONTEXTS: Mapping[str, Callable[[Form, dict[str, str]], dict[str, Any]]] = {
    "what": _what,
    "danger": _danger,
    "before": _before,
    "where": _where,
    "describe": _describe,
    "nearby": _nearby,
    "check": _check,
}
