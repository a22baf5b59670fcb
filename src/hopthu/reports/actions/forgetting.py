"""What a report does not need any more, some time after it came in or was closed."""

from datetime import datetime

from django.db import transaction

from hopthu.reports.models import Note, Report
from hopthu.reports.residue import left_behind


@transaction.atomic
def forget_notes(*, before: datetime) -> int:
    """Delete the internal notes of reports that were closed before then, from the files too."""
    deleted = Note.objects.filter(report__closed_at__lt=before).delete()[0]
    if deleted:
        left_behind()
    return deleted


def forget_submissions(*, before: datetime) -> int:
    """Forget which form a report came in by; before then sending it twice made one report."""
    old = Report.objects.filter(received_at__lt=before, submission__isnull=False)
    return old.update(submission=None)
