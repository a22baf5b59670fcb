"""The form with which an administrator invites somebody to work for the city."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.translation import gettext as _

from hopthu.bodies.configuration import Configuration
from hopthu.core.mail_addresses import BadAddress, parse_address
from hopthu.core.terms import STAFF, Role
from hopthu.desk.forms import choices, fields
from hopthu.desk.forms.fields import Field, Option
from hopthu.people import invitations
from hopthu.web.address_words import ADDRESS_FAULTS
from hopthu.web.words import ROLES

PREFIX = "invite"
SHOWN_AGAIN = ("email", "username", "role", "body")


class BadInvitation(Exception):
    """Name of a field → what is wrong with it."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(", ".join(errors))
        self.errors = errors


@dataclass(frozen=True)
class Wanted:
    """What was filled in, and can be read."""

    email: str = field(repr=False)
    username: str
    role: Role
    body_id: int | None


@dataclass(frozen=True)
class InviteForm:
    setup: Configuration
    typed: Mapping[str, list[str]] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)

    def fields(self) -> list[Field]:
        roles = [Option(role, str(ROLES[role])) for role in Role if role in STAFF]
        filled = (
            fields.text("email", _("E-mail address"), type="email", required=True, maxlength=254),
            fields.text(
                "username",
                _("User name"),
                required=True,
                maxlength=invitations.MAX_USERNAME,
                hint=_("With which they sign in: letters, digits, dots and dashes."),
            ),
            fields.select("role", _("Task"), roles, required=True, empty=_("Choose")),
            fields.select(
                "body",
                _("Office"),
                choices.body_options(self.setup),
                empty=_("The whole city"),
                hint=_("An officer always works for one office."),
            ),
        )
        return [one.in_form(PREFIX, self.typed or None, self.errors) for one in filled]

    @property
    def password_error(self) -> str:
        return self.errors.get("password", "")


def typed(data: QueryDict) -> dict[str, list[str]]:
    """What is shown again."""
    return {name: data.getlist(name) for name in SHOWN_AGAIN}


def read(data: QueryDict, setup: Configuration) -> Wanted:
    """Raises `BadInvitation`."""
    errors: dict[str, str] = {}
    email, role = "", data.get("role", "")
    try:
        email = parse_address(data.get("email", ""))
    except BadAddress as error:
        errors["email"] = str(ADDRESS_FAULTS[error.why])
    if role not in STAFF:
        errors["role"] = _("Choose from the list.")
    body = setup.bodies.get(data.get("body", ""))
    if data.get("body") and body is None:
        errors["body"] = _("Choose from the list.")
    if errors:
        raise BadInvitation(errors)
    return Wanted(email, data.get("username", ""), Role(role), body.id if body else None)
