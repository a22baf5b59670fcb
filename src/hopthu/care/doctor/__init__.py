"""Is all well? A list of checks, each a small function that looks at one thing as it really is.

Every check gives findings: `ok`, `warn` (works, but somebody should know) or `FAIL` (somebody is
harmed, or will be), the last two with what to do. Nothing is changed by looking.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from django.db import DatabaseError

from hopthu.care.doctor import (
    clock,
    database,
    deletions,
    hidden,
    keys,
    letters,
    proxy,
    record,
    storage,
    surroundings,
)
from hopthu.care.doctor.findings import Finding, fail

Check = Callable[[datetime], Iterable[Finding]]
CHECKS: tuple[tuple[str, Check], ...] = (
    ("storage", storage.check),
    ("database", database.check),
    ("migrations", database.migrations),
    ("keys", keys.check),
    ("key split", keys.split),
    ("contacts", letters.contacts),
    ("letters", letters.letters),
    ("record", record.frozen),
    ("queue", record.queue),
    ("head", record.head),
    ("witnesses", record.witnesses),
    ("erased words", database.residue),
    ("deletions", deletions.check),
    ("hidden", hidden.check),
    ("translations", surroundings.translations),
    ("clock", clock.check),
    ("access logs", proxy.check),
    ("https", surroundings.https),
)


def examine(at: datetime) -> Iterator[tuple[str, Finding]]:
    """The name of every check, with what it found."""
    for name, check in CHECKS:
        try:
            for finding in check(at):
                yield name, finding
        except (OSError, DatabaseError) as error:
            yield name, fail(f"cannot be checked: {str(error).partition(chr(10))[0]}", "see above")
