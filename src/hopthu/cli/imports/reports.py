"""`hopthu import reports`: which rows of a file would be taken, and taking them."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from hopthu.bodies.queries import NoCity, configuration
from hopthu.cli.imports.progress import Progress
from hopthu.cli.imports.rejected import Rejected
from hopthu.cli.imports.rows import Row, RowFile, Unreadable
from hopthu.cli.imports.services import Services, read_mapping
from hopthu.cli.imports.tally import Tally
from hopthu.core.georeport import BadRow, read_row
from hopthu.reports.actions.importing import (
    Import,
    already_imported,
    check_import,
    import_batch,
)
from hopthu.reports.intake import BadIntake, Problem

BROKEN_OFF = 130
"""Exit status after Ctrl-C, as shells have it."""
BATCH = 1_000
"""Reports of one transaction."""
REASONS = {
    "outside_city": "lat, long: outside every area",
    "coordinates_swapped": "lat, long: exchanged",
    "place_missing": "lat, long: missing, and the category is about a place",
    "landmark_too_long": "address: too long",
    "text_too_long": "description: too long",
    "text_or_photo": "description: missing",
}


def run(arguments: argparse.Namespace) -> int:
    """0, also where rows are refused; 1 where the whole cannot be imported."""
    try:
        setup = configuration()
    except NoCity:
        print("hopthu: there is no city yet; begin with `hopthu import areas`.", file=sys.stderr)
        return 1
    mapping = read_mapping(arguments.categories, setup) if arguments.categories else {}
    services = Services(mapping, create=arguments.create_categories, pretend=not arguments.apply)
    path = Path(arguments.file)
    rejected = Rejected(settings.DATA / "imports" / f"{path.name}.rejected.ndjson")
    take = _Taking(services, rejected, apply=arguments.apply)
    whole = _take_all(path, take)
    rejected.close()
    print(take.tally.table(applied=arguments.apply))
    print("\n".join(_remarks(take, apply=arguments.apply)))
    return 0 if whole else BROKEN_OFF


def _take_all(path: Path, take: "_Taking") -> bool:
    """False where somebody broke it off; whole batches are in by then."""
    try:
        with RowFile(path) as rows, Progress() as progress:
            for number, row in enumerate(rows, start=1):
                take.row(number, row)
                progress.show(rows.share, f"{number:,} rows")
            take.batch_now()
    except KeyboardInterrupt:
        print("Broken off: the same command goes on from there.", file=sys.stderr)
        return False
    return True


class _Taking:
    """Rows on their way in, a batch at a time."""

    def __init__(self, services: Services, rejected: Rejected, *, apply: bool) -> None:
        self.tally = Tally()
        self.services = services
        self.rejected = rejected
        self._apply = apply
        self._batch: dict[str, Import] = {}
        self._seen: set[str] = set()

    def row(self, number: int, row: Row) -> None:
        try:
            one = self._checked(row)
        except BadRow as error:
            self._refuse(error.why, number, row)
        except BadIntake as error:
            self._refuse(_reason(error.problems[0]), number, row)
        else:
            self._seen.add(one.source.source_id)
            self._batch[one.source.source_id] = one
            if len(self._batch) >= BATCH:
                self.batch_now()

    def batch_now(self) -> None:
        if self._apply:
            fresh = import_batch(list(self._batch.values()), self.services.setup)
        else:
            fresh = len(self._batch) - len(already_imported(self._batch))
        self.tally.fresh += fresh
        self.tally.here += len(self._batch) - fresh
        self._batch.clear()

    def _checked(self, row: Row) -> Import:
        if isinstance(row, Unreadable):
            raise BadRow(row.why)
        source = read_row(row)
        if source.source_id in self._seen:
            raise BadRow("service_request_id: twice in this file")
        return check_import(source, self.services.category(source), self.services.setup)

    def _refuse(self, why: str, number: int, row: Row) -> None:
        named = "" if isinstance(row, Unreadable) else row.get("service_request_id")
        self.tally.refuse(why, str(named)[:60] if named else f"row {number:,}")
        if self._apply:
            self.rejected.write(why, row)


def _reason(problem: Problem) -> str:
    return REASONS.get(problem.code, f"{problem.field}: {problem.code}")


def _remarks(take: _Taking, *, apply: bool) -> Iterator[str]:
    services = take.services
    for code, name in services.made.items():
        yield f"New category{'' if apply else ' to be made'}: {code}  {name}"
    for (code, name), count in services.unknown.most_common():
        yield f"No category for service {code}  {name}  ({count:,} rows)"
    if services.unknown:
        yield "Say which it is with --categories MAP.json, or add --create-categories."
    if take.rejected.is_there:
        yield f"The refused rows, each with its reason, are in {take.rejected.path}"
    if not apply:
        yield "Nothing was written. Add --apply to do it."
