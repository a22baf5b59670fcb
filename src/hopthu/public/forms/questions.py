"""A category's own questions, as inputs; the types are those of Open311 GeoReport v2."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from hopthu.bodies.configuration import Question
from hopthu.public.forms.draft import QUESTION
from hopthu.public.forms.form import Form
from hopthu.reports.intake import MAX_ANSWER

FEW = 6
"""So many choices are shown at once; more fold into a list."""


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    hint: str = ""
    icon: str = ""


@dataclass(frozen=True)
class Input:
    """Everything that the templates of `web/components` ask of one input."""

    name: str
    template: str
    label: str
    hint: str
    error: str
    optional: bool
    values: tuple[str, ...]
    options: list[Option] = field(default_factory=list)
    type: str = "text"
    inputmode: str = ""
    maxlength: int | None = None

    @property
    def value(self) -> str:
        return self.values[0] if self.values else ""

    @property
    def empty(self) -> str:
        return _("Choose from the list")


def inputs(form: Form, errors: dict[str, str]) -> list[Input]:
    questions = form.category.questions if form.category else ()
    return [_input(question, form, errors) for question in questions]


def _input(question: Question, form: Form, errors: dict[str, str]) -> Input:
    name = f"{QUESTION}{question.code}"
    template, kind, inputmode = _look(question)
    return Input(
        name=name,
        template=f"components/{template}.html",
        label=str(question.prompt),
        hint=_hint(question),
        error=errors.get(name, ""),
        optional=not question.required,
        values=form.draft.answers.get(question.code, ()),
        options=[Option(key, str(words)) for key, words in question.choices],
        type=kind,
        inputmode=inputmode,
        maxlength=MAX_ANSWER if template == "textarea" else None,
    )


def _look(question: Question) -> tuple[str, str, str]:
    """Which component, its type, and the keyboard that a phone shows."""
    match question.datatype:
        case "text":
            return "textarea", "", ""
        case "number":
            return "text_input", "text", "decimal"
        case "datetime":
            return "text_input", "datetime-local", ""
        case "singlevaluelist":
            return ("choices", "radio", "") if len(question.choices) <= FEW else ("select", "", "")
        case "multivaluelist":
            return "choices", "checkbox", ""
        case _:
            return "text_input", "text", ""


def _hint(question: Question) -> str:
    if question.public:
        return str(question.help)
    private = _("Only the office in charge sees this answer.")
    return f"{question.help} {private}".strip()
