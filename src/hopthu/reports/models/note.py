"""Internal notes of the staff: never public, and the sender may ask to read them."""

from django.db import models

from hopthu.core.limits import MAX_TEXT
from hopthu.people.models import Staff
from hopthu.reports.models.report import Report


class Note(models.Model):
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="notes")
    staff = models.ForeignKey(Staff, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    text = models.CharField(max_length=MAX_TEXT)

    class Meta:
        ordering = ["at", "id"]
