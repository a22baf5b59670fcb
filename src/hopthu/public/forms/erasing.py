"""What a form to ask for something to be deleted holds, and how it comes back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from hopthu.core.erasure import Scope
from hopthu.public.forms.limits import limits
from hopthu.public.forms.questions import Option
from hopthu.reports.actions.erasing import Wish
from hopthu.web import erasure_words
from hopthu.web.words import Words


@dataclass(frozen=True)
class Asking:
    """The form as it was typed, and what is wrong with it: field → message."""

    wish: Wish = field(default_factory=lambda: Wish(scope=""))
    errors: dict[str, str] = field(default_factory=dict)


def read(data: QueryDict) -> Wish:
    """Browsers send line ends as CR LF; texts are kept with LF alone."""
    return Wish(
        scope=data.get("scope", ""),
        passage=data.get("passage", "").replace("\r\n", "\n").strip(),
        ground=data.get("ground", ""),
    )


def context(asking: Asking) -> dict[str, Any]:
    """For `public/erasure/fields.html`."""
    return {
        "wish": asking.wish,
        "wrong": {f"erasure-{name}": message for name, message in asking.errors.items()},
        "scope_label": _("What shall be deleted?"),
        "scopes": _options(erasure_words.SCOPES),
        "scope": asking.wish.scope or Scope.PASSAGE,
        "passage_label": _("The words, exactly as they stand in the report"),
        "ground_label": _("Why?"),
        "grounds": _options(erasure_words.GROUNDS),
        **limits(),
    }


def _options(words: Mapping[str, Words]) -> list[Option]:
    return [Option(value, str(label)) for value, label in words.items()]
