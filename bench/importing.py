"""Filling a city with invented reports, the way an operator brings in real ones."""

import time

from bench import seed
from bench.servers import HOPTHU, City


def import_reports(city: City, count: int, skip: int = 0) -> float:
    """Rows a second that `hopthu import reports` takes in, its start included."""
    rows = city.data / "rows.ndjson"
    with rows.open("w") as file:
        seed.write_rows(file, count, skip)
    print(f"Importing {count:,} reports ...", flush=True)
    started = time.monotonic()
    city.run(HOPTHU, "import", "reports", str(rows), "--apply")
    seconds = time.monotonic() - started
    rows.unlink()
    return round(count / seconds, 1)
