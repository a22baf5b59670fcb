"""What is said of an e-mail address that no letter could be sent to."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ADDRESS_FAULTS: Final[Mapping[str, Promise]] = {
    "too_long": _("An e-mail address has at most 254 characters."),
    "no_at": _("An e-mail address looks like name@example.com."),
    "local": _(
        "Before the @ we can write to plain letters, digits, dots and dashes only, as in "
        "name@example.com."
    ),
    "domain": _("What stands after the @ is not the name of a mail host."),
}
"""`core.mail_addresses.BadAddress.why` → what is said beside the field."""
