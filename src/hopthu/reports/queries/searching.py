"""Finding reports by words: each word a substring of the folded text, on every database alike.

The index of three-letter pieces (FTS5 trigram on SQLite, pg_trgm on PostgreSQL) only makes it
fast; words of one or two letters ("xe", "hố") are looked for in the text itself.
"""

import re

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from hopthu.core.text import fold
from hopthu.reports.models import Report

MAX_WORDS = 8
BETWEEN_WORDS = re.compile(r"[\x00\u2010-\u2015-]")
"""NUL, which no database takes, and dashes: numbers of reports are kept without theirs."""
INDEXED = 3
"""Letters from which on a word can be found in the index."""


def with_words(rows: QuerySet[Report], words: str) -> QuerySet[Report]:
    """Those of `rows` that hold every one of `words` (the first eight)."""
    folded = BETWEEN_WORDS.sub(" ", fold(words)).split()[:MAX_WORDS]
    if connection.vendor != "sqlite":
        return _containing(rows, folded)
    long = [word for word in folded if len(word) >= INDEXED]
    rows = _containing(rows, [word for word in folded if len(word) < INDEXED])
    return rows.filter(id__in=_indexed(long)) if long else rows


def _containing(rows: QuerySet[Report], words: list[str]) -> QuerySet[Report]:
    for word in words:
        rows = rows.filter(search_text__contains=word)
    return rows


def _indexed(words: list[str]) -> RawSQL:
    phrases = " AND ".join('"' + word.replace('"', '""') + '"' for word in words)
    return RawSQL("SELECT rowid FROM reports_search WHERE search_text MATCH %s", [phrases])
