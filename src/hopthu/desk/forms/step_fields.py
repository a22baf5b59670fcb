"""What each step asks: the fields of its form, from what the lifecycle says it needs."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from hopthu.bodies.configuration import Configuration
from hopthu.core.codes import format_number
from hopthu.core.limits import MAX_TEXT
from hopthu.core.terms import DeclineReason, HideReason, Need, Outcome, Step
from hopthu.core.text import spot_personal_data
from hopthu.desk import words
from hopthu.desk.forms import choices, fields
from hopthu.desk.forms.fields import Field, Option
from hopthu.reports.queries.desk import Folder
from hopthu.reports.queries.nearby import Nearby
from hopthu.web import words as shared


@dataclass(frozen=True)
class Asking:
    """A step that is offered, and all that its fields are made of."""

    step: Step
    folder: Folder
    setup: Configuration
    at: datetime
    colleagues: tuple[tuple[int, str], ...] = ()
    """Id and name of those who may be given the report, oneself first."""
    candidates: tuple[Nearby, ...] = ()
    """What the report may be merged into."""
    only_orders: bool = False
    """Whoever asks may hide by an order alone."""


def fields_of(asking: Asking, needs: tuple[Need, ...]) -> list[Field]:
    """The fields in the order of the needs, public words last: first decide, then write."""
    asked = (*needs, *_more_needs(asking))
    ordered = sorted(asked, key=lambda need: need is Need.WORDS)
    found = [one for need in ordered for one in FIELDS[need](asking)]
    if Need.WORDS not in needs and asking.step in words.YOUR_WORDS:
        found += _words(asking, optional=True)
    return found


def _more_needs(asking: Asking) -> tuple[Need, ...]:
    """What a step takes in some cases alone."""
    if asking.step is Step.HIDE:
        return (Need.ORDER,)
    if asking.step is Step.KEEP_HIDDEN and asking.folder.report.review_on is not None:
        return (Need.DATE,)
    return ()


def _words(asking: Asking, *, optional: bool = False) -> Iterator[Field]:
    yield fields.textarea(
        "words",
        str(words.YOUR_WORDS[asking.step]),
        hint=_public_hint(asking),
        optional=optional,
        rows=4,
        maxlength=MAX_TEXT,
    )


def _public_hint(asking: Asking) -> str:
    if asking.folder.report.private:
        return _("Only the sender reads this: the report is private.")
    return _("Public: everybody reads this. No names or telephone numbers of residents.")


def _body(asking: Asking) -> Iterator[Field]:
    report = asking.folder.report
    options = [
        Option(body.code, str(body.name))
        for body in asking.setup.bodies.values()
        if body.id not in (report.body_id, report.concerned_id)
    ]
    yield fields.select("body", _label(Need.BODY), options, empty=_("Choose"))


def _person(asking: Asking) -> Iterator[Field]:
    options = [Option(str(pk), name) for pk, name in asking.colleagues]
    yield fields.select("person", _label(Need.PERSON), options)


def _category(asking: Asking) -> Iterator[Field]:
    groups = choices.category_groups(asking.setup, without=asking.folder.report.category.code)
    yield fields.grouped("category", _label(Need.CATEGORY), groups, empty=_("Choose"))


def _place(asking: Asking) -> Iterator[Field]:
    report = asking.folder.report
    if report.category.place == "point":
        yield from choices.point_fields(report.point)
    yield from choices.place_fields(
        asking.setup,
        area=report.area.code if report.area else "",
        landmark=report.landmark,
    )


def _date(asking: Asking) -> Iterator[Field]:
    hint = ""
    if asking.step is Step.EXTEND:
        promised = timezone.localtime(asking.folder.report.resolve_by)
        hint = _("Promised now: %(date)s") % {"date": formats.date_format(promised, "DATE_FORMAT")}
    value = ""
    if asking.step is Step.REFER:
        value = (timezone.localdate(asking.at) + timedelta(days=30)).isoformat()
    yield fields.text(
        "date", str(words.DAYS[asking.step]), hint=hint, value=value, type="date", width="w-20"
    )


def _outcome(_asking: Asking) -> Iterator[Field]:
    options = [Option(outcome, str(shared.OUTCOMES[outcome])) for outcome in Outcome]
    yield fields.radios("outcome", _label(Need.OUTCOME), options)


def _reason(asking: Asking) -> Iterator[Field]:
    yield fields.radios("reason", _label(Need.REASON), list(_reasons(asking)))


def _reasons(asking: Asking) -> Iterator[Option]:
    match asking.step:
        case Step.DECLINE:
            for why in DeclineReason:
                hint = words.DECLINE_HINTS.get(why, "")
                yield Option(why, str(shared.DECLINE_REASONS[why]), str(hint))
        case Step.HIDE:
            for ground in (HideReason.ORDER,) if asking.only_orders else HideReason:
                hint = words.HIDE_HINTS.get(ground, "")
                yield Option(ground, str(shared.HIDE_REASONS[ground]), str(hint))


def _recipient(_asking: Asking) -> Iterator[Field]:
    yield fields.text("recipient", _label(Need.RECIPIENT))


def _phone(_asking: Asking) -> Iterator[Field]:
    yield fields.text("phone", _label(Need.PHONE), type="tel", width="w-20")


def _target(asking: Asking) -> Iterator[Field]:
    if asking.candidates:
        options = [candidate_option(near) for near in asking.candidates]
        yield fields.radios(
            "candidate", _("Open reports that may be the same"), options, optional=True
        )
    label = _("Another number") if asking.candidates else _label(Need.TARGET)
    yield fields.text("target", label, width="w-20")


def candidate_option(near: Nearby) -> Option:
    report = near.report
    place = report.landmark or (report.area.name if report.area else "")
    label = f"{format_number(report.number)} · {place}".strip(" ·")
    if near.metres:
        label += " · " + _("%(metres)s m away") % {"metres": near.metres}
    return Option(report.number, label, report.text[:140])


def _passage(asking: Asking) -> Iterator[Field]:
    spotted = spotted_passages(asking.folder)
    if spotted:
        options = [Option(passage, passage) for passage in spotted]
        yield fields.radios("spotted", _("Looks like personal data"), options, optional=True)
    label = _("Other words, exactly as they stand") if spotted else _label(Need.PASSAGE)
    yield fields.textarea("passage", label, rows=2)


def spotted_passages(folder: Folder) -> list[str]:
    """What looks like personal data in the report and in what was said about it, each once."""
    texts = [folder.report.text, folder.report.landmark, *(event.words for event in folder.events)]
    found = (text[spot.start : spot.end] for text in texts for spot in spot_personal_data(text))
    return list(dict.fromkeys(found))[:8]


def _order(_asking: Asking) -> Iterator[Field]:
    """Left empty for any other reason."""
    hint = _("For an order alone. Public, like the next three.")
    yield fields.text("issuer", _("Who ordered it"), hint=hint, optional=True)
    yield fields.text("order", _("Number of the order"), optional=True, width="w-20")
    yield fields.text("ordered", _("Day of the order"), optional=True, type="date", width="w-20")
    yield fields.text(
        "review", str(words.DAYS[Step.KEEP_HIDDEN]), optional=True, type="date", width="w-20"
    )


def _label(need: Need) -> str:
    return str(shared.NEEDS[need])


FIELDS: Mapping[Need, Callable[[Asking], Iterator[Field]]] = {
    Need.WORDS: _words,
    Need.BODY: _body,
    Need.PERSON: _person,
    Need.CATEGORY: _category,
    Need.PLACE: _place,
    Need.DATE: _date,
    Need.OUTCOME: _outcome,
    Need.REASON: _reason,
    Need.RECIPIENT: _recipient,
    Need.PHONE: _phone,
    Need.TARGET: _target,
    Need.PASSAGE: _passage,
    Need.ORDER: _order,
}
