"""The last look before sending: everything as others will see it, personal data pointed out."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from hopthu.bodies.configuration import Question
from hopthu.core.limits import MAX_TEXT
from hopthu.core.text import clean, spot_personal_data
from hopthu.public.forms import contact, uploads
from hopthu.public.forms.form import Form
from hopthu.public.forms.questions import Option
from hopthu.reports.promises import promises
from hopthu.web.answers import shown


@dataclass(frozen=True)
class Part:
    """Words, and of which kind the personal data in them seems to be ("" for none)."""

    words: str
    kind: str = ""


@dataclass(frozen=True)
class Row:
    label: str
    parts: tuple[Part, ...]
    page: str
    """Where it is changed."""
    note: str = ""
    photos: tuple[uploads.Shown, ...] = ()


def context(form: Form) -> dict[str, Any]:
    """For `new/check.html`. The form holds: every page was checked before."""
    category = form.category
    if category is None:
        return {}
    rows = list(_rows(form))
    kinds = {part.kind: None for row in rows for part in row.parts if part.kind}
    return {
        "rows": rows,
        "spotted": [_kind_words(kind) for kind in kinds],
        "spotted_title": _("This may be about a person"),
        "promises": promises(form.configuration, category, form.at),
        "promise_title": _("What the city promises"),
        **contact.context(form.draft.email, form.draft.phone, call_me=form.draft.call_me),
        "private_label": _("Who may read it?"),
        "private_value": "1" if form.draft.private else "0",
        "private_options": [
            Option(
                "0", _("Everyone"), _("So that neighbours see it and need not report it again.")
            ),
            Option(
                "1",
                _("Only the office in charge"),
                _("It never appears in the public list. You see the answers with your code."),
            ),
        ],
    }


def marked(text: str) -> tuple[Part, ...]:
    """`text` cut where personal data was spotted."""
    parts: list[Part] = []
    done = 0
    for spot in spot_personal_data(text):
        parts += [Part(text[done : spot.start]), Part(text[spot.start : spot.end], spot.kind)]
        done = spot.end
    parts.append(Part(text[done:]))
    return tuple(part for part in parts if part.words)


def _rows(form: Form) -> Iterator[Row]:
    category, draft = form.category, form.draft
    if category is None:
        return
    yield Row(_("About"), (Part(str(category.name)),), "what")
    if category.oversight:
        body = form.configuration.bodies[draft.concerned]
        yield Row(_("The office it is about"), (Part(str(body.name)),), "before")
    if category.place != "none":
        yield _where(form)
    text = clean(draft.text, limit=MAX_TEXT)
    yield Row(_("What is wrong"), marked(text) or (Part(_("No words, only photos")),), "describe")
    photos = uploads.shown(draft.uploads)
    if photos:
        note = _(
            "They appear after somebody has looked at them, and has covered faces and number "
            "plates that were left."
        )
        yield Row(_("Photos"), (), "describe", "" if form.private else note, photos)
    for question in category.questions:
        yield from _answer(question, draft.answers.get(question.code, ()))


def _where(form: Form) -> Row:
    parts = list(marked(form.kept_place.landmark))
    if form.area:
        parts.append(Part(f"{', ' if parts else ''}{form.area.name}"))
    note = ""
    if form.kept_place.point:
        note = _("The pin is kept to about 10 metres, so that it points at no door.")
    return Row(_("Where"), tuple(parts), "where", note)


def _answer(question: Question, values: tuple[str, ...]) -> Iterator[Row]:
    given = [value for value in values if value.strip()]
    if not given:
        return
    note = "" if question.public else _("Only the office in charge sees this answer.")
    if question.choices or question.datatype == "datetime":
        yield Row(str(question.prompt), (Part(shown(question, given)),), "describe", note)
    else:
        text = clean(given[0], limit=MAX_TEXT)
        yield Row(str(question.prompt), marked(text), "describe", note)


def _kind_words(kind: str) -> str:
    return {
        "phone": _("a telephone number"),
        "email": _("an e-mail address"),
        "identity_number": _("an identity number"),
        "number_plate": _("a number plate"),
        "bank_account": _("a bank account"),
        "name": _("the name of a person"),
    }[kind]
