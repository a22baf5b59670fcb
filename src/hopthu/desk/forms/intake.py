"""A report that a clerk takes down: one form, and a second look where a category asks for more."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.translation import gettext as _

from hopthu.bodies.configuration import Category, Configuration, Question
from hopthu.core.limits import MAX_TEXT
from hopthu.desk.forms import choices, fields
from hopthu.desk.forms.fields import Field, Option
from hopthu.desk.forms.step_form import read_place
from hopthu.reports.intake import Intake, Place

QUESTION = "question_"
TYPES: Mapping[str, str] = {"datetime": "datetime-local"}


@dataclass(frozen=True)
class IntakeForm:
    setup: Configuration
    typed: Mapping[str, list[str]] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def category(self) -> Category | None:
        code = next(iter(self.typed.get("category", ())), "")
        category = self.setup.categories.get(code)
        return category if category and category.active else None

    def category_field(self) -> Field:
        groups = choices.category_groups(self.setup)
        return self._filled(
            fields.grouped("category", _("What is it about?"), groups, empty=_("Choose"))
        )

    def place_fields(self) -> list[Field]:
        return [self._filled(one) for one in choices.place_fields(self.setup)]

    def point_fields(self) -> list[Field]:
        return [self._filled(one) for one in choices.point_fields()]

    def words_fields(self) -> list[Field]:
        text = fields.textarea(
            "text",
            _("What they tell"),
            rows=6,
            maxlength=MAX_TEXT,
            hint=_("In their own words, without names. Everybody reads it."),
        )
        private = fields.checkbox(
            "private", _("Only the office in charge reads it"), hint=_("If the sender wants that.")
        )
        return [self._filled(text), self._filled(private)]

    def more(self) -> list[Field]:
        """The questions of the category that was chosen."""
        if self.category is None:
            return []
        return [self._filled(one) for one in _more(self.category, self.setup)]

    def questions(self) -> dict[str, list[Field]]:
        """What other categories ask, by their codes: for pages that can change the form."""
        return {
            category.code: [one.in_form("new", None, {}) for one in _more(category, self.setup)]
            for group in self.setup.groups
            for category in group.categories
            if category != self.category and (category.questions or category.oversight)
        }

    def _filled(self, one: Field) -> Field:
        return one.in_form("new", self.typed or None, self.errors)


def read_intake(data: QueryDict) -> Intake:
    """Raises `step_form.Unreadable`."""
    return Intake(
        category=data.get("category", ""),
        place=read_place(data) or Place(),
        text=data.get("text", ""),
        details={
            name.removeprefix(QUESTION): [str(value) for value in values]
            for name, values in data.lists()
            if name.startswith(QUESTION)
        },
        private=bool(data.get("private")),
        concerned=data.get("concerned") or None,
    )


def _more(category: Category, setup: Configuration) -> Iterator[Field]:
    if category.oversight:
        label = _("Which office is it about?")
        yield fields.select("concerned", label, choices.body_options(setup), empty=_("Choose"))
    for question in category.questions:
        yield _question(question)


def _question(question: Question) -> Field:
    name, label = f"{QUESTION}{question.code}", str(question.prompt)
    hint, optional = str(question.help), not question.required
    options = [Option(key, str(words)) for key, words in question.choices]
    match question.datatype:
        case "singlevaluelist":
            return fields.radios(name, label, options, hint=hint, optional=optional)
        case "multivaluelist":
            return fields.checkboxes(name, label, options, hint=hint, optional=optional)
        case "text":
            return fields.textarea(name, label, hint=hint, optional=optional, rows=3)
        case "number":
            return fields.text(
                name, label, hint=hint, optional=optional, inputmode="decimal", width="w-10"
            )
    kind = TYPES.get(question.datatype, "")
    return fields.text(name, label, hint=hint, optional=optional, type=kind)
