"""What else has to be right: the languages, and HTTPS."""

import gettext
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Final

from django.conf import settings

from hopthu.care.doctor.findings import Finding, fail, ok, warn

_WRITTEN_IN: Final = "en"
"""The language that the texts have in the program."""
_HERE: Final = {"localhost", "127.0.0.1", "[::1]"}


def translations(_at: datetime) -> Iterator[Finding]:
    catalogues = {code: _catalogue(code) for code, _ in settings.LANGUAGES if code != _WRITTEN_IN}
    every = set().union(*(found or () for found in catalogues.values()))
    wrong = []
    for code, found in catalogues.items():
        if found is None:
            wrong.append(fail(f"{code} is not there", "run `make setup`"))
        elif missing := len(every - found):
            wrong.append(warn(f"{missing} texts are missing in {code}", "update, or tell us"))
    yield from wrong or [ok(f"{len(every):,} texts in {len(catalogues) + 1} languages")]


def _catalogue(code: str) -> set[object] | None:
    """The texts of a language that are ready to be shown."""
    path = Path(settings.LOCALE_PATHS[0], code, "LC_MESSAGES", "django.mo")
    if not path.exists():
        return None
    with path.open("rb") as file:
        texts: dict[object, str] = vars(gettext.GNUTranslations(file))["_catalog"]
    # Of a plural the number of forms differs by language: its name counts once.
    return {key[0] if isinstance(key, tuple) else key for key, text in texts.items() if text}


def https(_at: datetime) -> Iterator[Finding]:
    todo = "set HOPTHU_HTTPS=true behind a proxy with HTTPS"
    public = sorted(set(settings.ALLOWED_HOSTS) - _HERE)
    if settings.DEBUG:
        yield fail("HOPTHU_DEBUG is on: errors show the inside of the program", "set it to false")
    if settings.SESSION_COOKIE_SECURE:
        yield ok("insisted on")
    elif public:
        yield fail(f"off, though {', '.join(public)} is public: anybody on the way can read", todo)
    else:
        yield warn("off: well for a trial on this machine", todo)
