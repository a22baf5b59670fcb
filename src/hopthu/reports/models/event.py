"""What happened to a report, one row a step, only ever added to."""

from django.db import models

from hopthu.bodies.models import Body
from hopthu.core.limits import MAX_TEXT
from hopthu.core.terms import Role, Status, Step
from hopthu.people.models import Staff
from hopthu.reports.models.report import Report

RECEIVED = "received"
PHOTO_PUBLISHED = "photo.published"
PHOTO_WITHHELD = "photo.withheld"
PHOTO_REPLACED = "photo.replaced"
CONTACT_OPENED = "contact.opened"
ABOUT_PHOTOS = (PHOTO_PUBLISHED, PHOTO_WITHHELD, PHOTO_REPLACED)
KINDS = (RECEIVED, *ABOUT_PHOTOS, CONTACT_OPENED, *Step)


class Event(models.Model):
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="events")
    seq = models.PositiveIntegerField()
    """1, 2, 3 … within the report, without gaps."""
    kind = models.CharField(max_length=15, choices=[(k, k) for k in KINDS])
    at = models.DateTimeField()
    role = models.CharField(max_length=13, choices=[(r, r) for r in Role])
    """All that the public learns of who it was."""
    staff = models.ForeignKey(Staff, null=True, on_delete=models.SET_NULL, related_name="+")
    """Never shown to the public."""
    body = models.ForeignKey(Body, null=True, on_delete=models.PROTECT, related_name="+")
    """Who had the report when the step was taken."""
    status = models.CharField(max_length=11, choices=[(s, s) for s in Status])
    """The report's status afterwards."""
    words = models.CharField(max_length=MAX_TEXT, blank=True)
    """Public words that came with the step."""
    data = models.JSONField(default=dict)
    """Codes, numbers and dates of the step: what was chosen, never free text of a resident."""
    salts = models.JSONField(default=dict)
    """Slot → base64 of the salt, of what the step's entry in the record commits to.

    Deleted where the slot is committed to anew, or erased: without it nobody learns the value.
    """

    class Meta:
        ordering = ["seq"]
        constraints = [models.UniqueConstraint(fields=["report", "seq"], name="one_event_a_seq")]
