"""The form behind the link of an invitation: a name and a password of one's own."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hopthu.people import passwords
from hopthu.people.passwords import WeakPassword

MAX_NAME: Final = 120
OURS: Final = "hopthu"
WEAK: Final[Mapping[str, Promise]] = {
    "short": gettext_lazy("At least 12 characters, please. Four words that you remember will do."),
    "common": gettext_lazy("Too many others use this one, so it is tried first. Another, please."),
    "own": gettext_lazy("Your name, or the city’s, is tried first. Something else, please."),
}
"""`people.passwords.WeakPassword.why` → what is said beside the field."""


class BadChoice(Exception):
    """Name of a field → what is wrong with it."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(", ".join(errors))
        self.errors = errors


@dataclass(frozen=True)
class Chosen:
    name: str
    password: str = field(repr=False)


def read(data: QueryDict, *, username: str, city: str) -> Chosen:
    """Raises `BadChoice`."""
    errors: dict[str, str] = {}
    name, password = " ".join(data.get("name", "").split()), data.get("password", "")
    if not name.isprintable() or not 0 < len(name) <= MAX_NAME:
        errors["name"] = _("Please write your name, as colleagues are to see it.")
    try:
        passwords.check(password, own=(username, name, city, OURS))
    except WeakPassword as error:
        errors["password"] = str(WEAK[error.why])
    if "password" not in errors and password != data.get("again", ""):
        errors["again"] = _("This is not the same as above. Please type both once more.")
    if errors:
        raise BadChoice(errors)
    return Chosen(name, password)
