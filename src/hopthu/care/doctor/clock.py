"""The clock: deadlines, receipts and the order of steps hang on it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from django.conf import settings

from hopthu.care.doctor.findings import Finding, fail, ok
from hopthu.reports.models import Report

EARLIEST: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""There was no Hopthu before."""
SKEW: Final = timedelta(minutes=5)
_TODO: Final = "set the clock, and keep it right with NTP (timedatectl set-ntp true)"


def check(at: datetime) -> Iterator[Finding]:
    if at < EARLIEST:
        yield fail(f"it says {at:%Y-%m-%d}, which is long ago", _TODO)
        return
    wrong = list(_ahead_of_us(at))
    yield from wrong or [ok(f"{at:%Y-%m-%d %H:%M} UTC, and nothing here is newer")]


def _ahead_of_us(at: datetime) -> Iterator[Finding]:
    """A clock that was put back: what was written before is of tomorrow."""
    newest = Report.objects.order_by("-updated_at").values_list("updated_at", flat=True).first()
    if newest and newest > at + SKEW:
        yield fail(f"the newest step is {_later(newest - at)} ahead of it", _TODO)
    checkpoint = Path(settings.RECORD, "checkpoint")
    if checkpoint.exists():
        written = datetime.fromtimestamp(checkpoint.stat().st_mtime, UTC)
        if written > at + SKEW:
            yield fail(f"the published head is {_later(written - at)} ahead of it", _TODO)


def _later(by: timedelta) -> str:
    return str(timedelta(seconds=round(by.total_seconds())))
