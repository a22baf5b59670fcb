"""`README.txt`: what is in the package, in the language of whoever reads the page."""

import textwrap
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from hopthu.care.access.parts import OMISSIONS, PARTS, SECTIONS
from hopthu.core.codes import format_number

WIDTH: Final = 78


def readme(number: str, *, at: datetime, with_proof: bool) -> str:
    return "\n".join(_lines(number, at, with_proof=with_proof)) + "\n"


def _lines(number: str, at: datetime, *, with_proof: bool) -> Iterator[str]:
    title = _("Report %(number)s: everything that the city holds about it")
    when = formats.date_format(timezone.localtime(at), "DATETIME_FORMAT")
    yield title % {"number": format_number(number)}
    yield ""
    yield _("As it stood on %(when)s.") % {"when": when}
    yield from _wrapped(_("It holds your words: keep it as carefully as your follow-up code."))
    yield ""
    yield from _files(with_proof=with_proof)
    yield ""
    yield from _wrapped(
        _(
            "What was covered shows as █████. What was deleted for good is not here: it is nowhere "
            "any more. That it was done, when and why, stands among the steps."
        )
    )
    yield from _told()
    yield from _left_out()


def _files(*, with_proof: bool) -> Iterator[str]:
    yield from _entry("report.json", _("The report, its steps, photos, internal notes and letters"))
    yield from _entry("photos/", _("Your photos, also those that others do not see"))
    if with_proof:
        yield from _entry("proof.json", _("The receipts of the public record, with every value"))
    else:
        yield from _wrapped(_("This city keeps no public record, so there is no proof.json."))


def _told() -> Iterator[str]:
    for section, model in SECTIONS.items():
        yield ""
        yield f"report.json: {section}"
        for part in PARTS:
            if part.model == model:
                yield from _entry(part.fields.replace(" ", ", "), str(part.what))
    yield ""
    yield from _entry("contact_held", _("Whether the city holds an address of yours"))
    yield from _entry("telephone_held", _("Whether the city holds a telephone number of yours"))


def _left_out() -> Iterator[str]:
    yield ""
    yield _("What is not in here, and why")
    for omission in OMISSIONS:
        names = ", ".join(f"{omission.model}.{name}" for name in omission.fields.split())
        yield from _entry(names, str(omission.why))


def _entry(names: str, words: str) -> Iterator[str]:
    yield from _wrapped(f"- {names}", indent="  ")
    yield from _wrapped(words, indent="    ", first="    ")


def _wrapped(words: str, *, indent: str = "", first: str = "") -> Iterator[str]:
    # Names of fields are kept whole, and so are words of a script without spaces.
    yield from textwrap.wrap(
        words,
        WIDTH,
        initial_indent=first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
