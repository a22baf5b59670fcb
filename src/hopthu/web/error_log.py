"""What is logged of an error: where it came from, and nothing that somebody typed.

The words of an exception may quote a row or a form. So they are left out, but for those that
cannot: of our own exceptions, which are written for the log; of the system, which says why in
general; and the first line of a database that cannot work at all. The page that the reader sees and
the line in the log have one reference, made up for that.
"""

import logging
import secrets
import traceback
from collections.abc import Iterator
from types import TracebackType

from django.conf import settings
from django.db import OperationalError
from django.http import HttpRequest

REFERENCE = "error_reference"
ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def refer(request: HttpRequest) -> str:
    """A reference for what just broke; the log line about this request will have it."""
    reference = f"E-{secrets.token_hex(3).upper()}"
    setattr(request, REFERENCE, reference)
    return reference


class Discreet(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        reference = getattr(getattr(record, "request", None), REFERENCE, "")
        return f"{reference} {line}" if reference else line

    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802  logging's name
        if settings.DEBUG or ei[1] is None:
            return super().formatException(ei)
        return "\n".join(reversed(list(_told(ei[1]))))


def _told(error: BaseException) -> Iterator[str]:
    """The error, and what it came of, the newest first."""
    came_of: BaseException | None = error
    while came_of is not None:
        frames = "".join(traceback.format_tb(came_of.__traceback__))
        yield f"Traceback (most recent call last):\n{frames}{_name(came_of)}{_words(came_of)}"
        hidden = came_of.__suppress_context__
        came_of = came_of.__cause__ or (None if hidden else came_of.__context__)


def _name(error: BaseException) -> str:
    return f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")


def _words(error: BaseException) -> str:
    if type(error).__module__.startswith("hopthu."):
        return f": {error}"
    if isinstance(error, OSError):
        return f": {error.strerror}"
    if isinstance(error, OperationalError):
        return f": {str(error).partition(chr(10))[0]}"
    return ""
