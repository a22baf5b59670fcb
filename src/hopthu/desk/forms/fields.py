"""One field of a form, ready to be shown by one of the shared components."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    hint: str = ""


@dataclass(frozen=True)
class OptionGroup:
    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Field:
    """What a component needs to show; `template` says which component."""

    template: str
    name: str
    label: str
    id: str = ""
    """Several forms stand on one page: ids need the form's name in front."""
    hint: str = ""
    value: str = ""
    error: str = ""
    required: bool = False
    optional: bool = False
    options: tuple[Option, ...] = ()
    groups: tuple[OptionGroup, ...] = ()
    empty: str = ""
    values: tuple[str, ...] = ()
    type: str = ""
    inputmode: str = ""
    autocomplete: str = ""
    width: str = ""
    rows: int = 4
    maxlength: int | None = None
    checked: bool = False

    def in_form(
        self, prefix: str, typed: Mapping[str, Sequence[str]] | None, errors: Mapping[str, str]
    ) -> "Field":
        """The field under an id of its own, holding what was typed and what is wrong with it."""
        placed = replace(self, id=f"{prefix}-{self.name}", error=errors.get(self.name, ""))
        if typed is None:
            return placed
        values = tuple(typed.get(self.name, ()))
        return replace(
            placed, value=values[-1] if values else "", values=values, checked=bool(values)
        )

    def context(self) -> dict[str, Any]:
        return dict(vars(self))


def text(name: str, label: str, **more: Any) -> Field:
    return Field("components/text_input.html", name, label, **more)


def textarea(name: str, label: str, **more: Any) -> Field:
    return Field("components/textarea.html", name, label, **more)


def select(name: str, label: str, options: Sequence[Option], **more: Any) -> Field:
    return Field("components/select.html", name, label, options=tuple(options), **more)


def grouped(name: str, label: str, groups: Sequence[OptionGroup], **more: Any) -> Field:
    return Field("desk/grouped_select.html", name, label, groups=tuple(groups), **more)


def radios(name: str, label: str, options: Sequence[Option], **more: Any) -> Field:
    return Field("components/choices.html", name, label, options=tuple(options), **more)


def checkboxes(name: str, label: str, options: Sequence[Option], **more: Any) -> Field:
    return radios(name, label, options, type="checkbox", **more)


def checkbox(name: str, label: str, **more: Any) -> Field:
    return Field("components/checkbox.html", name, label, **more)
