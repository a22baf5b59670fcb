"""Photos: uploads, what they become part of, and whether everybody sees them."""

from collections.abc import Sequence

from hopthu.reports.models import Event, Photo, Report


def attach(tokens: Sequence[str], *, report: Report, event: Event) -> None:
    """Make uploads a part of `report`, in the caller's transaction.

    A token that is unknown, expired or already part of a report attaches nothing.
    """
    if tokens:
        Photo.objects.filter(token__in=tokens, report=None).update(report=report, event=event)


def delete_photos(report: Report) -> None:
    """Drop all photos of `report`, in the caller's transaction."""
    report.photos.all().delete()
